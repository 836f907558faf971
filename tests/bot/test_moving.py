"""The command that moves a database, as a person runs it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from storage import rotation
from storage.database import Database
from storage.migrations import upgrade
from storage.models import ChatMemory
from tests.bot.test_cli import run

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


async def filled(path: Path) -> str:
    """Make a database with one row; return its address."""
    database = Database(f"sqlite:///{path}")
    await upgrade(database)
    async with database.begin() as session:
        await rotation.require_keys(session, database.keys)
        await rotation.note_key(session, database.keys.ring, now=NOW)
        session.add(ChatMemory(chat_id=7_000_000_001, context={"a": 1}, updated_at=NOW))
    await database.close()
    return f"sqlite:///{path}"


async def test_it_prints_a_line_a_table_and_moves_all(tmp_path: Path) -> None:
    source, target = await filled(tmp_path / "old.sqlite3"), f"sqlite:///{tmp_path}/new.sqlite3"
    done = run(tmp_path, "migrate-data", "--from", source, "--to", target)
    assert done.returncode == 0, done.stderr
    assert f"keys copied from the file {tmp_path}/old.sqlite3.key" in done.stdout
    assert "chats                              1 rows" in done.stdout
    assert "2 rows moved and compared" in done.stdout.splitlines()[-1]
    database = Database(target)
    async with database.read() as session:
        found = await session.get(ChatMemory, 7_000_000_001)
    await database.close()
    assert found
    assert found.context == {"a": 1}


async def test_it_refuses_in_one_line(tmp_path: Path) -> None:
    source = await filled(tmp_path / "old.sqlite3")
    refusals = {
        (source, source): "the two addresses are the same",
        (source, await filled(tmp_path / "full.sqlite3")): "the target is not empty: there are rows in chats",
        (f"sqlite:///{tmp_path}/none.sqlite3", source): "there is no file",
        (source, "mysql://root@localhost/x"): "an address is sqlite:///FILE or postgresql://",
    }
    for (origin, goal), told in refusals.items():
        done = run(tmp_path, "migrate-data", "--from", origin, "--to", goal)
        assert done.returncode == 2
        assert told in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "none.sqlite3").exists()


async def test_it_refuses_a_target_whose_keys_do_not_open_what_is_moved(tmp_path: Path) -> None:
    source, other = await filled(tmp_path / "old.sqlite3"), await filled(tmp_path / "other.sqlite3")
    (tmp_path / "other.sqlite3").unlink()
    done = run(tmp_path, "migrate-data", "--from", source, "--to", other)
    assert done.returncode == 2
    assert "nothing was moved: key k1 in the file" in done.stderr
    assert "is not the one that has sealed personal data here" in done.stderr
