"""An alert is raised once and ended once, whatever number of processes looks."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from storage import alerts
from storage.database import Database

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def raised(database: Database, name: str = "inbox", *, now: datetime = NOW) -> bool:
    async with database.begin() as session:
        return await alerts.raise_(session, name, now=now)


async def ended(database: Database, name: str = "inbox", *, now: datetime = NOW) -> bool:
    async with database.begin() as session:
        return await alerts.end(session, name, now=now)


async def test_of_many_that_look_at_once_one_tells(database: Database) -> None:
    assert sum(await asyncio.gather(*(raised(database) for _ in range(8)))) == 1
    assert sum(await asyncio.gather(*(ended(database) for _ in range(8)))) == 1


async def test_it_lasts_however_long_it_takes(database: Database) -> None:
    assert await raised(database)
    assert not await raised(database, now=NOW + timedelta(days=400))
    async with database.read() as session:
        assert list(await alerts.raised(session)) == ["inbox"]


async def test_after_its_end_it_is_quiet_for_a_quarter_of_an_hour(database: Database) -> None:
    await raised(database)
    await ended(database)
    assert not await raised(database, now=NOW + timedelta(minutes=14))
    assert await raised(database, now=NOW + timedelta(minutes=15))


async def test_one_that_nobody_heard_of_is_raised_again_at_once(database: Database) -> None:
    await raised(database)
    async with database.begin() as session:
        await alerts.take_back(session, "inbox", now=NOW)
    assert await raised(database)


async def test_what_was_never_raised_does_not_end_and_names_are_apart(database: Database) -> None:
    assert not await ended(database)
    assert await raised(database, "errors@a-host-with-a-very-long-name.example.org")
    assert await raised(database, "errors@b")
