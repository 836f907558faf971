"""When a sending begins, to whom, and what happens to one that is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.announcements.selection import TOPICS, bits
from bot.announcements.starting import schedule, start_due
from bot.names import CLUSTERS
from storage import leases, occurrences, subscribers
from storage.database import Database
from storage.models import Announcement, Delivery, LatePolicy, Occurrence, OccurrenceState, Subscriber

TUESDAY = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


async def announced(database: Database, *, policy: str = LatePolicy.ASK, rule: str | None = None) -> int:
    """Schedule news of NieKE for Tuesday, 9 o'clock in Berlin; return its id."""
    async with database.begin() as session:
        announcement = Announcement(
            update_id=1,
            topic="news",
            cluster="nieke",
            texts={"de": {"title": "Neues", "body": "Text"}},
            first_at="2026-12-01T09:00:00",
            zone="Europe/Berlin",
            rule=rule,
            late_policy=policy,
            created_by=1,
            updated_at=TUESDAY - WEEK,
        )
        session.add(announcement)
        await session.flush()
        await schedule(session, announcement, now=TUESDAY - timedelta(days=1))
        return announcement.id


async def subscribed(
    database: Database, person: int, *, topics: str = "news", clusters: str = "", **more: object
) -> None:
    async with database.begin() as session:
        session.add(
            Subscriber(
                person_id=person,
                language="de",
                topics=bits(topics.split(), TOPICS),
                clusters=bits(clusters.split(), CLUSTERS),
                zone="Europe/Berlin",
                quiet_sundays=True,
                updated_at=TUESDAY - WEEK,
                **more,
            )
        )


async def begin(database: Database, now: datetime) -> list[str]:
    """Start what is due, return `state` of each occurrence in the order of time."""
    async with database.begin() as session:
        await start_due(session, fence=1, now=now)
    async with database.read() as session:
        found = (await session.scalars(select(Occurrence).order_by(Occurrence.due_at))).all()
    return [occurrence.state for occurrence in found]


async def test_it_begins_at_its_time_and_not_before(database: Database) -> None:
    await announced(database)
    assert await begin(database, TUESDAY - timedelta(seconds=1)) == ["planned"]
    assert await begin(database, TUESDAY) == ["running"]
    assert await begin(database, TUESDAY) == ["running"]


async def test_the_audience_is_who_wants_this_topic_of_this_cluster(database: Database) -> None:
    await announced(database)
    await subscribed(database, 1)
    await subscribed(database, 2, clusters="nieke fpi")
    await subscribed(database, 3, clusters="fpi")
    await subscribed(database, 4, topics="events funding")
    await subscribed(database, 5, blocked_at=TUESDAY)
    await subscribed(database, 6, rhythm="weekly")
    await begin(database, TUESDAY)
    async with database.read() as session:
        rows = (await session.scalars(select(Delivery).order_by(Delivery.person_id))).all()
        count = await subscribers.count(session, bits(["news"], TOPICS), bits(["nieke"], CLUSTERS), 0)
    # Who wants a digest has a row that waits for it.
    assert [(one.person_id, one.state) for one in rows] == [(1, "planned"), (2, "planned"), (6, "weekly")]
    assert count == 3


@pytest.mark.parametrize(
    ("policy", "state"), [(LatePolicy.SEND, "running"), (LatePolicy.SKIP, "skipped"), (LatePolicy.ASK, "held")]
)
async def test_what_is_late_follows_its_policy(database: Database, policy: str, state: str) -> None:
    await announced(database, policy=policy)
    assert await begin(database, TUESDAY + timedelta(hours=5)) == [state]


async def test_of_several_missed_weeks_only_the_last_is_sent(database: Database) -> None:
    await announced(database, policy=LatePolicy.SEND, rule="FREQ=WEEKLY")
    late = TUESDAY + 2 * WEEK + timedelta(hours=5)
    for _ in range(3):
        states = await begin(database, late)
    assert states == ["skipped", "skipped", "running", "planned"]


async def test_the_next_week_is_planned_once(database: Database) -> None:
    number = await announced(database, rule="FREQ=WEEKLY")
    assert await begin(database, TUESDAY) == ["running", "planned"]
    async with database.begin() as session:
        await occurrences.plan(session, number, TUESDAY + WEEK)
    assert await begin(database, TUESDAY) == ["running", "planned"]


async def test_only_the_newest_number_may_claim(database: Database) -> None:
    await announced(database)
    await subscribed(database, 1)
    await subscribed(database, 2)
    await begin(database, TUESDAY)
    span = timedelta(seconds=10)
    async with database.begin() as session:
        old = await leases.take(session, "scheduler", "first", span=span, now=TUESDAY)
        assert await leases.take(session, "scheduler", "second", span=span, now=TUESDAY + span / 2) is None
        assert await leases.take(session, "scheduler", "first", span=span, now=TUESDAY + span / 2) == old
        new = await leases.take(session, "scheduler", "second", span=span, now=TUESDAY + 2 * span)
    assert (old, new) == (1, 2)
    async with database.begin() as session:
        [occurrence] = await occurrences.running(session)
        assert await leases.advance(session, "scheduler", "first", known=1) is None
        assert await leases.advance(session, "scheduler", "second", known=4) is None
        assert await leases.advance(session, "scheduler", "second", known=2) == 3
        assert await occurrences.claim(session, occurrence.id, 1, now=TUESDAY) == [(1, "de")]
        assert not await occurrences.finish(session, occurrence.id, now=TUESDAY)
        assert await occurrences.set_unknown(session, occurrence.id) == 1
        assert await occurrences.claim(session, occurrence.id, 9, after=2, now=TUESDAY) == []
        assert await occurrences.claim(session, occurrence.id, 9, after=1, now=TUESDAY) == [(2, "de")]
        assert await occurrences.set_unknown(session, occurrence.id) == 1
        assert await occurrences.finish(session, occurrence.id, now=TUESDAY)
        assert await occurrences.counts(session, occurrence.id) == {"unknown": 2}
        finished = await occurrences.by_id(session, occurrence.id)
    assert finished
    assert finished.state == OccurrenceState.FINISHED
