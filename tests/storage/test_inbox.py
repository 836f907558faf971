"""The inbox on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage import inbox
from storage.database import Database
from storage.models import InboxUpdate, UpdateState

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
OWNER = "process 1"


def received(*update_ids: int, chat_key: int = 5) -> list[inbox.Received]:
    return [
        inbox.Received(update_id, chat_key, {"update_id": update_id, "text": "ü\u0000"}) for update_id in update_ids
    ]


async def stored(database: Database) -> dict[int, InboxUpdate]:
    async with database.read() as session:
        return {row.update_id: row for row in await session.scalars(select(InboxUpdate))}


async def receive(database: Database, *update_ids: int, chat_key: int = 5, now: datetime = NOW) -> int:
    async with database.begin() as session:
        return await inbox.receive(session, received(*update_ids, chat_key=chat_key), now=now)


async def claim(database: Database, limit: int = 100, without: tuple[int, ...] = ()) -> list[inbox.Claimed]:
    async with database.begin() as session:
        return await inbox.claim(session, limit, owner=OWNER, now=NOW, without=without)


async def test_what_comes_twice_is_stored_once(database: Database) -> None:
    assert await receive(database, 1, 2) == 2
    assert await receive(database, 2, 3) == 1
    assert await receive(database) == 0
    assert sorted(await stored(database)) == [1, 2, 3]


async def test_claims_are_oldest_first_and_exclusive(database: Database) -> None:
    await receive(database, 9, now=NOW - timedelta(minutes=1))
    await receive(database, 3, 2, 1)
    assert [row.update_id for row in await claim(database, 2)] == [9, 1]
    rest = await claim(database)
    assert [row.update_id for row in rest] == [2, 3]
    assert rest[0].payload == {"update_id": 2, "text": "ü\u0000"}
    assert await claim(database) == []


async def test_a_chat_can_be_left_out(database: Database) -> None:
    await receive(database, 1, chat_key=5)
    await receive(database, 2, chat_key=6)
    assert [row.update_id for row in await claim(database, without=(5,))] == [2]


async def test_the_claims_of_a_dead_process_are_reopened(database: Database) -> None:
    await receive(database, 1, 2)
    await claim(database, 1)
    async with database.begin() as session:
        assert await inbox.reopen(session) == 1
    assert [row.update_id for row in await claim(database)] == [1, 2]


async def test_claims_that_are_held_are_not_reopened(database: Database) -> None:
    await receive(database, 1, 2)
    await claim(database)
    async with database.begin() as session:
        assert await inbox.reopen(session, without=[1]) == 1
    assert [row.update_id for row in await claim(database)] == [2]


async def test_released_claims_can_be_claimed_again(database: Database) -> None:
    await receive(database, 1, 2)
    await claim(database)
    async with database.begin() as session:
        await inbox.release(session, [2])
    assert [row.update_id for row in await claim(database)] == [2]


async def test_done_removes_what_was_written(database: Database) -> None:
    await receive(database, 1, 2)
    await claim(database)
    async with database.begin() as session:
        await inbox.finish(session, [1], now=NOW)
    rows = await stored(database)
    assert (rows[1].state, rows[1].payload, rows[1].done_at) == (UpdateState.DONE, None, NOW)
    assert rows[2].payload is not None
    async with database.begin() as session:
        assert await inbox.reopen(session) == 1
    assert [row.update_id for row in await claim(database)] == [2]


async def test_a_done_update_that_comes_again_is_not_handled_again(database: Database) -> None:
    await receive(database, 1)
    await claim(database)
    async with database.begin() as session:
        await inbox.finish(session, [1], now=NOW)
    assert await receive(database, 1) == 0
    assert await claim(database) == []


async def test_a_failed_try_is_remembered(database: Database) -> None:
    await receive(database, 1)
    await claim(database)
    later = NOW + timedelta(seconds=4)
    async with database.begin() as session:
        await inbox.postpone(session, [inbox.Failed(1, 2, "KeyError", later)])
        await inbox.reopen(session)
    row = (await claim(database))[0]
    assert (row.attempts, row.next_try_at) == (2, later)
    assert (await stored(database))[1].error == "KeyError"


async def test_what_is_set_aside_is_kept_but_not_claimed(database: Database) -> None:
    await receive(database, 1)
    await claim(database)
    async with database.begin() as session:
        await inbox.set_aside(session, [inbox.Failed(1, 3, "X" * 200)], now=NOW)
        await inbox.reopen(session)
    row = (await stored(database))[1]
    assert (row.state, row.attempts, row.payload is None) == (UpdateState.SET_ASIDE, 3, False)
    assert await claim(database) == []


async def test_only_what_was_finished_long_ago_is_pruned(database: Database) -> None:
    await receive(database, 1, 2, 3)
    async with database.begin() as session:
        await inbox.finish(session, [1], now=NOW - timedelta(days=8))
        await inbox.finish(session, [2], now=NOW)
        assert await inbox.prune(session, before=NOW - timedelta(days=7)) == 1
    assert sorted(await stored(database)) == [2, 3]


async def test_unfinished_and_due_are_counted(database: Database) -> None:
    await receive(database, 1, 2, 3)
    await claim(database, 2)
    async with database.begin() as session:
        await inbox.postpone(session, [inbox.Failed(1, 1, "KeyError", NOW + timedelta(seconds=1))])
    async with database.read() as session:
        assert await inbox.count_unfinished(session) == 3
        assert await inbox.count_unfinished(session, due=NOW) == 2
        assert await inbox.count_unfinished(session, due=NOW + timedelta(seconds=1)) == 3


async def test_what_was_set_aside_can_be_taken_up_again_with_all_its_tries(database: Database) -> None:
    await receive(database, 1, 2)
    await claim(database)
    async with database.begin() as session:
        await inbox.set_aside(session, [inbox.Failed(1, 3, "KeyError")], now=NOW)
        await inbox.finish(session, [2], now=NOW)
    async with database.begin() as session:
        assert await inbox.take_up_set_aside(session) == 1
        assert await inbox.take_up_set_aside(session) == 0
    (again,) = await claim(database)
    assert (again.update_id, again.attempts) == (1, 0)
