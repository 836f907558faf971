"""What is written waits for a database that is out of reach, and for nothing else."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.telegram import outages
from storage.database import Database


async def test_a_locked_database_is_waited_for(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outages, "WAIT_SECONDS", (0.0, 0.01))
    database, failures, noted = Database(f"sqlite:///{tmp_path}/bot.sqlite3"), 3, 0

    def note() -> None:
        nonlocal noted
        noted += 1

    async def work(session: AsyncSession) -> object:
        nonlocal failures
        if failures:
            failures -= 1
            raise locked()
        return await session.scalar(text("SELECT 7"))

    with capture_logs() as lines:
        assert await outages.written(database, work, on_outage=note) == 7
    assert noted == 3
    assert [line["event"] for line in lines] == ["database out of reach"]
    await database.close()


async def test_what_the_database_refuses_is_raised(database: Database) -> None:
    async def work(session: AsyncSession) -> None:
        await session.execute(text("SELECT nothing FROM nowhere"))

    async with asyncio.timeout(5):
        with pytest.raises(DBAPIError):
            await outages.written(database, work)


def locked() -> OperationalError:
    return OperationalError("SELECT 7", {}, sqlite3.OperationalError("database is locked"))
