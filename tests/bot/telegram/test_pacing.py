"""Turns, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise

import pytest

from bot.telegram.pace import Lane, Pace, is_group
from bot.telegram.pacing import SWEEP_FROM, Turns
from tests.bot.telegram import virtual

PACE = Pace()
FAST = Pace(messages_per_second=10_000)

Request = tuple[Lane, int | str]
Turn = tuple[float, Lane, int | str]


async def take(turns: Turns, requests: Sequence[Request]) -> list[Turn]:
    """Ask for all turns at once; return seconds, lane and chat of each in the order in which they were given."""
    loop = asyncio.get_running_loop()
    begin = loop.time()
    given: list[Turn] = []

    async def one(lane: Lane, chat: int | str) -> None:
        turns.answered(await turns.turn(lane, chat))
        given.append((round(loop.time() - begin, 3), lane, chat))

    await asyncio.gather(*(one(lane, chat) for lane, chat in requests))
    return given


def times(given: Sequence[Turn], chat: int | str | None = None) -> list[float]:
    return [at for at, _, to in given if chat in {None, to}]


def most_in(seconds: float, moments: Sequence[float]) -> int:
    return max(sum(start <= moment < start + seconds for moment in moments) for start in moments)


@pytest.mark.parametrize("lane", list(Lane))
def test_messages_to_many_chats_are_evenly_spaced(lane: Lane) -> None:
    moments = times(virtual.run(take(Turns(PACE), [(lane, chat) for chat in range(1, 301)])))
    assert moments[0] == 0
    assert all(0.031 < later - earlier < 0.037 for earlier, later in pairwise(moments))
    assert most_in(1, moments) <= 30
    assert 299 / moments[-1] == pytest.approx(29.5, rel=0.01)


def test_interactive_goes_before_bulk_that_waited_longer() -> None:
    requests: list[Request] = [(Lane.BULK, chat) for chat in range(1, 60)]
    requests += [(Lane.INTERACTIVE, chat) for chat in range(100, 103)]
    given = virtual.run(take(Turns(PACE), requests))
    assert [lane for _, lane, _ in given[:5]] == [Lane.BULK, *[Lane.INTERACTIVE] * 3, Lane.BULK]


def test_a_chat_gets_a_short_burst_and_then_one_a_second() -> None:
    moments = times(virtual.run(take(Turns(FAST), [(Lane.INTERACTIVE, 1)] * 7)))
    assert moments == pytest.approx([0, 0, 0, 0, 1, 2, 3], abs=0.01)


def test_a_slow_chat_holds_up_no_other() -> None:
    given = virtual.run(take(Turns(FAST), [*[(Lane.INTERACTIVE, 1)] * 20, *[(Lane.INTERACTIVE, 2)] * 3]))
    assert times(given, 2) == pytest.approx([0, 0, 0], abs=0.01)
    assert times(given, 1)[-1] == pytest.approx(16, abs=0.01)


def test_interactive_goes_before_bulk_in_the_same_chat() -> None:
    given = virtual.run(take(Turns(FAST), [*[(Lane.BULK, 1)] * 10, (Lane.INTERACTIVE, 1)]))
    assert [lane for _, lane, _ in given].index(Lane.INTERACTIVE) == 4


@pytest.mark.parametrize("group", [-100_5, "@channel"])
def test_a_group_gets_twenty_a_minute(group: int | str) -> None:
    moments = times(virtual.run(take(Turns(FAST), [(Lane.INTERACTIVE, group)] * 50)))
    assert most_in(60, moments) == 20
    assert moments[20] == pytest.approx(60.5, abs=0.1)


def test_a_paused_chat_waits_alone() -> None:
    async def scene() -> list[Turn]:
        turns = Turns(FAST)
        turns.pause_chat(1, 5)
        return await take(turns, [(Lane.INTERACTIVE, 1), (Lane.BULK, 1), (Lane.INTERACTIVE, 2), (Lane.BULK, 3)])

    given = virtual.run(scene())
    assert times(given, 1) == pytest.approx([5, 5], abs=0.01)
    assert times(given, 2) + times(given, 3) == pytest.approx([0, 0], abs=0.01)


def test_paused_bulk_lets_interactive_through_to_the_same_chat() -> None:
    async def scene() -> list[Turn]:
        turns = Turns(FAST)
        turns.pause_bulk(5)
        return await take(turns, [(Lane.BULK, 1), (Lane.BULK, 2), (Lane.INTERACTIVE, 1)])

    assert virtual.run(scene()) == [
        (0, Lane.INTERACTIVE, 1),
        (pytest.approx(5, abs=0.01), Lane.BULK, 1),
        (pytest.approx(5, abs=0.01), Lane.BULK, 2),
    ]


def test_a_pause_reaches_those_who_wait_already() -> None:
    async def scene() -> list[Turn]:
        turns = Turns(PACE)
        taking = asyncio.create_task(take(turns, [(Lane.BULK, chat) for chat in range(1, 4)]))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        turns.pause_bulk(5)
        return await taking

    assert times(virtual.run(scene())) == pytest.approx([0, 5, 5.034], abs=0.01)


def test_who_gives_up_takes_nobody_s_turn() -> None:
    async def scene() -> list[Turn]:
        turns = Turns(PACE)
        await turns.turn(Lane.INTERACTIVE, 9)
        waiting = [asyncio.create_task(turns.turn(Lane.INTERACTIVE, chat)) for chat in range(1, 11)]
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        return await take(turns, [(Lane.INTERACTIVE, 20)])

    assert times(virtual.run(scene())) == pytest.approx([0.034], abs=0.003)


def test_a_retry_goes_before_what_waits_for_the_same_chat() -> None:
    async def scene() -> list[str]:
        turns = Turns(FAST)
        order: list[str] = []

        async def one(name: str, *, first: bool = False) -> None:
            await turns.turn(Lane.INTERACTIVE, 1, first=first)
            order.append(name)

        await asyncio.gather(*(one(name) for name in "abcdef"), one("again", first=True))
        return order

    assert virtual.run(scene()) == ["a", "b", "c", "d", "again", "e", "f"]


def test_an_album_counts_as_its_messages() -> None:
    async def scene() -> float:
        turns = Turns(PACE)
        begin = asyncio.get_running_loop().time()
        await turns.turn(Lane.BULK, 1, 10)
        await turns.turn(Lane.BULK, 2)
        return asyncio.get_running_loop().time() - begin

    assert virtual.run(scene()) == pytest.approx(10 / 29.5, abs=0.003)


def test_an_album_waits_until_all_of_it_fits_into_a_group_s_minute() -> None:
    async def scene() -> list[float]:
        turns = Turns(FAST)
        loop = asyncio.get_running_loop()
        begin, moments = loop.time(), []
        for _ in range(15):
            await turns.turn(Lane.INTERACTIVE, -1)
            moments.append(loop.time() - begin)
        await turns.turn(Lane.INTERACTIVE, -1, 10)
        return [moments[4], loop.time() - begin]

    fifth, album = virtual.run(scene())
    assert album == pytest.approx(fifth + 60.5, abs=0.01)


def test_idle_chats_are_forgotten_and_busy_ones_are_not() -> None:
    async def scene() -> int:
        turns = Turns(Pace.unlimited())
        turns.pause_chat(-1, 1000)
        for chat in range(1, 20 * SWEEP_FROM):
            await turns.turn(Lane.INTERACTIVE, chat)
        turns.pause_chat(-1, 0)
        return len(turns)

    assert virtual.run(scene()) <= SWEEP_FROM + 1


def test_a_pause_outlives_the_sweep() -> None:
    async def scene() -> list[Turn]:
        turns = Turns(Pace.unlimited())
        turns.pause_chat(-1, 50)
        for chat in range(1, 3 * SWEEP_FROM):
            await turns.turn(Lane.INTERACTIVE, chat)
        return await take(turns, [(Lane.INTERACTIVE, -1)])

    assert times(virtual.run(scene())) == [50]


def test_groups_are_told_from_people() -> None:
    assert is_group(-5)
    assert is_group("@channel")
    assert not is_group(5)
