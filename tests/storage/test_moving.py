"""From SQLite to PostgreSQL and back: every row arrives as it was, or nothing does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import leases
from storage.database import Database
from storage.migrations import upgrade
from storage.models import AuditEntry, Base, ChatMemory, Question, Send
from storage.moving import BATCH, MovingError, move, plain_tables, require_source, require_target
from tests.storage.rows import BEGIN, rows

NUMBERS = range(1, 9)
LATER = BEGIN + timedelta(days=1)
SPOIL = {
    True: ["CREATE TRIGGER spoil AFTER INSERT ON relayed BEGIN UPDATE relayed SET kind = 'x'; END"],
    False: [
        "CREATE FUNCTION spoil() RETURNS trigger AS $$ BEGIN NEW.kind = 'x'; RETURN NEW; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER spoil BEFORE INSERT ON relayed FOR EACH ROW EXECUTE FUNCTION spoil()",
    ],
}
"""By whether it is SQLite: what changes rows on their way."""


@pytest.fixture
async def lite(tmp_path: Path) -> AsyncIterator[Database]:
    """SQLite, whatever the other one is."""
    database = Database(f"sqlite:///{tmp_path}/other.sqlite3")
    await upgrade(database)
    yield database
    await database.close()


async def fill(database: Database) -> None:
    """Write rows into every table, past the columns that seal; in the last one all is NULL that may be."""
    async with database.begin() as session:
        for table in plain_tables():
            made = rows(table, NUMBERS)
            made[-1] |= {column.name: None for column in Base.metadata.tables[table.name].c if column.nullable}
            for row in made:
                await session.execute(sa.insert(table), row)


async def contents(database: Database) -> dict[str, list[str]]:
    """Return what is in each table."""
    async with database.read() as session:
        return {
            table.name: sorted(repr(tuple(row)) for row in await session.execute(sa.select(table)))
            for table in plain_tables()
        }


async def carry(source: Database, target: Database) -> dict[str, int]:
    """Do what the command does; return the rows of each table."""
    counts: dict[str, int] = {}
    await require_source(source, now=LATER)
    await require_target(target)
    await move(source, target, counts.__setitem__)
    return counts


async def test_every_row_arrives_as_it_was(lite: Database, database: Database) -> None:
    await fill(lite)
    counts = await carry(lite, database)
    assert counts == {table.name: len(NUMBERS) for table in plain_tables()}
    assert await contents(database) == await contents(lite)


async def test_every_row_comes_back_as_it_was(database: Database, lite: Database) -> None:
    await fill(database)
    await carry(database, lite)
    assert await contents(lite) == await contents(database)


async def test_numbers_go_on_after_the_highest(lite: Database, database: Database) -> None:
    await fill(lite)
    await carry(lite, database)
    async with database.begin() as session:
        session.add(AuditEntry(at=BEGIN, act="x", details={}))
        session.add(Question(update_id=1, asked_at=BEGIN, language="de", kind="answer", confidence=1, candidates=[]))
    async with database.read() as session:
        assert await session.scalar(sa.select(sa.func.max(AuditEntry.id))) == max(NUMBERS) + 1


async def test_more_rows_than_one_batch(lite: Database, database: Database) -> None:
    async with lite.begin() as session:
        session.add_all(Send(update_id=1, number=number, method="m") for number in range(2 * BATCH + 1))
    assert (await carry(lite, database))["sends"] == 2 * BATCH + 1


async def test_a_target_with_rows_is_refused_and_keeps_them(lite: Database, database: Database) -> None:
    async with database.begin() as session:
        session.add(ChatMemory(chat_id=1, context={}, updated_at=BEGIN))
    before = await contents(database)
    with pytest.raises(MovingError, match="not empty: there are rows in chats"):
        await carry(lite, database)
    assert await contents(database) == before


async def test_a_source_on_which_a_bot_works_is_refused(lite: Database, database: Database) -> None:
    async with lite.begin() as session:
        await leases.take(session, "scheduler", "a", span=timedelta(seconds=10), now=LATER)
    with pytest.raises(MovingError, match="stop it"):
        await carry(lite, database)


async def test_a_source_of_an_older_version_is_refused(empty_database: Database, lite: Database) -> None:
    await upgrade(empty_database, "0008")
    with pytest.raises(MovingError, match="gfcbot migrate"):
        await carry(empty_database, lite)


async def test_what_arrives_changed_is_not_kept(lite: Database, database: Database) -> None:
    await fill(lite)
    async with database.begin() as session:
        for statement in SPOIL[database.is_sqlite]:
            await session.execute(sa.text(statement))
    with pytest.raises(MovingError, match="relayed: what arrived is not what left"):
        await carry(lite, database)
    assert not any((await contents(database)).values())
