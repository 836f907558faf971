"""A ticket is made once for an update, used once, and not after it was withdrawn."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from storage import invitations
from storage.database import Database
from storage.invitations import Offer
from storage.models import InvitationKind

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def create(database: Database, nonce: str, update_id: int = 1, hours: int = 72) -> str:
    offer = Offer(nonce, InvitationKind.ROLE, "agent", "fpi", NOW + timedelta(hours=hours))
    async with database.begin() as session:
        return (await invitations.create(session, offer, created_by=1, update_id=update_id, now=NOW)).nonce


async def use(database: Database, nonce: str, person: int = 7) -> bool:
    async with database.begin() as session:
        return await invitations.use(session, nonce, used_by=person, now=NOW)


async def test_an_update_that_is_handled_twice_makes_one(database: Database) -> None:
    assert await create(database, "a") == "a"
    assert await create(database, "b") == "a"
    async with database.read() as session:
        assert await invitations.by_nonce(session, "b") is None


async def test_of_many_at_once_one_uses_it(database: Database) -> None:
    await create(database, "a")
    used = await asyncio.gather(*(use(database, "a", person) for person in range(10)))
    assert sorted(used) == [False] * 9 + [True]
    async with database.read() as session:
        known = await invitations.by_nonce(session, "a")
    assert known
    assert known.used_by == used.index(True)


async def test_what_was_withdrawn_cannot_be_used_nor_the_other_way_round(database: Database) -> None:
    await create(database, "a")
    await create(database, "b", 2)
    assert await use(database, "b")
    async with database.begin() as session:
        assert await invitations.withdraw(session, "a", now=NOW)
        assert not await invitations.withdraw(session, "b", now=NOW)
    assert not await use(database, "a")


async def test_only_what_can_be_used_is_open(database: Database) -> None:
    for number, nonce in enumerate("abcd"):
        await create(database, nonce, number, hours=1 if nonce == "d" else 72)
    await use(database, "a")
    async with database.begin() as session:
        await invitations.withdraw(session, "b", now=NOW)
    async with database.read() as session:
        later = NOW + timedelta(hours=2)
        assert [one.nonce for one in await invitations.open_ones(session, InvitationKind.ROLE, now=later)] == ["c"]
        assert await invitations.open_ones(session, InvitationKind.CHAT, now=later) == []
