"""An old version beside a new one: what it can work with, and what it refuses in one line."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import insert, select, text

from storage.database import Database
from storage.migrations import current, is_usable, upgrade
from storage.models import Base
from storage.moving import plain_tables
from storage.schema import SchemaError
from tests.storage.rows import rows


async def run(database: Database, *statements: str) -> None:
    async with database.engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def become_later(database: Database) -> None:
    await run(database, "UPDATE alembic_version SET version_num = '9999'")


async def test_a_later_schema_that_only_added_is_usable_and_stays_as_it_is(database: Database) -> None:
    await become_later(database)
    for name in Base.metadata.tables:
        await run(
            database,
            f'ALTER TABLE "{name}" ADD COLUMN added_later TEXT',
            f'ALTER TABLE "{name}" ADD COLUMN counted_later INTEGER DEFAULT 0 NOT NULL',
        )
    await run(database, "CREATE TABLE later (id INTEGER NOT NULL PRIMARY KEY)")
    assert await is_usable(database)
    assert not await upgrade(database)
    assert await current(database) == "9999"
    async with database.begin() as session:
        for table in plain_tables():
            await session.execute(insert(table), rows(table, range(1, 2)))
    async with database.read() as session:
        for table in plain_tables():
            assert len((await session.execute(select(table))).all()) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("ALTER TABLE chats RENAME COLUMN last_language TO language", "chats.last_language is gone"),
        ("ALTER TABLE blocked_people RENAME TO barred_people", "blocked_people is gone"),
        (
            "DROP TABLE blocked_people; CREATE TABLE blocked_people (person_id BIGINT PRIMARY KEY,"
            " blocked_by BIGINT, blocked_at TIMESTAMP, reason TEXT NOT NULL)",
            "blocked_people.reason is wanted",
        ),
    ],
)
async def test_a_later_schema_that_took_or_wants_something_is_refused(
    database: Database, change: str, told: str
) -> None:
    await become_later(database)
    await run(database, *change.split("; "))
    assert not await is_usable(database)
    with pytest.raises(SchemaError, match=told):
        await upgrade(database)


async def test_an_older_schema_is_not_usable_before_it_is_migrated(empty_database: Database) -> None:
    await upgrade(empty_database, "0008")
    assert not await is_usable(empty_database)
    await upgrade(empty_database)
    assert await is_usable(empty_database)


async def test_processes_that_start_together_migrate_once(empty_database: Database) -> None:
    others = [Database(empty_database.url.render_as_string(hide_password=False)) for _ in range(3)]
    await asyncio.gather(*(upgrade(other) for other in others))
    assert await is_usable(empty_database)
    for other in others:
        await other.close()
