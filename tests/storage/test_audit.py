"""The audit log grows, is read, and is never changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import audit
from storage.audit import Wanted
from storage.database import Database

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def write(
    database: Database,
    act: str,
    cluster: str | None = None,
    *,
    enquiry_id: int | None = None,
    update_id: int | None = None,
) -> None:
    async with database.begin() as session:
        await audit.write(session, act, now=NOW, actor=7, cluster=cluster, enquiry_id=enquiry_id, update_id=update_id)


async def acts(database: Database, wanted: Wanted, **place: int) -> list[str]:
    async with database.read() as session:
        return [entry.act for entry in await audit.page(session, wanted, **{"limit": 10, **place})]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET actor = 8", "DELETE FROM audit", "UPDATE audit SET act = 'x' WHERE id = 1"],
)
async def test_the_database_itself_refuses_to_change_an_entry(database: Database, statement: str) -> None:
    await write(database, "role_granted", "fpi")
    with pytest.raises(DBAPIError, match="the audit log only grows"):
        async with database.begin() as session:
            await session.execute(text(statement))
    assert await acts(database, Wanted()) == ["role_granted"]


async def test_postgresql_refuses_to_empty_it(database: Database) -> None:
    await write(database, "role_granted", "fpi")
    if not database.is_sqlite:
        with pytest.raises(DBAPIError, match="the audit log only grows"):
            async with database.begin() as session:
                await session.execute(text("TRUNCATE audit"))
    assert await acts(database, Wanted()) == ["role_granted"]


async def test_an_act_is_noted_once_for_an_update(database: Database) -> None:
    for _ in range(2):
        await write(database, "chat_unlinked", "fpi", update_id=1)
        await write(database, "chat_linked", "fpi", update_id=1)
        await write(database, "by_the_bot", "fpi")
    assert await acts(database, Wanted()) == ["by_the_bot", "by_the_bot", "chat_linked", "chat_unlinked"]


async def test_entries_are_filtered_counted_and_paged(database: Database) -> None:
    await write(database, "a", "fpi", enquiry_id=1)
    await write(database, "b", "fpi", enquiry_id=2)
    await write(database, "a", "giqs")
    await write(database, "c")
    assert await acts(database, Wanted()) == ["c", "a", "b", "a"]
    assert await acts(database, Wanted(clusters=("fpi",))) == ["b", "a"]
    assert await acts(database, Wanted(clusters=())) == []
    assert await acts(database, Wanted(act="a")) == ["a", "a"]
    assert await acts(database, Wanted(enquiry_id=2)) == ["b"]
    assert await acts(database, Wanted(), limit=2, offset=1) == ["a", "b"]
    async with database.read() as session:
        assert await audit.count(session, Wanted(clusters=("fpi", "giqs"))) == 3
        assert await audit.acts(session, Wanted(clusters=("fpi", "giqs"))) == ["a", "b"]
