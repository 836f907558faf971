"""Events: drafts and revisions, and what members see of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, String, cast, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Announcement, Attendance, AttendanceState, Event, EventState, Occurrence

KIND = "event"


def subject(event_id: int) -> str:
    """Return what an announcement of the event is about."""
    return f"{KIND}:{event_id}"


async def begin(session: AsyncSession, *, update_id: int, person_id: int, zone: str, now: datetime) -> Event:
    """Return the draft that an update has begun; a new one the first time."""
    row = {
        "update_id": update_id,
        "uid": str(uuid4()),
        "sequence": 0,
        "cluster": "",
        "texts": {},
        "zone": zone,
        "state": EventState.DRAFT,
        "changed": [],
        "answered": [],
        "created_by": person_id,
        "replies": 0,
        "version": 1,
        "updated_at": now,
    }
    await session.execute(insert(session, Event).values(row).on_conflict_do_nothing())
    return (await session.scalars(select(Event).where(Event.update_id == update_id))).one()


async def by_id(session: AsyncSession, event_id: int) -> Event | None:
    """Return an event."""
    return await session.get(Event, event_id)


async def begun_by(session: AsyncSession, update_id: int) -> Event | None:
    """Return the event that an update has begun."""
    return await session.scalar(select(Event).where(Event.update_id == update_id))


async def locked(session: AsyncSession, event_id: int) -> Event | None:
    """Return an event that nobody else changes until the end of the transaction; SQLite locks at its beginning."""
    query = select(Event).where(Event.id == event_id).with_for_update()
    return await session.scalar(query.execution_options(populate_existing=True))


async def asking(session: AsyncSession, person_id: int) -> Event | None:
    """Return the event that asks a person for something."""
    query = select(Event).where(Event.asked_of == person_id, Event.asks.is_not(None))
    return (await session.scalars(query.order_by(Event.id.desc()).limit(1))).first()


async def stop_asking(session: AsyncSession, person_id: int) -> None:
    """Let no event ask a person for anything."""
    await session.execute(update(Event).where(Event.asked_of == person_id).values(asks=None, asked_of=None))


async def drop(session: AsyncSession, event_id: int) -> None:
    """Delete a draft or a revision."""
    await session.execute(delete(Event).where(Event.id == event_id, Event.state == EventState.DRAFT))


async def touched_by(session: AsyncSession, update_id: int) -> Event | None:
    """Return the event that an update has changed last."""
    return (await session.scalars(select(Event).where(Event.touched_by == update_id).limit(1))).first()


def _is_told() -> ColumnElement[bool]:
    """Whether the invitation has begun to go out."""
    about = literal(f"{KIND}:") + cast(Event.id, String)
    query = select(Occurrence.id).join(Announcement, Announcement.id == Occurrence.announcement_id)
    return query.where(Announcement.subject == about, Occurrence.started_at.is_not(None)).exists()


async def is_told(session: AsyncSession, event_id: int) -> bool:
    """Whether members know of an event: its invitation has begun to go out."""
    return bool(await session.scalar(select(Event.id).where(Event.id == event_id, _is_told())))


async def coming(
    session: AsyncSession, clusters: Collection[str], *, first: int, limit: int, now: datetime
) -> tuple[Sequence[Event], int]:
    """Return a page of what comes next of some clusters (none: all), the earliest first, and how many there are."""
    wanted = [Event.state == EventState.SUBMITTED, Event.ends_at > now, _is_told()]
    if clusters:
        wanted.append(Event.cluster.in_([*clusters, "*"]))
    total = (await session.scalars(select(func.count()).select_from(Event).where(*wanted))).one()
    query = select(Event).where(*wanted).order_by(Event.begins_at, Event.id).offset(first).limit(limit)
    return (await session.scalars(query)).all(), total


async def kept(
    session: AsyncSession, clusters: Collection[str], person_id: int, *, limit: int, now: datetime
) -> Sequence[Event]:
    """Return what those who invite can work on: drafts of their own and events of `clusters` that are not over."""
    theirs = or_(Event.cluster.in_(clusters), Event.created_by == person_id)
    is_on = or_(Event.state == EventState.DRAFT, Event.ends_at > now)
    query = select(Event).where(theirs, is_on, Event.state != EventState.CANCELLED, Event.revises.is_(None))
    return (await session.scalars(query.order_by(Event.begins_at, Event.id).limit(limit))).all()


async def counts(session: AsyncSession, event_id: int) -> dict[str, int]:
    """Return how many have replied what."""
    query = select(Attendance.state, func.count()).where(Attendance.event_id == event_id).group_by(Attendance.state)
    found = {state: count for state, count in await session.execute(query)}  # noqa: C416  a Result is not yet a dict
    return {state: found.get(state, 0) for state in AttendanceState}
