"""Roles are given once, found, and taken."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import staff
from storage.database import Database

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LARGE = 7_000_000_000


async def grant(database: Database, user_id: int, role: str, cluster: str, name: str = "A") -> None:
    async with database.begin() as session:
        await staff.grant(session, user_id, role, cluster, name=name, granted_by=1, now=NOW)


async def test_a_role_is_given_once_and_keeps_its_beginning(database: Database) -> None:
    await grant(database, LARGE, "agent", "fpi", "Erst")
    await grant(database, LARGE, "agent", "fpi", "Dann")
    await grant(database, LARGE, "admin", "*")
    async with database.read() as session:
        assert await staff.roles_of(session, LARGE) == (("admin", "*"), ("agent", "fpi"))
        known = await staff.by_key(session, LARGE, "agent", "fpi")
        assert known
        assert (known.name, known.granted_at) == ("Erst", NOW)


async def test_a_taken_role_is_gone_and_the_others_stay(database: Database) -> None:
    await grant(database, 7, "agent", "fpi")
    await grant(database, 7, "agent", "giqs")
    async with database.begin() as session:
        assert await staff.revoke(session, 7, "agent", "fpi")
        assert not await staff.revoke(session, 7, "agent", "fpi")
    async with database.read() as session:
        assert await staff.roles_of(session, 7) == (("agent", "giqs"),)


async def test_who_works_for_all_works_for_each(database: Database) -> None:
    await grant(database, 7, "agent", "fpi")
    await grant(database, 7, "admin", "fpi")
    await grant(database, 8, "agent", "*")
    await grant(database, 9, "agent", "giqs")
    await grant(database, 10, "editor", "fpi")
    async with database.read() as session:
        assert await staff.with_role(session, "fpi", ("agent", "admin")) == [7, 8]


async def test_a_name_as_long_as_telegram_allows_and_longer_is_kept(database: Database) -> None:
    await grant(database, 7, "agent", "fpi", "ä" * 300)
    async with database.read() as session:
        assert await staff.names(session) == {7: "ä" * 160}
