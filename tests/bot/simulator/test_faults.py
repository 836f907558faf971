"""What goes wrong on demand."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, NetworkError, TimedOut

from bot.simulator import Chat, Fault, Faults, Limits, Person, Simulator


def texts(simulator: Simulator, chat_id: int) -> list[str]:
    return [message["text"] for message in simulator.messages(chat_id) if "text" in message]


async def test_a_lost_answer_still_takes_effect(bot: Bot, simulator: Simulator, anna: Person) -> None:
    simulator.faults.add(Fault("timeout", method="sendMessage"))
    with pytest.raises(TimedOut):
        await bot.send_message(anna.id, "a")
    simulator.faults.add(Fault("lost"))
    with pytest.raises(NetworkError, match="the connection was reset"):
        await bot.send_message(anna.id, "b")
    assert texts(simulator, anna.id) == ["/start", "a", "b"]


async def test_a_reset_before_the_call_takes_no_effect(bot: Bot, simulator: Simulator, anna: Person) -> None:
    simulator.faults.add(Fault("reset"))
    with pytest.raises(NetworkError, match="the connection was reset"):
        await bot.send_message(anna.id, "a")
    assert texts(simulator, anna.id) == ["/start"]


async def test_errors_of_the_server(bot: Bot, simulator: Simulator, anna: Person) -> None:
    simulator.faults.add(Fault("error", status=503))
    with pytest.raises(NetworkError, match="Service Unavailable"):
        await bot.send_message(anna.id, "a")
    simulator.faults.add(Fault("error_after"))
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(anna.id, "b")
    assert texts(simulator, anna.id) == ["/start", "b"]


async def test_a_delay_can_outlast_the_caller(bot: Bot, simulator: Simulator, anna: Person) -> None:
    simulator.faults.add(Fault("delay", seconds=0.02))
    assert await bot.send_message(anna.id, "a")
    simulator.faults.add(Fault("delay", seconds=5))
    with pytest.raises(TimedOut):
        await bot.send_message(anna.id, "b", read_timeout=0.02)
    assert texts(simulator, anna.id) == ["/start", "a", "b"]


async def test_a_group_moves_at_the_next_call(bot: Bot, simulator: Simulator, anna: Person) -> None:
    group = simulator.add_group("Small", members=[anna], basic=True)
    simulator.faults.add(Fault("migrate", chat_id=group.id))
    await bot.send_message(anna.id, "a")
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "a")
    assert (await bot.send_message(moved.value.new_chat_id, "a")).text == "a"


async def test_a_topic_is_gone_at_the_next_call(bot: Bot, simulator: Simulator, forum: Chat) -> None:
    topic = await bot.create_forum_topic(forum.id, "a")
    simulator.faults.add(Fault("delete_topic", method="sendMessage"))
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "a", message_thread_id=topic.message_thread_id)
    assert simulator.messages(forum.id) == []


async def test_a_fault_chooses_its_calls(bot: Bot, simulator: Simulator, anna: Person, forum: Chat) -> None:
    simulator.faults.add(Fault("error", method="sendmessage", chat_id=forum.id, times=2))
    assert await bot.send_message(anna.id, "a")
    assert await bot.send_chat_action(forum.id, "typing")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(forum.id, "a")
    assert await bot.send_message(forum.id, "a")
    assert len(simulator.faults) == 0


async def test_a_fault_without_end_is_ended_by_hand(bot: Bot, simulator: Simulator, anna: Person) -> None:
    end = simulator.faults.add(Fault("error", times=None))
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(anna.id, "a")
    end()
    assert await bot.send_message(anna.id, "a")


async def struck(seed: int) -> list[int]:
    simulator = Simulator(limits=Limits.off(), faults=Faults(seed))
    await simulator.add_person("Anna", person_id=7).start()
    simulator.faults.add(Fault("error", times=None, probability=0.3))
    answers = [await simulator.call("sendMessage", {"chat_id": 7, "text": "a"}) for _ in range(200)]
    return [answer.status for answer in answers]


async def test_a_seed_repeats_its_run() -> None:
    first, again, other = await asyncio.gather(struck(1), struck(1), struck(2))
    assert first == again != other
    assert 30 < first.count(502) < 90


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="no such fault: earthquake"):
        Fault("earthquake")  # type: ignore[arg-type]
