"""The set-up of the database: no lost updates, readable refusals."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.database import database_url as parse
from storage.models import ChatMemory

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def test_read_then_write_loses_no_update(tmp_path: Path) -> None:
    databases = [Database(f"sqlite:///{tmp_path}/counter.sqlite3") for _ in range(2)]
    async with databases[0].begin() as session:
        await session.execute(text("CREATE TABLE counter (n INTEGER)"))
        await session.execute(text("INSERT INTO counter VALUES (0)"))

    async def count_up(database: Database) -> None:
        for _ in range(50):
            async with database.begin() as session:
                value = (await session.execute(text("SELECT n FROM counter"))).scalar_one()
                await asyncio.sleep(0)
                await session.execute(text("UPDATE counter SET n = :n"), {"n": value + 1})

    await asyncio.gather(*(count_up(database) for database in databases))
    async with databases[0].read() as session:
        assert (await session.execute(text("SELECT n FROM counter"))).scalar_one() == 100
    for database in databases:
        await database.close()


async def test_a_failed_block_leaves_nothing_behind(database: Database) -> None:
    async def fail() -> None:
        async with database.begin() as session:
            session.add(ChatMemory(chat_id=1, context={}, updated_at=NOW))
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.read() as session:
        assert await session.get(ChatMemory, 1) is None


async def test_times_come_back_in_utc_and_ids_are_large(database: Database) -> None:
    berlin = timezone(timedelta(hours=1))
    async with database.begin() as session:
        session.add(ChatMemory(chat_id=-1001234567890, context={"a": 1}, updated_at=NOW.astimezone(berlin)))
    async with database.read() as session:
        row = await session.get(ChatMemory, -1001234567890)
    assert row is not None
    assert row.updated_at == NOW
    assert row.updated_at.tzinfo == UTC


async def test_a_naive_time_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="a time without a zone"):
        async with database.begin() as session:
            session.add(ChatMemory(chat_id=1, context={}, updated_at=NOW.replace(tzinfo=None)))


def test_other_databases_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="mysql is not supported"):
        parse("mysql://host/base")
