"""The database: SQLite set up so that it loses nothing, or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from storage import sealing
from storage.keys import Keys

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON")


def database_url(url: str) -> URL:
    """Name the async driver in `url`; raises ValueError for what is neither SQLite nor PostgreSQL."""
    parsed = make_url(url)
    backend = parsed.drivername.split("+")[0]
    if backend not in DRIVERS:
        raise ValueError(f"{backend} is not supported; use sqlite:/// or postgresql://")
    return parsed.set(drivername=DRIVERS[backend])


def key_file(url: URL) -> Path:
    """Return where keys are kept that nobody has set: beside a file of SQLite, else where the process was started."""
    file = url.database if url.get_backend_name() == "sqlite" else None
    return Path(f"{file}.key" if file and file != ":memory:" else "gfcbot.key")


class Database:
    """Owns the connections: `begin` to write, `read` to read. Without `keys`, they are in a file beside it."""

    def __init__(self, url: str, keys: Keys | None = None) -> None:
        self.url = database_url(url)
        self.keys = keys or Keys.kept(key_file(self.url))
        self.engine = _engine(self.url, immediate=True)
        # BEGIN IMMEDIATE would make readers of SQLite wait for each other.
        self._reader = _engine(self.url, immediate=False) if self.is_sqlite else self.engine
        for engine in (self.engine, self._reader):
            sealing.attach(engine.dialect, self.keys)
        self._writing = async_sessionmaker(self.engine, expire_on_commit=False)
        self._reading = async_sessionmaker(self._reader, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """Open a session that commits on success and rolls back on error."""
        async with self._writing.begin() as session:
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a session for reads; what it changes is not kept."""
        async with self._reading() as session:
            yield session

    def require_file(self) -> None:
        """Open and close a file of SQLite; raises sqlite3.OperationalError where that cannot be done.

        The driver would say so in a thread of its own, which may still be at it when the process ends.
        """
        if self.is_sqlite and self.url.database:
            sqlite3.connect(self.url.database).close()

    async def ping(self) -> None:
        """Ask the database for one row; raises SQLAlchemyError or OSError when it cannot be had."""
        async with self._reader.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()
        if self._reader is not self.engine:
            await self._reader.dispose()


def _engine(url: URL, *, immediate: bool) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True)
    engine = create_async_engine(url)
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate if immediate else _begin)
    return engine


def _set_up_sqlite(connection: DBAPIConnection, _record: Any) -> None:
    # The driver's own BEGIN comes too late for read-then-write and loses updates: so the driver begins nothing, we do.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
