"""A whole broadcast, from the audience in the database to Telegram and back: its pace, and answers beside it."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.ext import ExtBot

from bot.clock import utc_now
from bot.simulator import Event, Limits, Person, Simulator, SimulatorRequest
from bot.telegram.broadcast import Broadcast, Terms
from bot.telegram.lanes import Pace
from storage import occurrences
from storage.database import Database
from storage.migrations import upgrade
from tests.bot.telegram.announced import due, nobody, sender
from tests.bot.telegram.bots import TOKEN, echo, running

PAID = 1000
"""Messages a second of a paid broadcast (https://core.telegram.org/bots/api#paid-broadcasts)."""
ASKING = 8
"""People who write by turns, so that none writes more often than a chat may."""
MOST_ANSWER = 0.1
"""Seconds, of 95 in 100 answers."""


Ask = Callable[[int], Awaitable[float]]


async def broadcast_to(count: int, pace: Pace, limits: Limits, *, ask: bool = False) -> tuple[float, int, list[float]]:
    """Send to so many; return messages a second, refusals, and the seconds that each answer beside it took."""
    simulator = Simulator(token=TOKEN, limits=Limits.off())
    people = [simulator.add_person(f"Person {number}") for number in range(count)]
    asking = [simulator.add_person(f"Asking {number}") for number in range(ASKING if ask else 0)]
    for person in (*people, *asking):
        await person.write("hello")
    request, arrivals, spans = SimulatorRequest(simulator), list[float](), list[float]()

    async def asked(number: int) -> float:
        return await _answer(simulator, asking[number % ASKING])

    def see(event: Event) -> None:
        if event.kind == "message" and event.message and event.message["from"]["is_bot"]:
            arrivals.append(time.perf_counter())

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/bench.sqlite3")
        await upgrade(database)
        async with running(database, request, echo, pace=pace) as bot:
            await bot.inbox.idle()
            simulator.limits, before = limits, simulator.calls.get("sendmessage", 0)
            await due(database, [person.id for person in people], now=utc_now())
            end = simulator.subscribe(see)
            await _until_ended(database, bot.application.bot, pace, asked if ask else None, spans)
            end()
    refused = simulator.calls["sendmessage"] - before - len(arrivals)
    return (len(arrivals) - 1) / (arrivals[-1] - arrivals[0]), refused, spans


async def _until_ended(database: Database, bot: ExtBot[Any], pace: Pace, ask: Ask | None, spans: list[float]) -> None:
    broadcast = Broadcast(database, utc_now, "bench", Terms.at(pace.messages_per_second))
    broadcast.start(sender(bot), nobody)
    while True:
        async with database.read() as session:
            occurrence = await occurrences.by_id(session, 1)
        if occurrence and occurrence.finished_at:
            break
        if ask:
            spans.append(await ask(len(spans)))
        await asyncio.sleep(0.25)
    await broadcast.stop(5)
    await database.close()


async def _answer(simulator: Simulator, person: Person) -> float:
    """Return the seconds from a message to its echo."""
    begin = time.perf_counter()
    seen = len(simulator.messages(person.id))
    await person.write("and now?")
    while len(simulator.messages(person.id)) < seen + 2:
        await asyncio.sleep(0.001)
    return time.perf_counter() - begin


async def main() -> bool:
    """Print the figures; return whether something is slower than it must be."""
    paid = [await broadcast_to(5 * PAID, Pace(PAID), Limits(per_second=PAID)) for _ in range(3)]
    rate, refused = statistics.median(rate for rate, _, _ in paid), sum(refused for _, refused, _ in paid)
    print(f"broadcast to {5 * PAID:,} with {PAID} a second allowed: {rate:.0f}/s, {refused} refused")
    free, refused, spans = await broadcast_to(300, Pace(), Limits(), ask=True)
    late = statistics.quantiles(spans, n=20)[-1]
    print(f"broadcast to 300 with answers beside it: {free:.1f}/s together, {refused} refused,", end=" ")
    print(f"95 in 100 answers within {1000 * late:.0f} ms (at most {1000 * MOST_ANSWER:.0f})")
    return rate < 0.95 * PAID or late > MOST_ANSWER


if __name__ == "__main__":
    asyncio.run(main())
