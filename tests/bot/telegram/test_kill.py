"""A bot process that is killed again and again loses nothing, and repeats nothing without saying so."""

from __future__ import annotations

import asyncio
import random
import sys
from asyncio.subprocess import Process
from collections.abc import Sequence
from itertools import groupby

import pytest
from sqlalchemy import func, select, text

from bot.simulator import Event, Limits, Person, Simulator, serve
from bot.telegram.inbox import Terms
from storage.database import Database
from storage.models import InboxUpdate, Send, UpdateState
from tests.bot.telegram.bots import MARK, TOKEN

PEOPLE, MESSAGES, KILLS = 50, 10, 6


class Executioner:
    """Kills the process when the bot has sent so many messages, at once or a moment later."""

    def __init__(self, simulator: Simulator, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._moments = sorted(self._random.sample(range(5, PEOPLE * MESSAGES - 20), KILLS))
        self._sent = 0
        self.process: Process | None = None
        simulator.subscribe(self._count)

    def _count(self, event: Event) -> None:
        if not self.process or not event.message or not event.message["from"]["is_bot"]:
            return
        self._sent += 1
        if self._moments and self._sent >= self._moments[0]:
            self._moments.pop(0)
            delay = self._random.choice([0, self._random.uniform(0, 0.02)])
            asyncio.get_running_loop().call_later(delay, self.process.kill)
            self.process = None


async def start(url: str, database_url: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.telegram.bot_process", url, database_url
    )


async def write_all(people: Sequence[Person]) -> None:
    for number in range(MESSAGES):
        for person in people:
            await person.write(str(number))
        await asyncio.sleep(0.05)


async def unfinished(database: Database) -> int:
    async with database.read() as session:
        statement = select(func.count()).select_from(InboxUpdate).where(InboxUpdate.state == UpdateState.DONE)
        return PEOPLE * MESSAGES - (await session.scalars(statement)).one()


def check_answers(simulator: Simulator, person: Person) -> int:
    """Check that all came in order and repetitions say so; return the number of these."""
    answers = [message["text"] for message in simulator.messages(person.id) if message["from"]["is_bot"]]
    by_message = [(number, list(same)) for number, same in groupby(answers, lambda answer: answer.removesuffix(MARK))]
    assert [number for number, _ in by_message] == [str(number) for number in range(MESSAGES)]
    for number, same in by_message:
        assert same.count(number) <= 1
        assert same[1:] == [number + MARK] * (len(same) - 1)
    return len(answers) - MESSAGES


@pytest.mark.parametrize("seed", [1])
async def test_killed_at_any_moment_it_answers_everything(database: Database, database_url: str, seed: int) -> None:
    async with database.begin() as session:
        await session.execute(text("DROP TABLE IF EXISTS effects"))
        await session.execute(text("CREATE TABLE effects (update_id BIGINT PRIMARY KEY, body TEXT)"))
    simulator = Simulator(token=TOKEN, limits=Limits.off())
    people = [simulator.add_person(f"Person {number}") for number in range(PEOPLE)]
    executioner = Executioner(simulator, seed)
    server = await serve(simulator)
    writing = asyncio.create_task(write_all(people))
    for _ in range(KILLS):
        executioner.process = process = await start(server.url, database_url)
        assert await process.wait() == -9
    process = await start(server.url, database_url)
    while await unfinished(database) or not writing.done():
        await asyncio.sleep(0.05)
    process.terminate()
    assert await process.wait() == 0
    await server.close()

    repeated = sum(check_answers(simulator, person) for person in people)
    # At most what was in flight at a kill; and at some kill something was.
    assert 0 < repeated <= KILLS * Terms().concurrency
    async with database.read() as session:
        effects = (await session.execute(text("SELECT update_id, body FROM effects"))).all()
        assert len(effects) == PEOPLE * MESSAGES
        assert list(await session.scalars(select(Send))) == []
