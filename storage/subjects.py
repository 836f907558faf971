"""What an announcement is about decides whom its sendings are for, and from when on they come too late."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from storage import digests, event_audiences, events, funding, funding_audiences, subscribers, summaries
from storage.models import Announcement, Occurrence, Subscriber
from storage.occurrences import Audience


class Kind(NamedTuple):
    """What a kind of subject answers about the one with a number."""

    ends: Callable[[AsyncSession, int], Awaitable[datetime | None]]
    """From when on an announcement of it comes too late; None: never."""
    audience: Callable[[int, Occurrence, Audience], Audience]
    """Whom a sending is for; the last argument are the subscribers that the announcement means."""
    still_meant: Callable[[AsyncSession, int, Occurrence, Collection[int], Collection[int]], Awaitable[Collection[int]]]
    """Who of some people is still to get it, subscribed or not; the last argument are those who want the topic now."""


KINDS: dict[str, Kind] = {
    events.KIND: Kind(event_audiences.ends, event_audiences.audience, event_audiences.still_meant),
    digests.KIND: Kind(digests.ends, lambda _, __, subscribed: subscribed, digests.still_meant),
    digests.SUMMARY: Kind(digests.ends, summaries.audience, digests.still_meant),
    funding.KIND: Kind(funding_audiences.ends, funding_audiences.audience, funding_audiences.still_meant),
}


def part(subject: str | None) -> tuple[Kind, int] | None:
    """Return the kind and the number of a subject; None for an announcement that is only its own text."""
    name, _, number = (subject or "").partition(":")
    return (KINDS[name], int(number)) if name in KINDS else None


async def ends(session: AsyncSession, announcement: Announcement) -> datetime | None:
    """Return from when on an announcement comes too late; None: never."""
    found = part(announcement.subject)
    return await found[0].ends(session, found[1]) if found else None


def audience(occurrence: Occurrence, announcement: Announcement, subscribed: Audience) -> Audience:
    """Return whom a sending is for; `subscribed`: whom the announcement means."""
    found = part(announcement.subject)
    return found[0].audience(found[1], occurrence, subscribed) if found else subscribed


async def still_meant(
    session: AsyncSession, occurrence: Occurrence, people: Collection[int], topic: int
) -> dict[int, Subscriber | None]:
    """Return who of `people` is still to get a sending, with what is known of them as subscribers (`topic`: a bit)."""
    wanting: dict[int, Subscriber | None] = {
        one.person_id: one for one in await subscribers.still_wanting(session, people, topic)
    }
    found = part((occurrence.content or {}).get("subject"))
    if found is None:
        return wanting
    meant = await found[0].still_meant(session, found[1], occurrence, people, wanting)
    known = {one.person_id: one for one in await subscribers.among(session, people)}
    reachable = [person for person in meant if person not in known or known[person].blocked_at is None]
    return {person: known.get(person) for person in reachable}
