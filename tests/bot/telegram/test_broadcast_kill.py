"""A broadcast that is killed again and again: everybody got it or is listed as unknown, nobody got it twice."""

from __future__ import annotations

import asyncio
import random
import sys
from asyncio.subprocess import Process
from collections import Counter

import pytest

from bot.clock import utc_now
from bot.simulator import Event, Limits, Simulator, serve
from storage import deliveries, occurrences
from storage.database import Database
from storage.models import DeliveryState, OccurrenceState
from tests.bot.telegram.announced import due
from tests.bot.telegram.bots import TOKEN
from tests.bot.telegram.broadcast_process import TERMS

PEOPLE, KILLS = 2000, 20


async def start(url: str, database_url: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.telegram.broadcast_process", url, database_url
    )


class Killer:
    """Kills its process when so many messages have been sent, at once or a moment later."""

    def __init__(self, simulator: Simulator, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._moments = sorted(self._random.sample(range(20, PEOPLE - 600), KILLS))
        self.received: Counter[int] = Counter()
        self.process: Process | None = None
        simulator.subscribe(self._count)

    def _count(self, event: Event) -> None:
        if not event.message or not event.message["from"]["is_bot"]:
            return
        self.received[event.message["chat"]["id"]] += 1
        if self.process and self._moments and self.received.total() >= self._moments[0]:
            self._moments.pop(0)
            asyncio.get_running_loop().call_later(self._random.choice([0, 0.003, 0.01]), self.process.kill)
            self.process = None


@pytest.mark.parametrize("seed", [1])
async def test_killed_twenty_times_nobody_is_missing_and_nobody_gets_it_twice(
    database: Database, database_url: str, seed: int
) -> None:
    simulator = Simulator(token=TOKEN, limits=Limits.off())
    people = [simulator.add_person(f"Person {number}") for number in range(PEOPLE)]
    for person in people:
        await person.write("/start")
    killer = Killer(simulator, seed)
    await due(database, [person.id for person in people], now=utc_now())
    server = await serve(simulator)
    for _ in range(KILLS):
        killer.process = process = await start(server.url, database_url)
        assert await process.wait() == -9
    # The last ones are two at once.
    processes = [await start(server.url, database_url) for _ in range(2)]
    while True:
        async with database.read() as session:
            occurrence = await occurrences.by_id(session, 1)
        assert occurrence
        if occurrence.state == OccurrenceState.FINISHED:
            break
        await asyncio.sleep(0.1)
    for process in processes:
        process.terminate()
        assert await process.wait() == 0
    await server.close()

    async with database.read() as session:
        unknown = {row.person_id for row in await deliveries.in_state(session, 1, DeliveryState.UNKNOWN)}
        counts = await occurrences.counts(session, 1)
    assert set(counts) <= {"sent", "unknown"}
    assert sum(counts.values()) == PEOPLE
    assert set(killer.received.values()) == {1}
    assert {person.id for person in people} - set(killer.received) <= unknown
    # At most what was in flight at a kill; and at some kill something was.
    assert 0 < len(unknown) <= KILLS * TERMS.in_flight
