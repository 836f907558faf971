"""Each revision leaves the version before it at work: what that one writes and reads, it can go on writing and reading.

Only so can an update run without a pause: docs/operations.md, "Update without a pause".
"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database
from storage.migrations import config, upgrade
from tests.storage.rows import rows

CONTRACTED = {"0009": {"occurrences"}}
"""Revision -> tables that it takes something from, which is allowed when no version that uses it runs any more.

0009 renamed a column before anybody ran 0008.
"""


async def tables(database: Database) -> list[sa.Table]:
    """Return the tables that are there, parents first."""
    metadata = sa.MetaData()
    async with database.engine.connect() as connection:
        await connection.run_sync(metadata.reflect)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


async def write(database: Database, table: sa.Table, number: int) -> None:
    """Write a row as a version does that knows these columns."""
    async with database.begin() as session:
        await session.execute(table.insert().values(rows(table, range(number, number + 1))[0]))


async def read(database: Database, table: sa.Table) -> int:
    """Read all columns that are known; return how many rows there are."""
    async with database.read() as session:
        return len((await session.execute(sa.select(table))).all())


async def test_the_version_before_goes_on_beside_each_revision(empty_database: Database) -> None:
    revisions = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()][::-1]
    known: list[sa.Table] = []
    for number, revision in enumerate(revisions, start=1):
        before = {table.name: await read(empty_database, table) for table in known}
        await upgrade(empty_database, revision)
        now = {table.name: table for table in await tables(empty_database)}
        for table in known:
            if table.name in CONTRACTED.get(revision, ()):
                with pytest.raises(SQLAlchemyError):
                    await write(empty_database, table, 2 * number)
                await write(empty_database, now[table.name], 2 * number)
                continue
            await write(empty_database, table, 2 * number)
            assert await read(empty_database, table) == before[table.name] + 1, (revision, table.name)
        known = list(now.values())
        for table in known:
            await write(empty_database, table, 2 * number + 1)
