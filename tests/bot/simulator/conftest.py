"""What the tests of the simulator share: a simulator, a real bot on it, people, a group and a clock."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot

from bot.simulator import Answer, Chat, Limits, Person, Simulator, SimulatorRequest

Call = Callable[..., Coroutine[Any, Any, Answer]]


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at 24 November 2026, 9:00 UTC."""
    return Clock()


@pytest.fixture
def simulator(clock: Clock) -> Simulator:
    """A simulator without limits."""
    return Simulator(clock=clock, limits=Limits.off())


@pytest.fixture
async def bot(simulator: Simulator) -> AsyncIterator[Bot]:
    """A real bot of python-telegram-bot that talks to the simulator."""
    request = SimulatorRequest(simulator)
    async with Bot(simulator.token, request=request, get_updates_request=request) as bot:
        yield bot


@pytest.fixture
def call(simulator: Simulator) -> Call:
    """Call a method by its name and keywords."""

    def call(method: str, **parameters: object) -> Coroutine[Any, Any, Answer]:
        return simulator.call(method, parameters)

    return call


@pytest.fixture
async def anna(simulator: Simulator) -> Person:
    """A person who has started the bot."""
    anna = simulator.add_person("Anna", last_name="Beispiel", username="anna", person_id=7)
    await anna.start()
    simulator.world.updates.clear()
    return anna


@pytest.fixture
def ben(simulator: Simulator) -> Person:
    """A person who has never written to the bot."""
    return simulator.add_person("Ben", language_code="en", person_id=8)


@pytest.fixture
def forum(simulator: Simulator, anna: Person, ben: Person) -> Chat:
    """A forum that Anna owns, with Ben and with the bot as its administrator."""
    forum = simulator.add_group("Staff", forum=True, members=[anna, ben], chat_id=-1001, administrator=True)
    simulator.world.updates.clear()
    return forum


@pytest.fixture
def group(simulator: Simulator, anna: Person, ben: Person) -> Chat:
    """A group in which the bot is a mere member."""
    group = simulator.add_group("Round table", members=[anna, ben], chat_id=-1002)
    simulator.world.updates.clear()
    return group


def png(width: int, height: int) -> bytes:
    """Return a black picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress((b"\0" * (width + 1)) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def picture() -> Callable[[int, int], bytes]:
    """Make a picture of a width and a height."""
    return png
