"""Three processes on one PostgreSQL: one is killed, the others take over; nothing is lost, nothing silently doubled."""

from __future__ import annotations

import asyncio
import sys
from itertools import groupby

import pytest
from sqlalchemy import func, select, text

from bot.clock import utc_now
from bot.simulator import Limits, Simulator, serve
from storage import inbox
from storage.database import Database
from storage.models import InboxUpdate, Send, UpdateState
from tests.bot.telegram.bots import MARK, TOKEN

PEOPLE, MESSAGES = 60, 5
TAKE_OVER_SECONDS = 15


async def bring(database: Database, people: list[int]) -> None:
    """Store what all of them write, as if a webhook had brought it."""
    for number in range(MESSAGES):
        received = []
        for index, person in enumerate(people):
            update_id = 1 + number * PEOPLE + index
            message = {"message_id": update_id, "date": 1, "chat": {"id": person, "type": "private"}}
            update = {"update_id": update_id, "message": message | {"text": str(number)}}
            received.append(inbox.Received(update_id, person, update))
        async with database.begin() as session:
            await inbox.receive(session, received, now=utc_now())
        await asyncio.sleep(0.05)


async def done(database: Database) -> int:
    async with database.read() as session:
        query = select(func.count()).select_from(InboxUpdate).where(InboxUpdate.state == UpdateState.DONE)
        return (await session.scalars(query)).one()


@pytest.mark.parametrize("killed", [False, True])
async def test_all_is_answered_in_order_and_repetitions_say_so(
    database: Database, database_url: str, killed: bool
) -> None:
    if database.is_sqlite:
        return
    async with database.begin() as session:
        await session.execute(text("DROP TABLE IF EXISTS effects"))
        await session.execute(text("CREATE TABLE effects (update_id BIGINT PRIMARY KEY, body TEXT)"))
    simulator = Simulator(token=TOKEN, limits=Limits.off())
    accounts = [simulator.add_person(f"Person {number}") for number in range(PEOPLE)]
    people = [account.id for account in accounts]
    for account in accounts:
        await account.write("/start")
    server = await serve(simulator)
    command = (sys.executable, "-m", "tests.bot.telegram.bot_process", server.url, database_url, "hook")
    processes = [await asyncio.create_subprocess_exec(*command) for _ in range(3)]
    bringing = asyncio.create_task(bring(database, people))
    if killed:
        while await done(database) < PEOPLE:
            await asyncio.sleep(0.01)
        processes.pop().kill()
    await bringing
    async with asyncio.timeout(TAKE_OVER_SECONDS):
        while await done(database) < PEOPLE * MESSAGES:
            await asyncio.sleep(0.05)
    for process in processes:
        process.terminate()
        assert await process.wait() == 0
    await server.close()
    for person in people:
        answers = [m["text"] for m in simulator.messages(person) if m["from"]["is_bot"]]
        groups = groupby(answers, lambda answer: answer.removesuffix(MARK))
        by_message = [(number, list(same)) for number, same in groups]
        assert [number for number, _ in by_message] == [str(number) for number in range(MESSAGES)]
        assert all(same[1:] == [number + MARK] * (len(same) - 1) for number, same in by_message)
        assert killed or len(answers) == MESSAGES
    async with database.read() as session:
        assert list(await session.scalars(select(Send))) == []
