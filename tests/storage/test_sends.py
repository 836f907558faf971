"""The send ledger on both databases."""

from __future__ import annotations

from storage import sends
from storage.database import Database
from storage.sends import Key

FIRST = Key(7, 1, "sendMessage")
SECOND = Key(7, 2, "sendPhoto")


async def known(database: Database, update_id: int = 7) -> dict[int, tuple[int, bool, object]]:
    async with database.read() as session:
        rows = await sends.of_unfinished(session)
        return {row.number: (row.departures, row.sent, row.result) for row in rows if row.update_id == update_id}


async def test_a_departure_is_of_unknown_fate(database: Database) -> None:
    async with database.begin() as session:
        await sends.depart(session, [FIRST, SECOND])
    assert await known(database) == {1: (1, False, None), 2: (1, False, None)}


async def test_every_departure_counts(database: Database) -> None:
    for _ in range(3):
        async with database.begin() as session:
            await sends.depart(session, [FIRST])
    assert await known(database) == {1: (3, False, None)}


async def test_a_withdrawn_departure_leaves_the_earlier_ones(database: Database) -> None:
    async with database.begin() as session:
        await sends.depart(session, [FIRST])
        await sends.depart(session, [FIRST])
        await sends.withdraw(session, [FIRST])
    assert await known(database) == {1: (1, False, None)}


async def test_an_answer_is_kept(database: Database) -> None:
    async with database.begin() as session:
        await sends.depart(session, [FIRST, SECOND])
        await sends.arrive(session, [(FIRST, {"message_id": 3, "text": "ü"}), (SECOND, True)])
    assert await known(database) == {1: (1, True, {"message_id": 3, "text": "ü"}), 2: (1, True, True)}


async def test_the_sends_of_a_done_update_are_forgotten(database: Database) -> None:
    other = Key(8, 1, "sendMessage")
    async with database.begin() as session:
        await sends.depart(session, [FIRST, other])
        await sends.forget(session, [7])
    assert await known(database) == {}
    assert await known(database, 8) == {1: (1, False, None)}
