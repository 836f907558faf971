"""A due feed is fetched once, its faults are noted, and what it held stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.feeds.errors import BadFeed, Fault
from bot.feeds.fetching import NOTHING, Fetched, Fetcher, Known
from bot.feeds.updating import update_due
from storage import feeds
from storage.database import Database
from storage.models import Feed

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEWS = b"<rss version='2.0'><channel><title>Q</title><item><title>A</title><guid>1</guid></item></channel></rss>"


@dataclass(frozen=True)
class Given(Fetcher):
    """Gives what it is told to, in turn."""

    answers: list[Fetched | Fault] = field(default_factory=list)
    asked: list[Known] = field(default_factory=list)

    async def fetch(self, address: str, known: Known = NOTHING) -> Fetched:
        self.asked.append(known)
        answer = self.answers.pop(0)
        if isinstance(answer, Fault):
            raise BadFeed(answer)
        return answer


async def test_a_feed_from_its_first_fetch_on(database: Database) -> None:
    known = Known("1", "then")
    fetcher = Given(answers=[Fetched(NEWS, None, known), Fetched(None, None, known), Fault.SLOW])
    async with database.begin() as session:
        await feeds.add(session, update_id=1, address="https://a.example/", cluster="fpi", person_id=7, now=NOW)
    states: list[tuple[str | None, datetime | None, int]] = []
    for hours in range(3):
        now = NOW + hours * HOUR
        assert await update_due(database, fetcher, "UTC", again=HOUR, now=now)
        assert not await update_due(database, fetcher, "UTC", again=HOUR, now=now)
        async with database.read() as session:
            [feed] = await feeds.of_clusters(session, ["fpi"])
            states.append((feed.fault, feed.fetched_at, len(await feeds.items(session, feed.id))))
    assert states == [(None, NOW, 1), (None, NOW + HOUR, 1), (Fault.SLOW, NOW + HOUR, 1)]
    assert fetcher.asked == [NOTHING, known, known]


async def test_what_is_no_feed_is_noted(database: Database) -> None:
    fetcher = Given(answers=[Fetched(b"hello", None, NOTHING)])
    async with database.begin() as session:
        made: Feed = await feeds.add(
            session, update_id=1, address="https://a.example/", cluster="fpi", person_id=7, now=NOW
        )
    assert await update_due(database, fetcher, "UTC", again=HOUR, now=NOW)
    async with database.read() as session:
        feed = await feeds.by_id(session, made.id)
    assert feed is not None
    assert feed.fault == Fault.NO_FEED
