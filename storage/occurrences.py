"""Occurrences: planned once for each time, started, paused, finished."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, case, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert as upsert
from storage.dialects import read_in_order
from storage.models import (
    Announcement,
    AnnouncementState,
    Delivery,
    DeliveryState,
    Occurrence,
    OccurrenceState,
    Purpose,
    Rhythm,
    Subscriber,
)
from storage.subscribers import is_meant

UNENDED = (OccurrenceState.PLANNED, OccurrenceState.HELD, OccurrenceState.RUNNING, OccurrenceState.PAUSED)
OPEN = (DeliveryState.PLANNED, DeliveryState.CLAIMED)

Audience = Select[int, str, str]
"""Whom an occurrence is for: person, language, and the state in which the row begins."""


async def plan(
    session: AsyncSession,
    announcement_id: int,
    due_at: datetime,
    *,
    purpose: str = Purpose.MAIN,
    minutes_before: int | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Plan a sending; the same time is planned once for a purpose."""
    row = {
        "announcement_id": announcement_id,
        "purpose": purpose,
        "due_at": due_at,
        "minutes_before": minutes_before,
        "expires_at": expires_at,
        "state": OccurrenceState.PLANNED,
        "errors_in_row": 0,
    }
    await session.execute(upsert(session, Occurrence).values(row).on_conflict_do_nothing())


async def by_id(session: AsyncSession, occurrence_id: int) -> Occurrence | None:
    """Return a sending."""
    return await session.get(Occurrence, occurrence_id)


async def announcement_of(session: AsyncSession, occurrence_id: int) -> Announcement | None:
    """Return what a sending tells."""
    query = select(Announcement).join(Occurrence, Occurrence.announcement_id == Announcement.id)
    return await session.scalar(query.where(Occurrence.id == occurrence_id))


async def due(session: AsyncSession, *, now: datetime) -> Sequence[tuple[Occurrence, Announcement]]:
    """Return what is to begin now, oldest first, of announcements that are scheduled."""
    query = (
        select(Occurrence, Announcement)
        .join(Announcement, Announcement.id == Occurrence.announcement_id)
        .where(
            Occurrence.state == OccurrenceState.PLANNED,
            Occurrence.due_at <= now,
            Announcement.state == AnnouncementState.SCHEDULED,
        )
        .order_by(Occurrence.due_at, Occurrence.id)
    )
    return [(occurrence, announcement) for occurrence, announcement in await session.execute(query)]


async def running(session: AsyncSession) -> Sequence[Occurrence]:
    """Return what is being sent, oldest first."""
    query = select(Occurrence).where(Occurrence.state == OccurrenceState.RUNNING).order_by(Occurrence.due_at)
    return (await session.scalars(query)).all()


def meant(topic: int, clusters: int, steps: int) -> Audience:
    """Return the subscribers for whom something is; who wants a digest has a row too, which waits for it.

    `topic`, `clusters` and `steps` are bits, as `subscribers.is_meant` takes them.
    """
    state = case(
        (Subscriber.rhythm == Rhythm.AT_ONCE, literal(str(DeliveryState.PLANNED))),
        else_=literal(str(DeliveryState.WEEKLY)),
    )
    return select(Subscriber.person_id, Subscriber.language, state).where(is_meant(topic, clusters, steps))


async def freeze(
    session: AsyncSession,
    occurrence: Occurrence,
    announcement: Announcement,
    audience: Audience,
    *,
    fence: int,
    now: datetime,
) -> int:
    """Write one row a recipient and begin; return how many. One statement, whatever the size of the audience."""
    rows = audience.add_columns(literal(occurrence.id))
    result = await session.execute(
        insert(Delivery).from_select(["person_id", "language", "state", "occurrence_id"], rows)
    )
    occurrence.audience = cast("CursorResult[Any]", result).rowcount
    occurrence.content = {
        "topic": announcement.topic,
        "cluster": announcement.cluster,
        "texts": announcement.texts,
        "version": announcement.version,
        "subject": announcement.subject,
    }
    occurrence.state, occurrence.fence, occurrence.started_at = OccurrenceState.RUNNING, fence, now
    await session.flush()
    return occurrence.audience


