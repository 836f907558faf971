"""Announcements as their authors see them: drafts, what waits for approval, what goes out, what has gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import case, delete, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import (
    Announcement,
    AnnouncementState,
    Delivery,
    DeliveryState,
    LatePolicy,
    Occurrence,
    OccurrenceState,
)

OPEN = (OccurrenceState.PLANNED, OccurrenceState.HELD, OccurrenceState.RUNNING, OccurrenceState.PAUSED)


async def begin(session: AsyncSession, *, update_id: int, person_id: int, zone: str, now: datetime) -> Announcement:
    """Return the draft that an update has begun; a new one the first time."""
    row = {
        "update_id": update_id,
        "topic": "",
        "cluster": "",
        "texts": {},
        "clusters": 0,
        "steps": 0,
        "answered": [],
        "state": AnnouncementState.DRAFT,
        "zone": zone,
        "late_policy": LatePolicy.ASK,
        "created_by": person_id,
        "version": 1,
        "updated_at": now,
    }
    await session.execute(insert(session, Announcement).values(row).on_conflict_do_nothing())
    return (await session.scalars(select(Announcement).where(Announcement.update_id == update_id))).one()


async def copy(
    session: AsyncSession, original: Announcement, *, update_id: int, person_id: int, zone: str, now: datetime
) -> Announcement:
    """Make a draft of an announcement, without its times, once for an update."""
    made = await begin(session, update_id=update_id, person_id=person_id, zone=zone, now=now)
    for name in ("topic", "subject", "cluster", "texts", "clusters", "steps", "late_policy"):
        setattr(made, name, getattr(original, name))
    made.answered = [field for field in original.answered if field != "when"]
    await session.flush()
    return made


async def by_id(session: AsyncSession, announcement_id: int) -> Announcement | None:
    """Return an announcement."""
    return await session.get(Announcement, announcement_id)


async def asking(session: AsyncSession, person_id: int) -> Announcement | None:
    """Return the announcement that asks a person for something."""
    query = select(Announcement).where(Announcement.asked_of == person_id, Announcement.asks.is_not(None))
    return (await session.scalars(query.order_by(Announcement.id.desc()).limit(1))).first()


async def stop_asking(session: AsyncSession, person_id: int) -> None:
    """Let no announcement ask a person for anything."""
    statement = update(Announcement).where(Announcement.asked_of == person_id)
    await session.execute(statement.values(asks=None, asked_of=None))


async def drafts_of(session: AsyncSession, person_id: int) -> Sequence[Announcement]:
    """Return the drafts that a person has changed last."""
    query = select(Announcement).where(
        Announcement.created_by == person_id, Announcement.state == AnnouncementState.DRAFT
    )
    return (await session.scalars(query.order_by(Announcement.updated_at.desc()).limit(5))).all()


async def listed(
    session: AsyncSession, clusters: Collection[str], person_id: int, *, limit: int
) -> Sequence[tuple[Announcement, datetime | None]]:
    """Return announcements of clusters, and the person's own drafts, with the next or last time of each, newest first.

    What is not over comes before what is.
    """
    coming = (
        select(func.min(Occurrence.due_at))
        .where(Occurrence.announcement_id == Announcement.id, Occurrence.state.in_(OPEN))
        .scalar_subquery()
    )
    is_over = Announcement.state.in_((AnnouncementState.CANCELLED, AnnouncementState.DONE))
    is_theirs = or_(Announcement.cluster.in_(clusters), Announcement.created_by == person_id)
    query = select(Announcement, coming).where(is_theirs).order_by(is_over, coming.is_(None), coming)
    return [(one, due) for one, due in await session.execute(query.order_by(Announcement.id.desc()).limit(limit))]


async def sendings(session: AsyncSession, announcement_id: int) -> Sequence[Occurrence]:
    """Return the sendings of an announcement, the newest first."""
    query = select(Occurrence).where(Occurrence.announcement_id == announcement_id)
    return (await session.scalars(query.order_by(Occurrence.due_at.desc()))).all()


async def pause(session: AsyncSession, announcement: Announcement) -> None:
    """Send nothing of an announcement until somebody says to go on."""
    announcement.state = AnnouncementState.PAUSED
    await _turn(session, announcement.id, (OccurrenceState.RUNNING,), OccurrenceState.PAUSED)


async def go_on(session: AsyncSession, announcement: Announcement) -> None:
    """Go on with an announcement, and with what of it was stopped."""
    announcement.state = AnnouncementState.SCHEDULED
    await _turn(session, announcement.id, (OccurrenceState.PAUSED,), OccurrenceState.RUNNING)


async def cancel(session: AsyncSession, announcement: Announcement) -> None:
    """End an announcement: what has not left does not leave."""
    announcement.state, announcement.asks, announcement.asked_of = AnnouncementState.CANCELLED, None, None
    stopped = select(Occurrence.id).where(Occurrence.announcement_id == announcement.id, Occurrence.state.in_(OPEN))
    await session.execute(
        update(Delivery)
        .where(Delivery.occurrence_id.in_(stopped), Delivery.state == DeliveryState.PLANNED)
        .values(state=DeliveryState.DROPPED)
    )
    await _turn(session, announcement.id, OPEN, OccurrenceState.CANCELLED)


async def release(session: AsyncSession, occurrence_id: int, *, now: datetime) -> None:
    """Let a sending that was held go out now; one that had begun goes on."""
    has_begun = Occurrence.started_at.is_not(None)
    await session.execute(
        update(Occurrence)
        .where(Occurrence.id == occurrence_id, Occurrence.state == OccurrenceState.HELD)
        .values(
            state=case((has_begun, OccurrenceState.RUNNING), else_=OccurrenceState.PLANNED),
            due_at=case((has_begun, Occurrence.due_at), else_=literal(now, Occurrence.due_at.type)),
        )
    )


async def skip(session: AsyncSession, occurrence_id: int) -> None:
    """Let a sending that was held not go out; of one that had begun, the rest."""
    held = select(Occurrence.id).where(Occurrence.id == occurrence_id, Occurrence.state == OccurrenceState.HELD)
    await session.execute(
        update(Delivery)
        .where(Delivery.occurrence_id.in_(held), Delivery.state == DeliveryState.PLANNED)
        .values(state=DeliveryState.DROPPED)
    )
    await session.execute(
        update(Occurrence)
        .where(Occurrence.id == occurrence_id, Occurrence.state == OccurrenceState.HELD)
        .values(state=OccurrenceState.SKIPPED)
    )


async def drop(session: AsyncSession, announcement_id: int) -> bool:
    """Delete a draft; return whether there was one."""
    statement = delete(Announcement).where(
        Announcement.id == announcement_id, Announcement.state == AnnouncementState.DRAFT
    )
    return bool((await session.execute(statement.returning(Announcement.id))).all())


async def results(session: AsyncSession, announcement_id: int) -> Sequence[tuple[Occurrence, Delivery]]:
    """Return every recipient of every sending, in order."""
    query = select(Occurrence, Delivery).join(Delivery, Delivery.occurrence_id == Occurrence.id)
    query = query.where(Occurrence.announcement_id == announcement_id)
    rows = await session.execute(query.order_by(Occurrence.due_at, Delivery.person_id))
    return [(occurrence, delivery) for occurrence, delivery in rows]


async def _turn(
    session: AsyncSession, announcement_id: int, states: Collection[OccurrenceState], state: OccurrenceState
) -> None:
    statement = update(Occurrence).where(Occurrence.announcement_id == announcement_id, Occurrence.state.in_(states))
    await session.execute(statement.values(state=state))
