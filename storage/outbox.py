"""The outbox as it is sent: messages about enquiries, claimed, settled or tried again; planned by storage.plans."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import affected
from storage.models import EnquiryMessage, OutboxKind, OutboxMessage, OutboxState

PENDING = (OutboxState.PLANNED, OutboxState.CLAIMED, OutboxState.PARKED)
MOST_IN_ALBUM = 10
"""Source: Bot API, sendMediaGroup."""


async def claim(
    session: AsyncSession, limit: int, *, owner: str = "", now: datetime, without: Collection[str] = ()
) -> Sequence[OutboxMessage]:
    """Claim what is due, at most one of each lane, oldest first; from now on it may have left.

    `without` names clusters whose staff chats are left out, as are those that another process is sending to: one
    process keeps the pace of a group. What another is about to claim is left to it.
    """
    elsewhere = select(OutboxMessage.cluster).where(
        OutboxMessage.state == OutboxState.CLAIMED,
        OutboxMessage.cluster.is_not(None),
        OutboxMessage.claim_owner != owner,
    )
    first = select(func.min(OutboxMessage.id)).where(OutboxMessage.state.in_(PENDING)).group_by(OutboxMessage.lane)
    due = or_(OutboxMessage.next_try_at.is_(None), OutboxMessage.next_try_at <= now)
    if without:
        due = and_(due, or_(OutboxMessage.cluster.is_(None), OutboxMessage.cluster.not_in(without)))
    due = and_(due, or_(OutboxMessage.cluster.is_(None), OutboxMessage.cluster.not_in(elsewhere)))
    chosen = (
        select(OutboxMessage.id)
        .where(OutboxMessage.id.in_(first), OutboxMessage.state == OutboxState.PLANNED, due)
        .order_by(OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("chosen")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    statement = (
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(select(chosen.c.id)), OutboxMessage.state == OutboxState.PLANNED)
        .values(state=OutboxState.CLAIMED, departures=OutboxMessage.departures + 1, claim_owner=owner)
        .returning(OutboxMessage)
    )
    found = (await session.scalars(statement)).all()
    return sorted(found, key=lambda row: row.id)


async def album(session: AsyncSession, first: OutboxMessage, media_group_id: str) -> Sequence[OutboxMessage]:
    """Return the other planned messages of an album, in order; they go to where `first` goes."""
    parts = select(EnquiryMessage.id).where(
        EnquiryMessage.enquiry_id == first.enquiry_id, EnquiryMessage.media_group_id == media_group_id
    )
    query = (
        select(OutboxMessage)
        .where(
            OutboxMessage.lane == first.lane,
            OutboxMessage.kind == OutboxKind.RELAY,
            OutboxMessage.state == OutboxState.PLANNED,
            OutboxMessage.entry_id.in_(parts),
        )
        .order_by(OutboxMessage.id)
        .limit(MOST_IN_ALBUM - 1)
    )
    return (await session.scalars(query)).all()


async def claim_more(session: AsyncSession, first: OutboxMessage, rows: Sequence[OutboxMessage]) -> None:
    """Claim messages that leave together with one that is claimed."""
    for row in rows:
        row.claim_owner = first.claim_owner
        row.state, row.departures = OutboxState.CLAIMED, row.departures + 1
        session.add(row)
    await session.flush()


async def settle(
    session: AsyncSession, message_id: int, state: OutboxState, *, now: datetime, error: str | None = None
) -> None:
    """Note what became of a claimed message: sent, blocked or failed."""
    await _change(session, message_id, state=state, sent_at=now, error=error, next_try_at=None)


async def postpone(session: AsyncSession, message_id: int, *, until: datetime, error: str, left: bool) -> None:
    """Have a claimed message tried again; `left`: it may have arrived, so that the next one carries a mark."""
    departures = OutboxMessage.departures if left else OutboxMessage.departures - 1
    await _change(
        session,
        message_id,
        state=OutboxState.PLANNED,
        departures=departures,
        attempts=OutboxMessage.attempts + 1,
        next_try_at=until,
        error=error,
    )


async def park(session: AsyncSession, message_id: int) -> None:
    """Let a claimed message wait until its cluster has a staff chat; it did not leave."""
    await _change(session, message_id, state=OutboxState.PARKED, departures=OutboxMessage.departures - 1)


async def unpark(session: AsyncSession, cluster: str) -> None:
    """Plan again what waited for the staff chat of a cluster."""
    await session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.cluster == cluster, OutboxMessage.state == OutboxState.PARKED)
        .values(state=OutboxState.PLANNED, next_try_at=None)
    )


async def claimers(session: AsyncSession) -> set[str]:
    """Return the names of all processes that have claimed something; "" for what nobody's name is on."""
    query = select(OutboxMessage.claim_owner).where(OutboxMessage.state == OutboxState.CLAIMED).distinct()
    return {owner or "" for owner in await session.scalars(query)}


async def reopen(session: AsyncSession, owners: Collection[str], *, without: Collection[int] = ()) -> int:
    """Plan again what these had claimed, and return how many: it may have left; it is sent again, with a mark.

    That a process died says nothing against the message: of its departures in vain one is left, for the mark.
    """
    claimed = update(OutboxMessage).where(
        OutboxMessage.state == OutboxState.CLAIMED, func.coalesce(OutboxMessage.claim_owner, "").in_(owners)
    )
    if without:
        claimed = claimed.where(OutboxMessage.id.not_in(without))
    return await affected(session, claimed.values(state=OutboxState.PLANNED, departures=1, claim_owner=None))


async def try_parked(session: AsyncSession) -> None:
    """Give another chance to what waits for a staff chat."""
    parked = update(OutboxMessage).where(OutboxMessage.state == OutboxState.PARKED)
    await session.execute(parked.values(state=OutboxState.PLANNED))


async def mark_planned(session: AsyncSession) -> None:
    """After a restore: what is planned may have been sent; it is sent with a mark."""
    planned = update(OutboxMessage).where(OutboxMessage.state == OutboxState.PLANNED, OutboxMessage.departures == 0)
    await session.execute(planned.values(departures=1))


async def count_pending(session: AsyncSession, *, due: datetime | None = None) -> int:
    """Count what is neither sent nor given up; with `due`, only what is on its way or need not wait longer."""
    query = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state.in_(PENDING))
    if due:
        first = select(func.min(OutboxMessage.id)).where(OutboxMessage.state.in_(PENDING)).group_by(OutboxMessage.lane)
        soon = or_(OutboxMessage.next_try_at.is_(None), OutboxMessage.next_try_at <= due)
        query = query.where(OutboxMessage.id.in_(first), OutboxMessage.state != OutboxState.PARKED, soon)
    return (await session.scalars(query)).one()


async def last_answer(session: AsyncSession, enquiry_id: int) -> OutboxMessage | None:
    """Return the last message that was relayed to the firm, whose state the card shows."""
    query = (
        select(OutboxMessage)
        .where(
            OutboxMessage.enquiry_id == enquiry_id,
            OutboxMessage.kind == OutboxKind.RELAY,
            OutboxMessage.chat_id.is_not(None),
        )
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def _change(session: AsyncSession, message_id: int, **values: Any) -> None:
    await session.execute(update(OutboxMessage).where(OutboxMessage.id == message_id).values(**values))
