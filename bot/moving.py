"""`gfcbot migrate-data`: from SQLite to PostgreSQL, or back, without losing a row."""

from __future__ import annotations

import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.app import reason
from bot.clock import utc_now
from bot.errors import StartError
from bot.settings import Settings
from storage import rotation
from storage.database import Database, database_url
from storage.keys import SealError
from storage.moving import MovingError, move, require_source, require_target
from storage.schema import SchemaError


async def run(settings: Settings, source: str, target: str) -> int:
    """Copy everything from one database into another, empty one; print a line a table; return 0. Raises StartError.

    Sealed values are not opened: where keys lie beside the databases, they are copied too.
    """
    began = time.monotonic()
    counts: dict[str, int] = {}

    def moved(table: str, rows: int) -> None:
        counts[table] = rows
        sys.stdout.write(f"{table:<24}{rows:>12,} rows\n")
        sys.stdout.flush()

    async with AsyncExitStack() as stack:
        origin, goal = _opened(settings, source, stack, must_exist=True), _opened(settings, target, stack)
        if origin.url == goal.url:
            raise StartError("the two addresses are the same; nothing was moved")
        try:
            await require_source(origin, now=utc_now())
            await require_target(goal)
            await _carry_keys(origin, goal)
            await move(origin, goal, moved)
        except (MovingError, SchemaError, SealError) as error:
            raise StartError(f"nothing was moved: {error}") from None
        except (SQLAlchemyError, OSError) as error:
            raise StartError(f"nothing was moved, {len(counts)} tables were read: {reason(error)}") from None
    seconds = time.monotonic() - began
    sys.stdout.write(f"{len(counts)} tables, {sum(counts.values()):,} rows moved and compared in {seconds:.1f} s\n")
    return 0


async def _carry_keys(origin: Database, goal: Database) -> None:
    """Have the target's keys open what the source holds; raises SealError where they cannot."""
    if goal.keys.take(origin.keys):
        sys.stdout.write(f"keys copied from {origin.keys.source} to {goal.keys.source}\n")
    async with origin.read() as session:
        await rotation.require_keys(session, goal.keys)


def _opened(settings: Settings, url: str, stack: AsyncExitStack, *, must_exist: bool = False) -> Database:
    try:
        parsed = database_url(url)
    except Exception:
        raise StartError("an address is sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME") from None
    if must_exist and parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise StartError(f"there is no file {parsed.database}")
    database = Database(url, settings.model_copy(update={"database_url": url}).keys())
    stack.push_async_callback(database.close)
    return database
