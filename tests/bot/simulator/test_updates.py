"""How a bot fetches its updates."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.simulator import Answer, Person, Simulator

Call = Callable[..., Coroutine[Any, Any, Answer]]


async def texts(call: Call, **parameters: object) -> list[str]:
    answer = await call("getUpdates", **parameters)
    return [update["message"]["text"] for update in answer.body["result"]]


async def test_updates_stay_until_an_offset_confirms_them(bot: Bot, anna: Person) -> None:
    await anna.write("a")
    await anna.write("b")
    first, second = await bot.get_updates(timeout=0)
    assert second.update_id == first.update_id + 1
    assert len(await bot.get_updates(timeout=0)) == 2
    (left,) = await bot.get_updates(offset=second.update_id, timeout=0)
    assert left == second
    assert await bot.get_updates(offset=second.update_id + 1, timeout=0) == ()


async def test_limit_and_negative_offset(call: Call, anna: Person) -> None:
    for text in "abcd":
        await anna.write(text)
    assert await texts(call, limit=2) == ["a", "b"]
    assert await texts(call, limit=0) == ["a"]
    assert await texts(call, offset=-3) == ["b", "c", "d"]
    assert await texts(call, offset=-9) == ["b", "c", "d"]


async def test_a_hundred_updates_come_at_most(call: Call, anna: Person) -> None:
    for number in range(120):
        await anna.write(str(number))
    assert len(await texts(call)) == 100
    assert len(await texts(call, limit=110)) == 100


async def test_a_long_poll_waits_for_the_next_update(call: Call, anna: Person) -> None:
    poll = asyncio.create_task(texts(call, timeout=5))
    await asyncio.sleep(0.01)
    assert not poll.done()
    await anna.write("a")
    assert await asyncio.wait_for(poll, 5) == ["a"]


async def test_a_long_poll_ends_empty_after_its_time(call: Call, anna: Person) -> None:
    assert await asyncio.wait_for(texts(call, timeout=1), 5) == []


async def test_a_second_poll_ends_the_first(bot: Bot, call: Call, anna: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(texts(call, timeout=5))
    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
        await first
    await anna.write("a")
    assert await asyncio.wait_for(second, 5) == ["a"]


async def test_a_webhook_excludes_polling(call: Call) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=5))
    await asyncio.sleep(0.01)
    assert (await call("setWebhook", url="https://example.org/hook", secret_token="s")).body["result"] is True
    assert (await first).body["description"] == "Conflict: terminated by setWebhook request"
    refused = await call("getUpdates")
    assert refused.status == 409
    assert refused.body["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    info = (await call("getWebhookInfo")).body["result"]
    assert (info["url"], info["max_connections"]) == ("https://example.org/hook", 40)
    await call("deleteWebhook")
    assert (await call("getUpdates")).status == 200


async def test_pending_updates_can_be_dropped(call: Call, anna: Person) -> None:
    await anna.write("a")
    await call("deleteWebhook", drop_pending_updates=True)
    assert await texts(call) == []
    await anna.write("b")
    await call("setWebhook", url="https://example.org", drop_pending_updates="true")
    await call("setWebhook", url="")
    assert await texts(call) == []


async def test_updates_are_forgotten_after_a_day(call: Call, anna: Person, clock: Any) -> None:
    await anna.write("a")
    clock.advance(hours=24)
    await anna.write("b")
    clock.advance(seconds=1)
    assert await texts(call) == ["b"]


async def test_only_allowed_kinds_are_queued(simulator: Simulator, call: Call, anna: Person) -> None:
    await anna.react(1, "👍")
    assert len(simulator.world.updates) == 0
    await call("getUpdates", allowed_updates=["message_reaction"])
    await anna.react(1, "❤")
    await anna.write("not asked for")
    (update,) = (await call("getUpdates")).body["result"]
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    await call("getUpdates", offset=-1, allowed_updates="[]")
    await anna.write("a")
    assert (await call("getUpdates")).body["result"][-1]["message"]["text"] == "a"


async def test_a_poll_that_is_cancelled_leaves_the_next_alone(call: Call, anna: Person) -> None:
    gone = asyncio.create_task(call("getUpdates", timeout=5))
    await asyncio.sleep(0.01)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    await anna.write("a")
    assert await texts(call, timeout=5) == ["a"]
