"""The journal: what is committed together, and what happens when the database refuses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.telegram.journal import Journal
from storage import inbox, sends
from storage.database import Database
from storage.inbox import Failed, Received
from storage.models import InboxUpdate
from storage.sends import Key


@pytest.fixture
async def journal(database: Database) -> AsyncIterator[Journal]:
    journal = Journal(database)
    journal.start()
    yield journal
    await journal.stop(5)


async def broken(session: AsyncSession) -> None:
    await session.execute(text("SELECT nothing FROM nowhere"))


async def received(journal: Journal, *update_ids: int) -> int:
    updates = [Received(update_id, 5, {"update_id": update_id}) for update_id in update_ids]
    return await journal.run(partial(inbox.receive, updates=updates, now=datetime.now(UTC)))


async def test_marks_that_come_up_together_share_a_commit(database: Database, journal: Journal) -> None:
    commits = 0

    def count(_connection: object) -> None:
        nonlocal commits
        commits += 1

    await received(journal, *range(1, 51))
    event.listen(database.engine.sync_engine, "commit", count)
    await asyncio.gather(*(journal.depart(Key(update_id, 1, "sendMessage")) for update_id in range(1, 51)))
    assert commits == 1
    await asyncio.gather(*(journal.finish(update_id) for update_id in range(1, 51)))
    assert commits == 2


async def test_one_refused_piece_leaves_the_others(journal: Journal) -> None:
    with capture_logs() as lines:
        results = await asyncio.gather(
            received(journal, 1), journal.run(broken), journal.depart(Key(1, 1, "sendMessage")), return_exceptions=True
        )
    assert [line["event"] for line in lines] == ["journal refused"]
    assert results[0] == 1
    assert isinstance(results[1], DBAPIError)
    assert results[2] is None
    assert len(await journal.run(sends.of_unfinished)) == 1


async def test_marks_of_one_update_in_one_commit_end_in_its_last_state(database: Database, journal: Journal) -> None:
    await received(journal, 1)
    key = Key(1, 1, "sendMessage")
    await journal.depart(key)
    journal.arrive(key, {"text": "secret"})
    postponed = journal.postpone(Failed(1, 1, "KeyError"))
    await asyncio.gather(postponed, journal.finish(1))
    assert await journal.run(sends.of_unfinished) == []
    async with database.read() as session:
        row = await session.get_one(InboxUpdate, 1)
        assert (row.state, row.payload, row.error) == ("done", None, None)


async def test_an_answer_is_written_without_being_waited_for(journal: Journal) -> None:
    await received(journal, 1)
    await journal.depart(Key(1, 1, "sendMessage"))
    journal.arrive(Key(1, 1, "sendMessage"), {"message_id": 3})
    (send,) = await journal.run(sends.of_unfinished)
    assert (send.sent, send.result) in [(True, {"message_id": 3}), (False, None)]
    (send,) = await journal.run(sends.of_unfinished)
    assert (send.sent, send.result) == (True, {"message_id": 3})


async def test_stopping_writes_what_is_left(database: Database) -> None:
    journal = Journal(database)
    journal.start()
    waiting = asyncio.ensure_future(received(journal, 1))
    await asyncio.sleep(0)
    await journal.stop(5)
    assert await waiting == 1


async def test_stopping_does_not_wait_for_ever_for_a_database_that_is_gone() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none")
    journal = Journal(database)
    journal.start()
    waiting = asyncio.ensure_future(journal.run(inbox.count_unfinished))
    await asyncio.sleep(0.05)
    await journal.stop(0.1)
    assert not waiting.done()
    waiting.cancel()
    await database.close()


async def test_nobody_waits_for_a_journal_that_is_not_running(database: Database) -> None:
    journal = Journal(database)
    with pytest.raises(RuntimeError):
        await journal.run(inbox.count_unfinished)
    with pytest.raises(RuntimeError):
        journal.finish(1)
