"""The week in figures, for those who announce: what was sent, who came and went, what is due."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, func, literal, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import occurrences
from storage.models import (
    Announcement,
    AnnouncementState,
    Attendance,
    ChatMemory,
    Consent,
    Delivery,
    DeliveryState,
    Event,
    EventState,
    FundingCall,
    Occurrence,
    OccurrenceState,
    Purpose,
    StaffRole,
)
from storage.occurrences import Audience

STANDING = (Purpose.DIGEST, Purpose.SUMMARY)
ROLES = ("admin", "sender")
MOST = 20
LANGUAGE = "de"


class Coming(NamedTuple):
    """Something that is due: a sending by its purpose, `closes` for a call, `begins` for an event."""

    at: datetime
    what: str
    texts: dict[str, dict[str, str]]


async def sent(session: AsyncSession, clusters: Collection[str], *, since: datetime, until: datetime) -> dict[str, int]:
    """Return how many recipients of what clusters have sent in a time are in which state."""
    query = (
        select(Delivery.state, func.count())
        .join(Occurrence, Occurrence.id == Delivery.occurrence_id)
        .join(Announcement, Announcement.id == Occurrence.announcement_id)
        .where(Occurrence.started_at > since, Occurrence.started_at <= until, Announcement.cluster.in_(clusters))
        .where(Occurrence.purpose != Purpose.SUMMARY)
        .group_by(Delivery.state)
    )
    return {state: count for state, count in await session.execute(query)}  # noqa: C416  a Result is not yet a dict


async def consents(session: AsyncSession, *, since: datetime, until: datetime) -> tuple[int, int]:
    """Return how many topics were subscribed to in a time, and how many ended."""
    query = select(Consent.given, func.count()).where(Consent.at > since, Consent.at <= until).group_by(Consent.given)
    found = {bool(given): count for given, count in await session.execute(query)}
    return found.get(True, 0), found.get(False, 0)


async def replies(
    session: AsyncSession, clusters: Collection[str], *, since: datetime, until: datetime
) -> dict[str, int]:
    """Return how many replies to events of clusters came in a time, by what they say now."""
    query = (
        select(Attendance.state, func.count())
        .join(Event, Event.id == Attendance.event_id)
        .where(Attendance.replied_at > since, Attendance.replied_at <= until, Event.cluster.in_(clusters))
        .group_by(Attendance.state)
    )
    return {state: count for state, count in await session.execute(query)}  # noqa: C416  a Result is not yet a dict


async def coming(session: AsyncSession, clusters: Collection[str], *, after: datetime, span: timedelta) -> list[Coming]:
    """Return what of clusters is due within a span: sendings, cut-offs of calls, events that begin; in order."""
    until = after + span
    is_theirs = (Announcement.cluster.in_(clusters), Announcement.state != AnnouncementState.CANCELLED)
    sendings = (
        select(Occurrence.due_at, Occurrence.purpose, Announcement.texts)
        .join(Announcement, Announcement.id == Occurrence.announcement_id)
        .where(*is_theirs, Occurrence.state == OccurrenceState.PLANNED, Occurrence.purpose.not_in(STANDING))
        .where(Occurrence.due_at > after, Occurrence.due_at <= until)
    )
    calls = (
        select(FundingCall.closes_at, literal("closes"), Announcement.texts)
        .join(Announcement, Announcement.id == FundingCall.announcement_id)
        .where(*is_theirs, Announcement.state != AnnouncementState.DRAFT)
        .where(FundingCall.closes_at > after, FundingCall.closes_at <= until)
    )
    events = select(Event.begins_at, literal("begins"), Event.texts).where(
        Event.cluster.in_(clusters),
        Event.state == EventState.SUBMITTED,
        Event.begins_at > after,
        Event.begins_at <= until,
    )
    found = [
        Coming(at, what, texts)
        for query in (sendings, calls, events)
        for at, what, texts in await session.execute(query.limit(MOST))
        if at
    ]
    return sorted(found, key=lambda one: one.at)[:MOST]


async def plan(session: AsyncSession, announcement_id: int, due_at: datetime, owners: Sequence[int]) -> None:
    """Plan a summary for who has a role that announces, and for the owners."""
    await occurrences.plan(session, announcement_id, due_at, purpose=Purpose.SUMMARY)
    planned = (Occurrence.announcement_id == announcement_id, Occurrence.due_at == due_at)
    content = {"owners": [*owners]}
    await session.execute(
        update(Occurrence).where(*planned, Occurrence.state == OccurrenceState.PLANNED).values(content=content)
    )


def audience(_number: int, occurrence: Occurrence, _subscribed: Audience) -> Audience:
    """Return who has a role that announces, and the owners; each once."""
    owners = (occurrence.content or {}).get("owners", [])
    announcing = select(StaffRole.user_id).where(StaffRole.role.in_(ROLES))
    people = union(announcing, *(select(literal(owner, BigInteger)) for owner in owners)).subquery()
    person = people.c[0]
    spoken = select(ChatMemory.last_language).where(ChatMemory.chat_id == person).scalar_subquery()
    language: ColumnElement[str] = func.coalesce(spoken, LANGUAGE)
    return select(person, language, literal(str(DeliveryState.PLANNED)))
