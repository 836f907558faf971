"""The documented rates, strictly kept."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.simulator import Answer, Chat, Limits, Person, Simulator, Upload


class Timer:
    """Seconds that a test counts."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def timer() -> Timer:
    """A timer that stands still."""
    return Timer()


async def send(simulator: Simulator, chat_id: int) -> Answer:
    return await simulator.call("sendMessage", {"chat_id": chat_id, "text": "a"})


async def sent(simulator: Simulator, chat_id: int, times: int) -> int:
    answers = [await send(simulator, chat_id) for _ in range(times)]
    return sum(answer.status == 200 for answer in answers)


async def test_thirty_messages_fit_into_any_second(simulator: Simulator, timer: Timer) -> None:
    people = [simulator.add_person(f"Person {number}") for number in range(31)]
    for person in people:
        await person.start()
    simulator.limits = Limits(timer=timer)
    answers = []
    for person in people:
        answers.append(await send(simulator, person.id))
        timer.seconds += 0.01
    assert [answer.status for answer in answers] == [200] * 30 + [429]
    assert answers[-1].body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    timer.seconds = 0.999
    assert (await send(simulator, people[-1].id)).status == 429
    timer.seconds = 1.0
    assert (await send(simulator, people[-1].id)).status == 200


async def test_one_chat_takes_a_short_burst_then_one_a_second(simulator: Simulator, anna: Person, timer: Timer) -> None:
    simulator.limits = Limits(timer=timer)
    assert await sent(simulator, anna.id, 7) == 5
    timer.seconds = 1.0
    assert await sent(simulator, anna.id, 2) == 1
    timer.seconds = 100.0
    assert await sent(simulator, anna.id, 7) == 5


async def test_a_group_takes_twenty_a_minute(simulator: Simulator, group: Chat, timer: Timer) -> None:
    simulator.limits = Limits(timer=timer, chat_per_second=0)
    assert await sent(simulator, group.id, 20) == 20
    timer.seconds = 20.5
    refused = await send(simulator, group.id)
    assert refused.body["parameters"] == {"retry_after": 40}
    timer.seconds = 60.0
    assert (await send(simulator, group.id)).status == 200


async def test_an_album_counts_each_of_its_messages(
    simulator: Simulator, anna: Person, timer: Timer, picture: Callable[[int, int], bytes]
) -> None:
    simulator.limits = Limits(timer=timer)
    media = json.dumps([{"type": "photo", "media": "attach://p"}] * 5)
    files = {"p": Upload("p.png", picture(9, 9))}
    assert (await simulator.call("sendMediaGroup", {"chat_id": 7, "media": media}, files)).status == 200
    assert (await send(simulator, anna.id)).status == 429


async def test_only_what_is_sent_counts(simulator: Simulator, anna: Person, timer: Timer) -> None:
    simulator.limits = Limits(timer=timer)
    for _ in range(40):
        assert (await simulator.call("sendChatAction", {"chat_id": 7, "action": "typing"})).status == 200
    assert await sent(simulator, anna.id, 1) == 1


async def test_limits_are_on_unless_switched_off(anna: Person) -> None:
    strict = Simulator()
    ben = strict.add_person("Ben")
    await ben.start()
    assert await sent(strict, ben.id, 7) == 5
    strict.limits = Limits.off()
    assert await sent(strict, ben.id, 40) == 40


async def test_the_bot_learns_how_long_to_wait(
    bot: Bot, simulator: Simulator, anna: Person, timer: Timer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    simulator.limits = Limits(timer=timer)
    await sent(simulator, anna.id, 5)
    with pytest.raises(RetryAfter, match="Retry in 0:00:01"):
        await bot.send_message(anna.id, "a")
