"""The send lanes: refusals by a server that takes 30 a second, the highest pace, and what a turn costs."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import asyncio
import time

from telegram.ext import ExtBot

from bot.simulator import Limits, Simulator, SimulatorRequest
from bot.telegram.lanes import Lane, Lanes, Pace
from bot.telegram.pacing import Turns
from tests.bot.telegram.bots import TOKEN

MESSAGES = 300


async def strict() -> tuple[float, int]:
    """Send to many at the standard pace; return messages a second and refusals."""
    simulator = Simulator(token=TOKEN, limits=Limits())
    request = SimulatorRequest(simulator)
    bot = ExtBot(TOKEN, request=request, get_updates_request=request, rate_limiter=Lanes())
    people = [simulator.add_person(f"Person {number}") for number in range(MESSAGES)]
    for person in people:
        await person.write("hello")
    begin = time.perf_counter()
    await asyncio.gather(*(bot.send_message(person.id, "news", rate_limit_args=Lane.BULK) for person in people))
    rate = (MESSAGES - 1) / (time.perf_counter() - begin)
    return rate, simulator.calls["sendmessage"] - MESSAGES


async def turns(pace: Pace, number: int) -> float:
    """Return turns a second."""
    waiting = Turns(pace)
    begin = time.perf_counter()
    await asyncio.gather(*(waiting.turn(Lane.BULK, chat) for chat in range(number)))
    return number / (time.perf_counter() - begin)


async def main() -> None:
    """Print the figures."""
    rate, refusals = await strict()
    print(f"{MESSAGES} messages at a strict 30/s: {rate:.2f}/s, {refusals} refused")
    print(f"pace set to 1000/s: {await turns(Pace(1000), 2000):.0f} turns/s")
    print(f"unlimited: {1e6 / await turns(Pace.unlimited(), 20_000):.1f} microseconds a turn")


if __name__ == "__main__":
    asyncio.run(main())
