"""When an update is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import NetworkError, RetryAfter

from bot.telegram.handling import Handling
from bot.telegram.journal import Journal
from bot.telegram.tries import Handle, Tries
from storage import inbox
from storage.database import Database
from storage.inbox import Received
from storage.models import InboxUpdate

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
async def journal(database: Database) -> AsyncIterator[Journal]:
    journal = Journal(database)
    journal.start()
    yield journal
    await journal.stop(5)


def failing(error: Exception) -> Handle:
    async def handle(_payload: object, _handling: Handling) -> None:
        raise error

    return handle


@pytest.mark.parametrize(
    ("error", "attempts", "seconds"),
    [
        (KeyError(), 1, (1, 1)),
        (NetworkError("reset"), 0, (0.8, 1)),
        (RetryAfter(timedelta(seconds=300)), 0, (300, 300)),
    ],
)
async def test_the_next_try_is_written_down_with_its_time(
    database: Database, journal: Journal, error: Exception, attempts: int, seconds: tuple[float, float]
) -> None:
    async with database.begin() as session:
        await inbox.receive(session, [Received(1, 5, {"update_id": 1})], now=NOW)
        (update,) = await inbox.claim(session, 1, owner="me", now=NOW)
    tries = Tries(journal, failing(error), asyncio.Semaphore(1), lambda: NOW)
    trying = asyncio.create_task(tries.until_done(update, {}))
    async with asyncio.timeout(10):
        while (row := await stored(database)).next_try_at is None:
            await asyncio.sleep(0.01)
    tries.stopping.set()
    assert await trying is False
    assert row.attempts == attempts
    assert row.error == type(error).__name__
    least, most = seconds
    assert least <= (row.next_try_at - NOW).total_seconds() <= most


async def stored(database: Database) -> InboxUpdate:
    async with database.read() as session:
        return await session.get_one(InboxUpdate, 1)


async def test_an_update_whose_later_try_is_due_after_a_restart_waits_for_it(
    journal: Journal, database: Database
) -> None:
    done = asyncio.Event()

    async def handle(_payload: object, handling: Handling) -> None:
        assert handling.attempt == 2
        done.set()

    async with database.begin() as session:
        await inbox.receive(session, [Received(1, 5, {"update_id": 1})], now=NOW)
        await inbox.postpone(session, [inbox.Failed(1, 1, "KeyError", NOW + timedelta(seconds=0.2))])
        (update,) = await inbox.claim(session, 1, owner="me", now=NOW)
    begin = asyncio.get_running_loop().time()
    assert await Tries(journal, handle, asyncio.Semaphore(1), lambda: NOW).until_done(update, {})
    assert done.is_set()
    assert asyncio.get_running_loop().time() - begin >= 0.19
