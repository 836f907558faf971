"""A cluster has one group, and a group one cluster."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from storage import staff_chats
from storage.database import Database

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
GROUP, OTHER = -1_000_000_000_001, -1_000_000_000_002


async def link(database: Database, cluster: str, chat_id: int, title: str = "Team") -> None:
    async with database.begin() as session:
        await staff_chats.link(session, cluster, chat_id, title=title, is_forum=True, linked_by=7, now=NOW)


async def chats(database: Database) -> dict[str, int]:
    async with database.read() as session:
        return {chat.cluster: chat.chat_id for chat in await staff_chats.everything(session)}


async def test_another_group_takes_the_place_of_the_first(database: Database) -> None:
    await link(database, "fpi", GROUP)
    async with database.begin() as session:
        await staff_chats.set_problem(session, GROUP, "gone")
    await link(database, "fpi", OTHER)
    assert await chats(database) == {"fpi": OTHER}
    async with database.read() as session:
        known = await staff_chats.of_cluster(session, "fpi")
        assert known
        assert known.problem is None
        assert await staff_chats.by_chat(session, GROUP) is None


async def test_a_group_is_never_that_of_two_clusters(database: Database) -> None:
    await link(database, "fpi", GROUP)
    with pytest.raises(IntegrityError):
        await link(database, "giqs", GROUP)
    assert await chats(database) == {"fpi": GROUP}


async def test_a_group_is_followed_and_unlinked(database: Database) -> None:
    await link(database, "fpi", GROUP)
    async with database.begin() as session:
        assert await staff_chats.move(session, GROUP, OTHER)
        assert await staff_chats.move(session, GROUP, OTHER) is None
    assert await chats(database) == {"fpi": OTHER}
    async with database.begin() as session:
        gone = await staff_chats.unlink(session, "fpi")
        assert gone
        assert gone.chat_id == OTHER
        assert await staff_chats.unlink(session, "fpi") is None
    assert await chats(database) == {}
