"""Bring the schema up to date: Alembic without an ini file."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from storage.database import Database
from storage.schema import SchemaError, require_fitting

LOCK = 4_723_672
"""Of PostgreSQL's advisory locks, the one that a migration holds; any number that nothing else uses."""


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to `connection` where one is given."""
    settings = Config()
    settings.set_main_option("script_location", "storage:migrations")
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def head() -> str:
    """Return the newest revision."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


async def current(database: Database) -> str | None:
    """Return the revision that the database has; None for an empty one."""
    async with database.read() as session:
        connection = await session.connection()
        return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


async def is_usable(database: Database) -> bool:
    """Tell whether the schema is this version's, or a later one that this version can work with."""
    async with database.read() as session:
        connection = await session.connection()
        return await connection.run_sync(_is_usable)


async def upgrade(database: Database, revision: str = "head") -> bool:
    """Apply all revisions up to `revision`; return whether, since the schema of a later version is left as it is.

    Processes that start together wait for the first one. Raises SchemaError when this version cannot work with a
    later version's schema.
    """
    async with database.engine.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        return await connection.run_sync(_upgrade, revision)


def _upgrade(connection: Connection, revision: str) -> bool:
    if _is_later(connection):
        require_fitting(connection)
        return False
    command.upgrade(config(connection), revision)
    return True


def _is_usable(connection: Connection) -> bool:
    if not _is_later(connection):
        return MigrationContext.configure(connection).get_current_revision() == head()
    try:
        require_fitting(connection)
    except SchemaError:
        return False
    return True


def _is_later(connection: Connection) -> bool:
    """Tell whether the schema has a revision that this version does not know."""
    revision = MigrationContext.configure(connection).get_current_revision()
    try:
        ScriptDirectory.from_config(config()).get_revision(revision or "base")
    except CommandError:
        return True
    return False


async def downgrade(database: Database, revision: str) -> None:
    """Take revisions back down to `revision`."""
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(sync), revision))
