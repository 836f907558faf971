"""Each trouble, made by the means that make it outside of tests too; each says how often it has struck."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from bot.simulator import Fault, Simulator
from tests.faults.matrix import Trouble
from tests.handlers.conftest import Clock


@dataclass
class Place:
    """Where it goes wrong."""

    simulator: Simulator
    clock: Clock
    chat: int
    struck: int = field(default=0)

    def strike(self) -> None:
        """Count."""
        self.struck += 1


def trouble(kind: Trouble, place: Place) -> AbstractAsyncContextManager[None]:
    """Return what lasts as long as its block."""
    if kind in MESSAGES:
        return at_telegram(place, MESSAGES[kind]())
    return OTHERS[kind](place)


MESSAGES: dict[Trouble, Callable[[], Fault]] = {
    Trouble.DELAY: lambda: Fault("delay", "sendMessage", seconds=0.2),
    Trouble.RESET: lambda: Fault("reset", "sendMessage"),
    Trouble.SERVER_ERROR: lambda: Fault("error", "sendMessage", status=503),
    Trouble.DROPPED_ANSWER: lambda: Fault("lost", "sendMessage"),
}


@asynccontextmanager
async def at_telegram(place: Place, fault: Fault) -> AsyncIterator[None]:
    """Let one message to the addressee go wrong."""
    fault.chat_id = place.chat
    place.simulator.faults.add(fault)
    yield
    async with asyncio.timeout(20):
        while fault.times:
            await asyncio.sleep(0.02)
    place.strike()


@asynccontextmanager
async def clock_jump(place: Place) -> AsyncIterator[None]:
    """Set the clock a day ahead, and back again while the work goes on."""
    place.clock.pass_(days=1)
    place.strike()
    yield
    place.clock.pass_(days=-1)


OTHERS: dict[Trouble, Callable[[Place], AbstractAsyncContextManager[None]]] = {Trouble.CLOCK_JUMP: clock_jump}
