"""How things stand: what waits, since when, and what became of announcements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import alerts
from storage.models import Delivery, InboxUpdate, Lease, Occurrence, OccurrenceState, OutboxMessage, OutboxState
from storage.models import UpdateState as Update
from storage.occurrences import UNENDED
from storage.outbox import PENDING

SCHEDULER = "scheduler"
RECENT = timedelta(days=1)
"""So long an ended sending is counted."""


@dataclass(frozen=True, slots=True)
class Readings:
    """Figures of the database; ages are seconds, 0 where nothing waits."""

    inbox_open: int = 0
    inbox_age: float = 0.0
    inbox_set_aside: int = 0
    outbox_open: int = 0
    outbox_age: float = 0.0
    """Of the oldest message that could go: what waits for a staff chat is not late."""
    outbox_parked: int = 0
    deliveries: dict[str, int] = field(default_factory=dict)
    """Recipients by state, of sendings under way or ended within a day."""
    occurrences: dict[str, int] = field(default_factory=dict)
    lease: Lease | None = None
    """Who sends announcements."""
    alerts: frozenset[str] = frozenset()
    """What the owners were told of and is not over."""


async def read(session: AsyncSession, *, now: datetime) -> Readings:
    """Read all figures."""
    inbox_open, inbox_since, set_aside = await _inbox(session)
    outbox_open, outbox_since, parked = await _outbox(session)
    return Readings(
        inbox_open,
        _age(inbox_since, now),
        set_aside,
        outbox_open,
        _age(outbox_since, now),
        parked,
        await _deliveries(session, now),
        await _occurrences(session),
        await session.get(Lease, SCHEDULER),
        frozenset(await alerts.raised(session)),
    )


async def _inbox(session: AsyncSession) -> tuple[int, datetime | None, int]:
    since = func.min(InboxUpdate.received_at, type_=InboxUpdate.received_at.type)
    row = (await session.execute(select(func.count(), since).where(InboxUpdate.done_at.is_(None)))).one()
    aside = select(func.count()).select_from(InboxUpdate).where(InboxUpdate.state == Update.SET_ASIDE)
    return row[0], row[1], (await session.scalars(aside)).one()


async def _outbox(session: AsyncSession) -> tuple[int, datetime | None, int]:
    """Return how many wait, since when the oldest that could go, and how many wait for a staff chat."""
    pending = OutboxMessage.state.in_(PENDING)
    first = select(func.min(OutboxMessage.id)).where(pending).group_by(OutboxMessage.lane)
    since = func.min(OutboxMessage.created_at, type_=OutboxMessage.created_at.type)
    oldest = select(since).where(OutboxMessage.id.in_(first), OutboxMessage.state != OutboxState.PARKED)
    states = select(OutboxMessage.state, func.count()).where(pending).group_by(OutboxMessage.state)
    counts = {state: count for state, count in await session.execute(states)}  # noqa: C416  a Result is not yet a dict
    parked = counts.pop(OutboxState.PARKED, 0)
    return sum(counts.values()), await session.scalar(oldest), parked


async def _deliveries(session: AsyncSession, now: datetime) -> dict[str, int]:
    recent = or_(Occurrence.state.in_(UNENDED), Occurrence.finished_at >= now - RECENT)
    query = (
        select(Delivery.state, func.count())
        .where(Delivery.occurrence_id.in_(select(Occurrence.id).where(recent)))
        .group_by(Delivery.state)
    )
    return {state: count for state, count in await session.execute(query)}  # noqa: C416


async def _occurrences(session: AsyncSession) -> dict[str, int]:
    query = select(Occurrence.state, func.count()).group_by(Occurrence.state)
    counts = {state: count for state, count in await session.execute(query)}  # noqa: C416
    return {str(state): counts.get(state, 0) for state in OccurrenceState}


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
