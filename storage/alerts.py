"""What the owners were told of: once, whatever number of processes looks, and across restarts.

An alert is a lease that nobody holds for work: who gets it tells the owners.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Lease

PREFIX = "alert:"
LONGEST_NAME = 32 - len(PREFIX)
RAISED, OVER = "raised", "over"
QUIET = timedelta(minutes=15)
"""So long an alert that is over is not raised again."""


async def raise_(session: AsyncSession, name: str, *, now: datetime) -> bool:
    """Raise an alert; return whether it is new, so that the owners are to be told."""
    fresh = insert(session, Lease).values(name=_key(name), owner=RAISED, fence=1, until=now)
    taken = fresh.on_conflict_do_update(
        index_elements=[Lease.name],
        set_={"owner": RAISED, "fence": Lease.fence + 1, "until": now},
        where=and_(Lease.owner == OVER, Lease.until <= now),
    ).returning(Lease.fence)
    return await session.scalar(taken) is not None


async def end(session: AsyncSession, name: str, *, now: datetime) -> bool:
    """End an alert; return whether it was raised, so that the owners are to be told."""
    statement = (
        update(Lease).where(Lease.name == _key(name), Lease.owner == RAISED).values(owner=OVER, until=now + QUIET)
    )
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount > 0


async def take_back(session: AsyncSession, name: str, *, now: datetime) -> None:
    """Forget that an alert was raised: nobody could be told."""
    await session.execute(
        update(Lease).where(Lease.name == _key(name), Lease.owner == RAISED).values(owner=OVER, until=now)
    )


async def raised(session: AsyncSession) -> Sequence[str]:
    """Return the names of the alerts that are not over."""
    query = select(Lease.name).where(Lease.name.startswith(PREFIX), Lease.owner == RAISED).order_by(Lease.name)
    return [name.removeprefix(PREFIX) for name in await session.scalars(query)]


def _key(name: str) -> str:
    return PREFIX + name[:LONGEST_NAME]
