"""Write to the database, however long it is out of reach."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from storage.database import Database
from storage.outages import is_outage

log = logs.get(__name__)

Value = TypeVar("Value")

WAIT_SECONDS = (0.05, 0.2, 1.0, 5.0)
"""Before the second try, the third, and so on; the last one again and again."""


async def written(
    database: Database,
    work: Callable[[AsyncSession], Awaitable[Value]],
    *,
    on_outage: Callable[[], None] = lambda: None,
) -> Value:
    """Run `work` in a transaction of its own and return its result; see `outlasting`."""

    async def attempt() -> Value:
        async with database.begin() as session:
            return await work(session)

    return await outlasting(attempt, on_outage=on_outage)


async def outlasting(attempt: Callable[[], Awaitable[Value]], *, on_outage: Callable[[], None]) -> Value:
    """Return the result of `attempt`; while the database is out of reach, try again.

    A commit may have succeeded without our hearing of it, so the attempt must bear being made twice; `on_outage` is
    told each time. What the database refuses is raised.
    """
    failures = 0
    while True:
        try:
            return await attempt()
        except Exception as error:
            if not is_outage(error):
                raise
            on_outage()
            if failures == 0:
                log.warning("database out of reach", error=type(error).__name__)
        await asyncio.sleep(WAIT_SECONDS[min(failures, len(WAIT_SECONDS) - 1)])
        failures += 1
