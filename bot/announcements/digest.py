"""The weekly digest: when it is for whom, and the rule by which nothing is lost or told twice.

Whoever is meant by an announcement gets one row when its audience is frozen, whatever their rhythm: the row is sent by
itself, or it waits for the digest. So a change of the rhythm concerns what comes after it. What waited before still
comes with the next digest, also to who is told at once by then; what was sent is in no digest.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.recurrence import located
from bot.announcements.selection import TOPICS, names
from storage import digests, events, funding, occurrences
from storage.digests import Item
from storage.models import Announcement, EventState, Occurrence, Purpose, Subscriber

MONDAY = date(2024, 1, 1)
"""Any Monday."""
NEWS = timedelta(weeks=4)
"""How long something may wait, as for somebody who has blocked the bot, before it is no news any more."""


class Hour(NamedTuple):
    """When in the week something is sent: the day (0: Monday) and the hour, both local."""

    day: int
    hour: int


def next_time(after: datetime, zone: str, at: Hour) -> datetime:
    """Return the first such hour in a zone after an aware time, in UTC."""
    place = ZoneInfo(zone)
    local = after.astimezone(place)
    day = local.date() + timedelta(days=(at.day - local.weekday()) % 7)
    found = located(datetime.combine(day, time(at.hour)), place).at
    return found if found > after else located(datetime.combine(day + timedelta(weeks=1), time(at.hour)), place).at


class Line(NamedTuple):
    """One sending as a digest tells of it, with what matters most about its subject."""

    item: Item
    closes_at: datetime | None = None
    begins_at: datetime | None = None


async def waiting(session: AsyncSession, *, now: datetime) -> dict[str, datetime]:
    """Return in which zones something waits, and since when."""
    return await digests.zones(session, since=now - NEWS, now=now)


async def plan(session: AsyncSession, announcement: Announcement, *, now: datetime) -> None:
    """Plan the digests in which what waits is told: one for each moment that is the hour somewhere.

    The first such hour since something waits may have passed while the bot was not running: then it is late, and sent.
    """
    at = hour_of(announcement)
    for zone, began in (await waiting(session, now=now)).items():
        for due in {next_time(began, zone, at), next_time(now, zone, at)}:
            await occurrences.plan(session, announcement.id, due, purpose=Purpose.DIGEST)


async def freeze(
    session: AsyncSession, occurrence: Occurrence, announcement: Announcement, *, fence: int, now: datetime
) -> None:
    """Write a row for everybody in whose zone the hour is the digest's, and put what waits for them into it."""
    at, since = hour_of(announcement), now - NEWS
    zones = [zone for zone in await waiting(session, now=now) if is_hour(occurrence.due_at, zone, at)]
    audience = digests.audience(zones, since=since, now=now)
    await occurrences.freeze(session, occurrence, announcement, audience, fence=fence, now=now)
    await digests.fill(session, occurrence.id, since=since, now=now)


async def told(session: AsyncSession, digest_id: int, subscriber: Subscriber | None, *, now: datetime) -> list[Line]:
    """Return what a digest tells a person: what is not over, of the topics that they still want."""
    if subscriber is None:
        return []
    wanted, person = names(subscriber.topics, TOPICS), subscriber.person_id
    found = await digests.items(session, digest_id, person, now=now)
    lines = [await _line(session, item, person) for item in found if item.announcement.topic in wanted]
    return [line for line in lines if line is not None]


async def _line(session: AsyncSession, item: Item, person_id: int) -> Line | None:
    """Return what is said of a sending; None where its subject is called off, or the person has declined it."""
    kind, _, number = (item.announcement.subject or "").partition(":")
    if kind == funding.KIND:
        call = await funding.by_id(session, int(number))
        declined = await funding.wish_of(session, int(number), person_id) is False
        return None if declined else Line(item, closes_at=call.closes_at if call else None)
    if kind == events.KIND:
        event = await events.by_id(session, int(number))
        is_on = event is not None and event.state != EventState.CANCELLED
        return Line(item, begins_at=event.begins_at) if event and is_on else None
    return Line(item)


def first_at(at: Hour) -> str:
    """Return a local time that is the hour, as an announcement keeps it."""
    return (datetime.combine(MONDAY, time(at.hour)) + timedelta(days=at.day)).isoformat()


def hour_of(announcement: Announcement) -> Hour:
    """Return the hour that an announcement keeps."""
    first = datetime.fromisoformat(announcement.first_at or first_at(Hour(0, 9)))
    return Hour(first.weekday(), first.hour)


def is_hour(moment: datetime, zone: str, at: Hour) -> bool:
    """Whether an aware time is the hour in a zone."""
    local = moment.astimezone(ZoneInfo(zone))
    return (local.weekday(), local.hour, local.minute) == (at.day, at.hour, 0)