async def claim(
    session: AsyncSession, occurrence_id: int, limit: int, *, after: int = 0, now: datetime
) -> Sequence[tuple[int, str]]:
    """Claim recipients of a running occurrence as (person, language): from now on the message may have left.

    They are claimed in the order of their ids, from `after` on: who begins at the start each time walks over all that
    were sent to. Call `leases.advance` before, in the same transaction.
    """
    await read_in_order(session)
    is_running = select(Occurrence.id).where(
        Occurrence.id == occurrence_id, Occurrence.state == OccurrenceState.RUNNING
    )
    chosen = (
        select(Delivery.person_id)
        .where(
            Delivery.occurrence_id == occurrence_id,
            Delivery.person_id > after,
            Delivery.state == DeliveryState.PLANNED,
            Delivery.next_try_at.is_(None) | (Delivery.next_try_at <= now),
            is_running.exists(),
        )
        .order_by(Delivery.person_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        # Inside IN (...) PostgreSQL may run it once for each row, and then the limit means nothing.
        .cte("chosen")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    statement = (
        update(Delivery)
        .where(Delivery.occurrence_id == occurrence_id, Delivery.person_id.in_(select(chosen.c.person_id)))
        .values(state=DeliveryState.CLAIMED)
        .returning(Delivery.person_id, Delivery.language)
    )
    return sorted((person, language) for person, language in await session.execute(statement))


async def give_back(session: AsyncSession, occurrence_id: int, *, without: Collection[int]) -> None:
    """Plan again what is claimed but for `without`: the process that claimed it says that it has not left."""
    held = update(Delivery).where(Delivery.occurrence_id == occurrence_id, Delivery.state == DeliveryState.CLAIMED)
    await session.execute(held.where(Delivery.person_id.not_in(without)).values(state=DeliveryState.PLANNED))


async def set_unknown(session: AsyncSession, occurrence_id: int) -> int:
    """After a process has gone: what it had claimed may have left, and is listed as unknown; return how many."""
    statement = (
        update(Delivery)
        .where(Delivery.occurrence_id == occurrence_id, Delivery.state == DeliveryState.CLAIMED)
        .values(state=DeliveryState.UNKNOWN)
    )
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount


async def pause(session: AsyncSession, occurrence_id: int) -> None:
    """Stop claiming recipients until somebody says to go on."""
    await session.execute(
        update(Occurrence)
        .where(Occurrence.id == occurrence_id, Occurrence.state == OccurrenceState.RUNNING)
        .values(state=OccurrenceState.PAUSED)
    )


async def resume(session: AsyncSession, occurrence_id: int) -> None:
    """Go on with a paused sending, for whoever is still open."""
    await session.execute(
        update(Occurrence)
        .where(Occurrence.id == occurrence_id, Occurrence.state == OccurrenceState.PAUSED)
        .values(state=OccurrenceState.RUNNING)
    )


async def finish(session: AsyncSession, occurrence_id: int, *, now: datetime) -> bool:
    """End a running occurrence when no recipient is open; return whether it has ended."""
    is_open = select(Delivery.person_id).where(Delivery.occurrence_id == occurrence_id, Delivery.state.in_(OPEN))
    statement = (
        update(Occurrence)
        .where(Occurrence.id == occurrence_id, Occurrence.state == OccurrenceState.RUNNING, ~is_open.exists())
        .values(state=OccurrenceState.FINISHED, finished_at=now)
    )
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount > 0


async def counts(session: AsyncSession, occurrence_id: int) -> dict[str, int]:
    """Return how many recipients are in which state."""
    query = select(Delivery.state, func.count()).where(Delivery.occurrence_id == occurrence_id).group_by(Delivery.state)
    return {state: count for state, count in await session.execute(query)}  # noqa: C416  a Result is not yet a dict
