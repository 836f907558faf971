"""No second holds more than Telegram takes, however uneven the way there and back, in virtual time."""

from __future__ import annotations

import asyncio
import random
import time
from collections import deque

import pytest
from telegram.error import RetryAfter

from bot.telegram.lanes import Lane, Lanes, Pace
from bot.telegram.window import PATIENCE, Window
from tests.bot.telegram import virtual


class Strict:
    """A server that takes so many a second, at the end of a way of `least` seconds and up to `jitter` more."""

    def __init__(self, most: int, least: float, jitter: float) -> None:
        self.most, self.least, self.jitter = most, least, jitter
        self.chance = random.Random(1)  # noqa: S311 - a repeatable run is the point
        self.taken: deque[float] = deque()
        self.first = self.last = 0.0
        self.refused = 0

    async def call(self) -> bool:
        await self._travel()
        now = asyncio.get_running_loop().time()
        while self.taken and self.taken[0] <= now - 1:
            self.taken.popleft()
        is_refused = len(self.taken) >= self.most
        if is_refused:
            self.refused += 1
        else:
            self.taken.append(now)
            self.first, self.last = self.first or now, now
        await self._travel()
        if is_refused:
            raise RetryAfter(1)
        return True

    async def _travel(self) -> None:
        # Now and then a whole process stands still.
        stall = 0.2 if self.chance.random() < 0.01 else 0.0
        await asyncio.sleep(self.least + self.chance.random() * self.jitter + stall)


async def sent(server: Strict, pace: Pace, messages: int) -> float:
    """Send to many; return how many arrived a second."""
    lanes = Lanes(pace)
    await asyncio.gather(
        *(
            lanes.process_request(server.call, (), {}, "sendMessage", {"chat_id": chat}, Lane.BULK)
            for chat in range(messages)
        )
    )
    return (messages - 1) / (server.last - server.first)


@pytest.mark.parametrize(
    ("least", "jitter", "rate"), [(0.0, 0.001, 29.0), (0.05, 0.01, 29.0), (0.15, 0.02, 28.5), (0.01, 0.1, 26.0)]
)
def test_nothing_is_refused_whatever_the_way(least: float, jitter: float, rate: float) -> None:
    server = Strict(30, least, jitter)
    assert virtual.run(sent(server, Pace(), 300)) >= rate
    assert server.refused == 0


def test_a_pace_of_a_thousand_is_kept_too() -> None:
    server = Strict(1000, 0.02, 0.01)
    assert virtual.run(sent(server, Pace(1000), 3000)) >= 850
    assert server.refused == 0


async def test_a_timer_that_was_late_is_made_up_for() -> None:
    async def call() -> bool:
        return True

    async def scene() -> None:
        lanes = Lanes(Pace(messages_per_second=50))
        sends = (
            lanes.process_request(call, (), {}, "sendMessage", {"chat_id": chat}, Lane.BULK) for chat in range(1, 26)
        )
        waiting = asyncio.gather(*sends)
        await asyncio.sleep(0.1)
        time.sleep(0.15)
        await waiting

    begin = time.perf_counter()
    await scene()
    assert time.perf_counter() - begin < 24 / 50 + 0.1


def test_an_answer_that_does_not_come_holds_up_for_a_moment_only() -> None:
    window = Window(2)
    lost, other = window.take(1, 0.0), window.take(1, 0.0)
    window.answer(other, 0.1)
    assert not window.has_room(1, 1.05)
    assert window.next_room() == pytest.approx(1.1)
    assert window.has_room(1, 1.1)
    assert not window.has_room(2, 1.1)
    assert window.has_room(2, 1.01 + PATIENCE)
    window.answer(lost, 30.0)
    assert window.has_room(2, 30.0)


def test_an_album_larger_than_a_second_goes_when_the_second_is_empty() -> None:
    window = Window(3)
    place = window.take(1, 0.0)
    window.answer(place, 0.0)
    assert not window.has_room(10, 0.5)
    assert window.has_room(10, 1.0)
