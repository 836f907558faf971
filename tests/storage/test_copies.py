"""Copies of SQLite: whole while somebody writes, refused when damaged."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import copies, inbox
from storage.copies import CopyError
from storage.database import Database
from storage.inbox import Received
from storage.migrations import head, upgrade

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def made(path: Path) -> Database:
    database = Database(f"sqlite:///{path}")
    await upgrade(database)
    return database


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM inbox").fetchone()[0])


async def test_a_copy_made_while_somebody_writes_is_whole(tmp_path: Path) -> None:
    database = await made(tmp_path / "bot.sqlite3")
    written = 0

    async def write() -> None:
        nonlocal written
        while True:
            async with database.begin() as session:
                # Two rows in one transaction: a copy has both or none.
                await inbox.receive(session, [Received(2 * written, 1, {}), Received(2 * written + 1, 1, {})], now=NOW)
            written += 1

    writing = asyncio.create_task(write())
    while not written:
        await asyncio.sleep(0.001)
    before = written
    await asyncio.to_thread(copies.copy, tmp_path / "bot.sqlite3", tmp_path / "copy.sqlite3")
    writing.cancel()
    await asyncio.wait({writing})
    await database.close()
    assert copies.look(tmp_path / "copy.sqlite3") == head()
    assert count(tmp_path / "copy.sqlite3") % 2 == 0
    assert count(tmp_path / "copy.sqlite3") >= 2 * before


async def test_a_copy_is_one_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    database = await made(tmp_path / "bot.sqlite3")
    (tmp_path / "copies").mkdir()
    copies.copy(tmp_path / "bot.sqlite3", tmp_path / "copies" / "a.sqlite3")
    await database.close()
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["a.sqlite3"]
    assert stat.S_IMODE((tmp_path / "copies" / "a.sqlite3").stat().st_mode) == 0o600


async def test_a_damaged_copy_is_refused(tmp_path: Path) -> None:
    database = await made(tmp_path / "bot.sqlite3")
    async with database.begin() as session:
        await inbox.receive(session, [Received(n, 1, {"x": "a" * 400}) for n in range(400)], now=NOW)
    copies.copy(tmp_path / "bot.sqlite3", tmp_path / "copy.sqlite3")
    await database.close()
    content = bytearray((tmp_path / "copy.sqlite3").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 9000] = b"\xa5" * 9000
    (tmp_path / "copy.sqlite3").write_bytes(content)
    with pytest.raises(CopyError, match=r"copy\.sqlite3 is (damaged|no database)"):
        copies.look(tmp_path / "copy.sqlite3")


@pytest.mark.parametrize("content", [b"", b"nonsense" * 1000])
def test_what_is_no_database_is_refused_and_nothing_is_left(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(CopyError):
        copies.copy(tmp_path / "a", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


async def test_a_database_in_use_is_known(tmp_path: Path) -> None:
    database = await made(tmp_path / "bot.sqlite3")
    await database.ping()
    assert copies.is_in_use(tmp_path / "bot.sqlite3")
    await database.close()
    assert not copies.is_in_use(tmp_path / "bot.sqlite3")
