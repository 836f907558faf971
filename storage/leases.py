"""Leases: one owner at a time, with a number that rises whenever the owner changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Lease


class Holder(NamedTuple):
    """Who has a lease, and its number."""

    owner: str
    fence: int


async def take(session: AsyncSession, name: str, owner: str, *, span: timedelta, now: datetime) -> int | None:
    """Take or prolong a lease; return its fencing number, or None while it is somebody else's."""
    fresh = insert(session, Lease).values(name=name, owner=owner, fence=1, until=now + span)
    taken = fresh.on_conflict_do_update(
        index_elements=[Lease.name],
        set_={
            "owner": owner,
            "until": now + span,
            "fence": case((Lease.owner == owner, Lease.fence), else_=Lease.fence + 1),
        },
        where=or_(Lease.owner == owner, Lease.until <= now),
    ).returning(Lease.fence)
    return await session.scalar(taken)


async def holder(session: AsyncSession, name: str, *, lock: bool = False) -> Holder | None:
    """Return who has or had a lease; with `lock`, nobody else takes or advances it in this transaction."""
    query = select(Lease.owner, Lease.fence).where(Lease.name == name)
    row = (await session.execute(query.with_for_update() if lock else query)).first()
    return Holder(*row) if row else None


async def advance(session: AsyncSession, name: str, owner: str, *, known: int) -> int | None:
    """Raise the number before something leaves; return the new one.

    None when the lease is not the owner's any more, or the number is lower than the `known` one, as after a restore.
    """
    statement = update(Lease).where(Lease.name == name, Lease.owner == owner, Lease.fence >= known)
    return await session.scalar(statement.values(fence=Lease.fence + 1).returning(Lease.fence))


async def lift(session: AsyncSession, name: str, number: int, *, now: datetime) -> None:
    """Raise the number to `number`, and let anybody take the lease."""
    values = {"owner": "", "fence": number, "until": now}
    fresh = insert(session, Lease).values(name=name, **values)
    await session.execute(fresh.on_conflict_do_update(index_elements=[Lease.name], set_=values))


async def give_up(session: AsyncSession, name: str, owner: str, *, now: datetime) -> None:
    """Let another take the lease at once; the number stays, so that the next one is higher."""
    lease = await session.get(Lease, name)
    if lease is not None and lease.owner == owner:
        lease.until, lease.owner = now, ""
