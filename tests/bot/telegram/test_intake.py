"""Polling on its own, and what an update is ordered by."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.simulator import Fault, Limits, Simulator, SimulatorRequest
from bot.telegram.intake import Payload, Polling, chat_key
from tests.bot.telegram.bots import TOKEN

BASE_URL = f"https://api.telegram.org/bot{TOKEN}"


@pytest.mark.parametrize(
    ("event", "key"),
    [
        ({"message": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"edited_message": {"chat": {"id": 5}}}, 5),
        ({"callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -5}}}}, -5),
        ({"callback_query": {"from": {"id": 7}, "inline_message_id": "x"}}, 7),
        ({"inline_query": {"from": {"id": 7}, "query": "x"}}, 7),
        ({"my_chat_member": {"chat": {"id": -5}, "from": {"id": 7}}}, -5),
        ({"message_reaction": {"chat": {"id": -5}, "user": {"id": 7}}}, -5),
        ({"poll_answer": {"poll_id": "x", "user": {"id": 7}}}, 7),
        ({"poll": {"id": "x"}}, 0),
    ],
)
def test_an_update_is_ordered_by_its_chat_else_its_user(event: dict[str, Any], key: int) -> None:
    assert chat_key({"update_id": 1, **event}) == key


class Kept:
    """A store that can fail."""

    def __init__(self, *errors: Exception) -> None:
        self.updates: list[Payload] = []
        self.arrived = asyncio.Event()
        self._errors = list(errors)

    async def store(self, updates: Sequence[Payload]) -> None:
        if self._errors:
            raise self._errors.pop(0)
        self.updates.extend(updates)
        self.arrived.set()


async def test_what_could_not_be_stored_is_not_confirmed() -> None:
    simulator = Simulator(token=TOKEN, limits=Limits.off())
    kept = Kept(OSError("disk full"))
    polling = asyncio.create_task(Polling(SimulatorRequest(simulator), BASE_URL, kept.store).run())
    await simulator.add_person("Anna").write("hello")
    await asyncio.wait_for(kept.arrived.wait(), 5)
    polling.cancel()
    assert [update["message"]["text"] for update in kept.updates] == ["hello"]


async def test_what_was_stored_is_confirmed_with_the_next_request() -> None:
    simulator = Simulator(token=TOKEN, limits=Limits.off())
    kept = Kept()
    polling = Polling(SimulatorRequest(simulator), BASE_URL, kept.store)
    task = asyncio.create_task(polling.run())
    await simulator.add_person("Anna").write("hello")
    await polling.settle()
    task.cancel()
    await asyncio.wait({task})
    assert len(kept.updates) == 1
    assert (await simulator.call("getUpdates", {})).body["result"] == []


async def test_settling_does_not_wait_for_the_long_poll() -> None:
    polling = Polling(SimulatorRequest(Simulator(token=TOKEN)), BASE_URL, Kept().store, seconds=50)
    task = asyncio.create_task(polling.run())
    await asyncio.sleep(0.05)
    for _ in range(3):
        await asyncio.wait_for(polling.settle(), 1)
    task.cancel()


async def test_a_second_poller_is_named_once_and_polling_goes_on() -> None:
    simulator = Simulator(token=TOKEN, limits=Limits.off())
    simulator.faults.add(Fault("error", "getUpdates", status=409, times=2))
    kept = Kept()
    with capture_logs() as lines:
        polling = asyncio.create_task(Polling(SimulatorRequest(simulator), BASE_URL, kept.store).run())
        await simulator.add_person("Anna").write("hello")
        await asyncio.wait_for(kept.arrived.wait(), 10)
        polling.cancel()
    assert [line["event"][:34] for line in lines] == ["another process polls for this bot", "polling works again"]
