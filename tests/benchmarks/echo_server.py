"""The simulator in a process of its own, which feeds updates and takes the time."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import asyncio
import sys
import time

from bot.simulator import Event, Limits, Simulator, serve
from tests.bot.telegram.bots import TOKEN

PEOPLE, MESSAGES = 200, 15


async def main() -> None:
    """Print the address; then for each line that is read, feed one round and print its seconds when it is answered."""
    simulator = Simulator(token=TOKEN, limits=Limits.off())
    server = await serve(simulator)
    moments: list[float] = []
    done = asyncio.Event()

    def count(event: Event) -> None:
        if event.message and event.message["from"]["is_bot"]:
            moments.append(time.perf_counter())
            if len(moments) == PEOPLE * MESSAGES:
                done.set()

    simulator.subscribe(count)
    print(server.url, flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        simulator.clear()
        moments.clear()
        done.clear()
        people = [simulator.add_person(f"Person {number}") for number in range(PEOPLE)]
        for number in range(MESSAGES):
            for person in people:
                await person.write(str(number))
        print("fed", flush=True)
        await done.wait()
        print(moments[-1] - moments[0], flush=True)


if __name__ == "__main__":
    asyncio.run(main())
