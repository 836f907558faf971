"""Funding calls for tests: sent ones, and who has subscribed to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.announcements.selection import TOPICS, bits
from bot.announcements.starting import schedule
from bot.app import Running
from bot.funding.facts import APPLICANTS, Fact
from bot.names import STEPS
from storage import announcements, funding, occurrences
from storage.models import Announcement, FundingCall, Occurrence, Subscriber
from tests.handlers.conftest import NOW

CLOSES = NOW + timedelta(days=40)
TEXTS = {"de": {"title": "Förderaufruf Muster", "body": "Ein Muster."}, "en": {"title": "Sample call", "body": "One."}}


async def tell_of(
    bot: Running,
    number: int = 900,
    *,
    closes_at: datetime | None = CLOSES,
    cluster: str = "fpi",
    title: str = "",
    steps: str = "",
    who: str = "",
    regions: str = "",
) -> int:
    """Send a call to who wants it; return its number."""
    now = bot.services.clock()
    async with bot.services.database.begin() as session:
        made = await announcements.begin(session, update_id=number, person_id=99, zone="Europe/Berlin", now=now)
        made.topic, made.cluster = "funding", cluster
        made.texts = {"de": {"title": title, "body": ""}} if title else TEXTS
        made.first_at, made.zone = now.replace(tzinfo=None).isoformat(), "UTC"
        call = await funding.begin(session, made, now=now)
        call.programme, call.closes_at, call.zone = "Musterprogramm", closes_at, "Europe/Berlin"
        call.who, call.steps = bits(who.split(), APPLICANTS), bits(steps.split(), STEPS)
        call.regions, call.answered = regions.split(), [str(fact) for fact in Fact]
        await session.flush()
        await schedule(session, made, now=now)
    await sent(bot)
    return call.id


async def sent(bot: Running) -> None:
    """Let the broadcast send what is due."""
    bot.services.broadcast.wake()
    await bot.services.broadcast.idle()


async def subscribe(bot: Running, *people: Any, topics: str = "funding", **values: Any) -> None:
    """Let people want topics, without quiet hours."""
    async with bot.services.database.begin() as session:
        for one in people:
            row = {"language": "de", "zone": "Europe/Berlin", "quiet_sundays": False, "updated_at": NOW, **values}
            session.add(Subscriber(person_id=one.person.id, topics=bits(topics.split(), TOPICS), **row))


async def sendings(bot: Running, number: int = 1) -> list[Occurrence]:
    """Return the sendings of an announcement, oldest first."""
    async with bot.services.database.read() as session:
        return list(await announcements.sendings(session, number))[::-1]


async def states(bot: Running, occurrence: int) -> dict[str, int]:
    """Return how many recipients of a sending are in which state."""
    async with bot.services.database.read() as session:
        return await occurrences.counts(session, occurrence)


async def call_of(bot: Running, number: int = 1) -> FundingCall:
    """Return a call."""
    async with bot.services.database.read() as session:
        found = await funding.by_id(session, number)
    assert found
    return found


async def announcement_of(bot: Running, number: int = 1) -> Announcement:
    """Return an announcement."""
    async with bot.services.database.read() as session:
        found = await announcements.by_id(session, number)
    assert found
    return found
