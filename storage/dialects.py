"""What SQLite and PostgreSQL have and SQL has not: INSERT ... ON CONFLICT, and a word to the planner."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base


async def affected(session: AsyncSession, statement: Delete | Update) -> int:
    """Run a statement and return how many rows it has changed."""
    return cast("CursorResult[Any]", await session.execute(statement)).rowcount


def insert(session: AsyncSession, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(model)
    return postgresql.insert(model)


async def read_in_order(session: AsyncSession) -> None:
    """Until the end of the transaction, have PostgreSQL read the first rows in an index's order, not sort all.

    Right after many rows were written its figures about them are old, and it would sort a million to find ten.
    SQLite does so anyway.
    """
    if session.get_bind().dialect.name != "sqlite":
        off = "set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)"
        await session.execute(text(f"SELECT {off}"))
