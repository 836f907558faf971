"""Which processes work on this database: each has a row, and whoever finds an old one takes over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import affected
from storage.models import Process

IDLE_MILLISECONDS = "5000"
"""After which PostgreSQL ends a transaction whose process says nothing more: a machine that is gone holds no locks."""


async def begin(session: AsyncSession, owner: str, *, until: datetime) -> None:
    """Add a process; before it claims anything."""
    session.add(Process(owner=owner, until=until, pace=0.0))
    await session.flush()


async def prolong(session: AsyncSession, owner: str, *, until: datetime, pace: float) -> bool:
    """Prolong a process's time; return False when others have taken over."""
    statement = update(Process).where(Process.owner == owner).values(until=until, pace=pace)
    return await affected(session, statement) > 0


async def hold(session: AsyncSession, owner: str) -> bool:
    """Until the end of the transaction, have nobody take over; return False when somebody already has."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    limit = func.set_config("idle_in_transaction_session_timeout", IDLE_MILLISECONDS, True)
    query = select(Process.owner, limit).where(Process.owner == owner)
    row = (await session.execute(query.with_for_update(read=True, key_share=True, of=Process))).first()
    return row is not None


async def bury(session: AsyncSession, *, now: datetime) -> Sequence[str]:
    """Take away the processes whose time is over, and return their names; one that is just writing is left alone."""
    old = select(Process.owner).where(Process.until < now).with_for_update(skip_locked=True)
    chosen = old.cte("old").prefix_with("MATERIALIZED", dialect="postgresql")
    statement = delete(Process).where(Process.owner.in_(select(chosen.c.owner))).returning(Process.owner)
    return (await session.scalars(statement)).all()


async def bury_all(session: AsyncSession) -> None:
    """Take away all: where only one process can work, the others are gone."""
    await session.execute(delete(Process))


async def living(session: AsyncSession) -> dict[str, float]:
    """Return the names of all processes, with the messages a second that each has sent of late."""
    rows = await session.execute(select(Process.owner, Process.pace))
    return {row.owner: row.pace for row in rows}


async def end(session: AsyncSession, owner: str) -> None:
    """Take a process away that has given back what it had claimed."""
    await session.execute(delete(Process).where(Process.owner == owner))
