"""The lanes: what is paced, what a refusal stops, and what the ledger spares."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.telegram.handling import Handling, begin
from bot.telegram.lanes import Lane, Lanes, Pace
from bot.telegram.request import seconds_to_wait
from tests.bot.telegram import virtual

FAST = Pace(messages_per_second=10_000, chat_messages_per_second=10_000)
Call = Callable[[], Awaitable[bool]]


async def accepted() -> bool:
    return True


def refusing(times: int, seconds: int) -> Call:
    left = [times]

    async def call() -> bool:
        if left[0]:
            left[0] -= 1
            raise RetryAfter(seconds)
        return True

    return call


async def send(
    lanes: Lanes,
    chat_id: Any,
    call: Call = accepted,
    *,
    method: str = "sendMessage",
    lane: Lane | None = None,
    **data: Any,
) -> float:
    """Send and return the time at which it was done."""
    data = {"chat_id": chat_id, **data} if chat_id is not None else data
    assert await lanes.process_request(call, (), {}, method, data, lane) is True  # type: ignore[arg-type]
    return asyncio.get_running_loop().time()


async def timed(*sends: Awaitable[float]) -> list[float]:
    begin = asyncio.get_running_loop().time()
    return [round(at - begin, 2) for at in await asyncio.gather(*sends)]


def test_a_refused_chat_waits_alone() -> None:
    async def scene() -> list[float]:
        lanes = Lanes(FAST)
        return await timed(
            send(lanes, 1, refusing(1, 5)), send(lanes, 1), send(lanes, 2), send(lanes, 3, lane=Lane.BULK)
        )

    assert virtual.run(scene()) == [5.1, 5.1, 0, 0]


def test_what_follows_a_refusal_in_the_same_chat_waits_behind_it() -> None:
    async def scene() -> list[float]:
        lanes = Lanes(FAST)
        refused = asyncio.create_task(send(lanes, 1, refusing(1, 5)))
        begin = asyncio.get_running_loop().time()
        await asyncio.sleep(1)
        after = await send(lanes, 1)
        return [await refused - begin, after - begin]

    first, second = virtual.run(scene())
    assert first == pytest.approx(5.1, abs=0.01)
    assert second >= first


def test_a_refusal_in_bulk_stops_bulk_only() -> None:
    async def scene() -> list[float]:
        lanes = Lanes(FAST)
        refused = asyncio.create_task(send(lanes, 1, refusing(1, 5), lane=Lane.BULK))
        await asyncio.sleep(0)
        times = await timed(send(lanes, 2, lane=Lane.BULK), send(lanes, 1), send(lanes, 2))
        await refused
        return times

    assert virtual.run(scene()) == [5.1, 0, 0]


def test_one_refused_request_that_ends_does_not_end_the_wait_of_another() -> None:
    async def scene() -> list[float]:
        lanes = Lanes(FAST)
        return await timed(
            send(lanes, 1, refusing(1, 20)), send(lanes, 2, refusing(1, 1)), send(lanes, 1, refusing(1, 3))
        )

    assert virtual.run(scene()) == [20.1, 1.1, 23.2]


def test_after_the_last_retry_the_refusal_is_raised() -> None:
    async def scene() -> float:
        lanes = Lanes(Pace(max_retries=2))
        begin = asyncio.get_running_loop().time()
        with pytest.raises(RetryAfter):
            await send(lanes, 1, refusing(3, 5))
        return asyncio.get_running_loop().time() - begin

    assert virtual.run(scene()) == pytest.approx(10.2, abs=0.01)


@pytest.mark.parametrize("lane", list(Lane))
def test_nobody_waits_for_more_than_a_minute(lane: Lane) -> None:
    async def scene() -> float:
        lanes = Lanes(FAST)
        begin = asyncio.get_running_loop().time()
        with pytest.raises(RetryAfter):
            await send(lanes, 1, refusing(1, 300), lane=lane)
        with pytest.raises(RetryAfter) as caught:
            await send(lanes, 1, lane=lane)
        assert seconds_to_wait(caught.value) == pytest.approx(300.1, abs=0.01)
        assert asyncio.get_running_loop().time() == begin
        await asyncio.sleep(250)
        return await send(lanes, 1, lane=lane) - begin

    assert virtual.run(scene()) == pytest.approx(300.1, abs=0.01)


def test_a_refusal_of_a_request_without_a_chat_is_waited_for() -> None:
    async def scene() -> list[float]:
        return await timed(send(Lanes(), None, refusing(2, 5), method="setMyCommands"))

    assert virtual.run(scene()) == [10.2]


def test_other_errors_pass() -> None:
    async def broken() -> bool:
        raise BadRequest("chat not found")

    async def scene() -> None:
        with pytest.raises(BadRequest):
            await send(Lanes(), 1, broken)

    virtual.run(scene())


@pytest.mark.parametrize(
    ("method", "description", "is_settled"),
    [
        ("editMessageText", "Message is not modified: specified new message content ... are exactly the same", True),
        ("editMessageText", "Message to edit not found", False),
        ("deleteMessage", "Message to delete not found", True),
        ("answerCallbackQuery", "Query is too old and response timeout expired or query id is invalid", True),
        ("sendMessage", "Chat not found", False),
    ],
)
def test_in_a_handling_a_refusal_with_nothing_left_to_do_is_no_error(
    method: str, description: str, is_settled: bool
) -> None:
    async def refused() -> bool:
        raise BadRequest(description)

    async def scene() -> None:
        lanes = Lanes()
        with pytest.raises(BadRequest):
            await send(lanes, 1, refused, method=method)
        begin(Handling(7))
        if is_settled:
            await send(lanes, 1, refused, method=method)
        else:
            with pytest.raises(BadRequest):
                await send(lanes, 1, refused, method=method)

    virtual.run(scene())


@pytest.mark.parametrize(
    ("chat_id", "method", "is_paced"),
    [
        (1, "sendMessage", True),
        (1, "copyMessage", True),
        (1, "forwardMessage", True),
        ("1", "sendPhoto", True),
        (-5, "editMessageText", True),
        ("-5", "editMessageText", True),
        (1, "editMessageText", False),
        (1, "sendChatAction", False),
        (-5, "getChatMember", False),
        (None, "answerCallbackQuery", False),
        (None, "getMe", False),
    ],
)
def test_only_what_telegram_counts_is_paced(chat_id: int | str | None, method: str, is_paced: bool) -> None:
    async def scene() -> list[float]:
        lanes = Lanes(Pace(messages_per_second=1, chat_messages_per_second=1000))
        return await timed(*(send(lanes, chat_id, method=method) for _ in range(3)))

    assert virtual.run(scene()) == ([0, 1, 2] if is_paced else [0, 0, 0])


def test_an_album_counts_as_its_messages() -> None:
    async def scene() -> list[float]:
        lanes = Lanes(Pace(messages_per_second=1))
        return await timed(send(lanes, 1, method="sendMediaGroup", media=[1, 2, 3]), send(lanes, 2))

    assert virtual.run(scene()) == [0, 3]


def test_without_a_lane_it_is_interactive() -> None:
    async def scene() -> list[float]:
        lanes = Lanes(Pace(messages_per_second=1))
        await send(lanes, 9)
        return await timed(send(lanes, 1, lane=Lane.BULK), send(lanes, 2))

    assert virtual.run(scene()) == [2, 1]


async def test_a_server_that_takes_thirty_a_second_refuses_none_in_real_time() -> None:
    taken: deque[float] = deque()
    refused = 0

    async def strict() -> bool:
        nonlocal refused
        now = asyncio.get_running_loop().time()
        while taken and taken[0] <= now - 1:
            taken.popleft()
        if len(taken) >= 30:
            refused += 1
            raise RetryAfter(1)
        taken.append(now)
        return True

    lanes = Lanes()
    await asyncio.gather(*(send(lanes, chat, strict, lane=Lane.BULK) for chat in range(1, 121)))
    assert refused == 0
