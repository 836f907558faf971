"""The send lanes: refusals by a server that takes 30 a second, the highest pace, and what a turn costs."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.ext import AIORateLimiter, BaseRateLimiter, ExtBot

from bot.simulator import Limits, Simulator, SimulatorRequest
from bot.telegram.lanes import Lane, Lanes, Pace
from bot.telegram.pacing import Turns
from tests.bot.telegram.bots import TOKEN

MESSAGES = 600
SLEEP = 0.05
"""Between two messages of the loop that guides to broadcasting recommend."""

SendAll = Callable[[ExtBot[Any], list[int]], Awaitable[None]]


def simulated() -> tuple[Simulator, SimulatorRequest, list[int]]:
    """Return a Telegram that takes 30 messages a second, strictly, and the people in it."""
    simulator = Simulator(token=TOKEN, limits=Limits())
    people = [simulator.add_person(f"Person {number}") for number in range(MESSAGES)]
    return simulator, SimulatorRequest(simulator), [person.id for person in people]


async def strict(limiter: BaseRateLimiter[Any] | None, send_all: SendAll) -> tuple[float, int]:
    """Send to many with a limiter; return messages a second and refusals."""
    simulator, request, people = simulated()
    for person in people:
        await simulator.person(person).write("hello")
    bot = ExtBot(TOKEN, request=request, get_updates_request=request, rate_limiter=limiter)
    async with bot:
        before = simulator.calls.get("sendmessage", 0)
        begin = time.perf_counter()
        await send_all(bot, people)
        rate = (MESSAGES - 1) / (time.perf_counter() - begin)
    return rate, simulator.calls["sendmessage"] - before - MESSAGES


async def together(bot: ExtBot[Any], people: list[int]) -> None:
    """Leave the pace to the limiter."""
    await asyncio.gather(*(bot.send_message(person, "news", rate_limit_args=Lane.BULK) for person in people))


async def together_stock(bot: ExtBot[Any], people: list[int]) -> None:
    """Leave the pace to the library's limiter, with retries, since without them messages are lost."""
    await asyncio.gather(*(bot.send_message(person, "news") for person in people))


async def one_by_one(bot: ExtBot[Any], people: list[int]) -> None:
    """Sleep between two messages."""
    for person in people:
        await bot.send_message(person, "news")
        await asyncio.sleep(SLEEP)


async def turns(pace: Pace, number: int) -> float:
    """Return turns a second."""
    waiting = Turns(pace)
    begin = time.perf_counter()
    await asyncio.gather(*(waiting.turn(Lane.BULK, chat) for chat in range(number)))
    return number / (time.perf_counter() - begin)


async def main() -> None:
    """Print the figures."""
    print(f"{MESSAGES} messages to a server that takes 30 a second, strictly:")
    variants: list[tuple[str, BaseRateLimiter[Any] | None, SendAll]] = [
        ("ours", Lanes(), together),
        ("AIORateLimiter with 5 retries", AIORateLimiter(max_retries=5), together_stock),
        (f"a loop that sleeps {SLEEP} s", None, one_by_one),
    ]
    for name, limiter, send_all in variants:
        rate, refusals = await strict(limiter, send_all)
        print(f"  {name}: {rate:.2f}/s, {refusals} refused")
    print(f"pace set to 1000/s: {await turns(Pace(1000), 2000):.0f} turns/s")
    print(f"unlimited: {1e6 / await turns(Pace.unlimited(), 20_000):.1f} microseconds a turn")


if __name__ == "__main__":
    asyncio.run(main())
