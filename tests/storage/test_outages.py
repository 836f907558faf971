"""Outages are told apart from mistakes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from storage.database import Database
from storage.outages import is_outage


async def test_a_locked_database_is_an_outage(tmp_path: Path) -> None:
    path = tmp_path / "bot.sqlite3"
    database = Database(f"sqlite:///{path}")
    async with database.begin() as session:
        await session.execute(text("PRAGMA busy_timeout=0"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError) as caught:
        async with database.begin() as session:
            await session.execute(text("SELECT 1"))
    other.close()
    await database.close()
    assert is_outage(caught.value)


async def test_a_server_that_is_not_there_is_an_outage() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the class is what is in question
        await database.ping()
    await database.close()
    assert is_outage(caught.value)


def test_a_pool_without_a_free_connection_is_an_outage() -> None:
    assert is_outage(NoConnection())


async def test_a_mistake_in_a_statement_is_none(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        async with database.begin() as session:
            await session.execute(text("SELECT nothing FROM nowhere"))
    assert not is_outage(caught.value)


def test_other_errors_are_none() -> None:
    assert not is_outage(KeyError("x"))
    assert not is_outage(IntegrityError("statement", {}, Exception()))
    assert not is_outage(FileNotFoundError())
