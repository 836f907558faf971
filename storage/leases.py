"""Leases: one owner at a time, with a number that rises whenever the owner changes."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Lease


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


async def fence(session: AsyncSession, name: str) -> int | None:
    """Return the fencing number of the present owner."""
    return await session.scalar(select(Lease.fence).where(Lease.name == name))


async def give_up(session: AsyncSession, name: str, owner: str, *, now: datetime) -> None:
    """Let another take the lease at once; the number stays, so that the next one is higher."""
    lease = await session.get(Lease, name)
    if lease is not None and lease.owner == owner:
        lease.until, lease.owner = now, ""
