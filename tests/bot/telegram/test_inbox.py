"""The inbox between the simulator and small bots, on both databases."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text
from structlog.testing import capture_logs
from telegram import Update
from telegram.error import NetworkError, RetryAfter

from bot.errors import StartError
from bot.simulator import Fault, Limits, Person, Simulator, SimulatorRequest
from bot.telegram.handling import current
from bot.telegram.inbox import Terms
from bot.telegram.request import NeverSent
from storage import inbox as rows
from storage.database import Database
from storage.models import InboxUpdate, Send, UpdateState
from tests.bot.telegram.bots import MARK, TOKEN, Context, OnMessage, echo, running, say

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(token=TOKEN, limits=Limits.off())


@pytest.fixture
def request_(simulator: Simulator) -> SimulatorRequest:
    return SimulatorRequest(simulator, read_timeout=0.2)


@pytest.fixture
def anna(simulator: Simulator) -> Person:
    return simulator.add_person("Anna")


def answers(simulator: Simulator, person: Person) -> list[str]:
    return [message["text"] for message in simulator.messages(person.id) if message["from"]["is_bot"]]


async def states(database: Database) -> Counter[str]:
    async with database.read() as session:
        return Counter(await session.scalars(select(InboxUpdate.state)))


async def next_update(simulator: Simulator) -> dict[str, Any]:
    answer = await simulator.call("getUpdates", {"limit": 1})
    update: dict[str, Any] = answer.body["result"][0]
    return update


def failing(*errors: Exception, then: OnMessage = echo) -> OnMessage:
    """Fail once with each error, then do as `then`."""
    left: Iterator[Exception] = iter(errors)

    async def on_message(update: Update, context: Context) -> None:
        if error := next(left, None):
            raise error
        await then(update, context)

    return on_message


async def test_each_message_is_answered_in_order(
    database: Database, simulator: Simulator, request_: SimulatorRequest
) -> None:
    people = [simulator.add_person(f"Person {number}") for number in range(5)]
    async with running(database, request_, echo) as bot:
        for number in range(20):
            for person in people:
                await person.write(str(number))
        await bot.inbox.idle()
        for person in people:
            assert answers(simulator, person) == [str(number) for number in range(20)]
    assert await states(database) == {UpdateState.DONE: 100}


async def test_nothing_that_was_written_is_kept(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    async with running(database, request_, echo) as bot:
        await anna.write("secret")
        await bot.inbox.idle()
        async with database.read() as session:
            assert list(await session.scalars(select(InboxUpdate.payload))) == [None]
            assert list(await session.scalars(select(func.count()).select_from(Send))) == [0]


async def test_chats_are_handled_side_by_side_up_to_a_bound(
    database: Database, simulator: Simulator, request_: SimulatorRequest
) -> None:
    at_work, most = 0, 0

    async def slow(_update: Update, _context: Context) -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0.02)
        at_work -= 1

    for number in range(12):
        await simulator.add_person(f"Person {number}").write("hello")
    async with running(database, request_, slow, terms=Terms(concurrency=4)) as bot:
        await bot.inbox.idle()
    assert most == 4


async def test_what_follows_waits_until_a_failed_update_succeeds(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    async with running(database, request_, failing(KeyError(), KeyError())) as bot:
        for text_ in ("one", "two", "three"):
            await anna.write(text_)
        await bot.inbox.idle()
        while len(answers(simulator, anna)) < 3:
            await asyncio.sleep(0.01)
    assert answers(simulator, anna) == ["one", "two", "three"]


async def test_a_failing_chat_holds_up_no_other(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    ben = simulator.add_person("Ben")

    async def on_message(update: Update, context: Context) -> None:
        if update.effective_chat and update.effective_chat.id == anna.id:
            raise KeyError
        await echo(update, context)

    async with running(database, request_, on_message, terms=Terms(concurrency=1)) as bot:
        await anna.write("fails")
        await ben.write("works")
        await bot.inbox.idle()
        assert answers(simulator, ben) == ["works"]


async def test_a_poisoned_update_is_set_aside_after_three_tries_and_reported(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    reports: list[str] = []
    tries: list[tuple[int, bool]] = []

    async def on_message(update: Update, context: Context) -> None:
        assert update.message
        if update.message.text != "poison":
            return await echo(update, context)
        handling = current()
        assert handling
        tries.append((handling.attempt, handling.last_try))
        raise KeyError("poison")

    async def report(_update_id: int, error: BaseException) -> None:
        reports.append(type(error).__name__)

    async with running(database, request_, on_message, on_set_aside=report) as bot:
        await anna.write("poison")
        await anna.write("fine")
        while not answers(simulator, anna):
            await asyncio.sleep(0.01)
        await bot.inbox.idle()
    assert tries == [(1, False), (2, False), (3, True)]
    assert reports == ["KeyError"]
    assert answers(simulator, anna) == ["fine"]
    assert await states(database) == {UpdateState.SET_ASIDE: 1, UpdateState.DONE: 1}
    async with database.read() as session:
        assert set(await session.scalars(select(InboxUpdate.error))) == {"KeyError", None}


async def test_errors_of_the_network_are_not_counted(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    errors = [NeverSent("no line"), RetryAfter(1), NetworkError("reset"), KeyError(), NeverSent("no line")]
    async with running(database, request_, failing(*errors), terms=Terms(patience=0.001)):
        await anna.write("patience")
        while not answers(simulator, anna):
            await asyncio.sleep(0.01)
    assert await states(database) == {UpdateState.DONE: 1}


async def test_the_second_try_does_not_send_again_what_was_sent(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    ids: list[int] = []
    errors = iter([KeyError()])

    async def on_message(update: Update, context: Context) -> None:
        first = await context.bot.send_message(anna.id, "first")
        ids.append(first.message_id)
        if error := next(errors, None):
            raise error
        await say(update, context, "second")

    async with running(database, request_, on_message):
        await anna.write("go")
        while "second" not in answers(simulator, anna):
            await asyncio.sleep(0.01)
    assert answers(simulator, anna) == ["first", "second"]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("kind", ["timeout", "lost", "error_after"])
async def test_a_message_of_unknown_fate_comes_again_with_a_mark(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person, kind: str
) -> None:
    simulator.faults.add(Fault(kind, "sendMessage", seconds=5))  # type: ignore[arg-type]
    async with running(database, request_, echo):
        await anna.write("hello")
        while len(answers(simulator, anna)) < 2:
            await asyncio.sleep(0.01)
    assert answers(simulator, anna) == ["hello", "hello" + MARK]


class Unreachable(SimulatorRequest):
    """Fails to connect for some sends."""

    failures = 2

    async def do_request(self, url: str, *rest: object, **more: object) -> tuple[int, bytes]:
        if url.endswith("sendMessage") and self.failures:
            self.failures -= 1
            raise NeverSent("refused")
        return await super().do_request(url, *rest, **more)  # type: ignore[arg-type]


async def test_a_message_that_never_left_comes_without_a_mark(
    database: Database, simulator: Simulator, anna: Person
) -> None:
    async with running(database, Unreachable(simulator), echo):
        await anna.write("hello")
        while not answers(simulator, anna):
            await asyncio.sleep(0.01)
    assert answers(simulator, anna) == ["hello"]


async def test_a_refused_message_comes_without_a_mark(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    simulator.limits = Limits(per_second=0, chat_per_second=0.8, chat_burst=1)
    async with running(database, request_, echo):
        await anna.write("one")
        await anna.write("two")
        while len(answers(simulator, anna)) < 2:
            await asyncio.sleep(0.01)
    assert answers(simulator, anna) == ["one", "two"]


async def test_a_message_whose_answer_never_comes_is_given_up(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    reports: list[str] = []

    async def report(_update_id: int, error: BaseException) -> None:
        reports.append(type(error).__name__)

    simulator.faults.add(Fault("lost", "sendMessage", times=None))
    async with running(database, request_, echo, on_set_aside=report, terms=Terms(patience=0.001)):
        await anna.write("hello")
        while not reports:
            await asyncio.sleep(0.01)
    assert reports == ["GivenUp"]
    assert answers(simulator, anna) == ["hello", *["hello" + MARK] * 4]


async def test_what_a_dead_process_had_claimed_is_handled(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    await anna.write("before")
    update = await next_update(simulator)
    async with database.begin() as session:
        await rows.receive(session, [rows.Received(update["update_id"], anna.id, update)], now=NOW)
        await rows.claim(session, 1, owner="dead", now=NOW)
    async with running(database, request_, echo) as bot:
        await bot.inbox.idle()
    assert answers(simulator, anna) == ["before"]


async def test_an_update_that_comes_twice_is_handled_once(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    await anna.write("once")
    update = await next_update(simulator)
    async with running(database, request_, echo, polling=False) as bot:
        await bot.inbox.receive([update])
        await bot.inbox.idle()
        await bot.inbox.receive([update])
        await bot.inbox.idle()
    assert answers(simulator, anna) == ["once"]


async def test_stopping_finishes_what_is_in_flight_and_leaves_the_rest(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    begun = asyncio.Event()

    async def slow(update: Update, context: Context) -> None:
        begun.set()
        await asyncio.sleep(0.1)
        await echo(update, context)

    for text_ in ("one", "two", "three"):
        await anna.write(text_)
    async with running(database, request_, slow):
        await begun.wait()
    assert answers(simulator, anna) == ["one"]
    assert await states(database) == {UpdateState.DONE: 1, UpdateState.OPEN: 2}
    async with running(database, request_, echo) as bot:
        await bot.inbox.idle()
    assert answers(simulator, anna) == ["one", "two", "three"]


async def test_stopping_waits_no_longer_than_it_may(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    begun = asyncio.Event()

    async def endless(_update: Update, _context: Context) -> None:
        begun.set()
        await asyncio.sleep(60)

    await anna.write("hello")
    async with running(database, request_, endless, terms=Terms(stop_seconds=0.05)):
        await begun.wait()
    assert await states(database) == {UpdateState.OPEN: 1}


async def test_stopping_does_not_wait_for_a_later_try(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    failed = asyncio.Event()

    async def broken(_update: Update, _context: Context) -> None:
        failed.set()
        raise KeyError

    await anna.write("hello")
    async with running(database, request_, broken, terms=Terms(patience=60)) as bot:
        await failed.wait()
        await bot.inbox.idle()
    assert await states(database) == {UpdateState.OPEN: 1}


async def test_intake_pauses_when_the_inbox_is_full(
    database: Database, simulator: Simulator, request_: SimulatorRequest
) -> None:
    gate = asyncio.Event()

    async def wait(update: Update, context: Context) -> None:
        await gate.wait()
        await echo(update, context)

    people = [simulator.add_person(f"Person {number}") for number in range(250)]
    for person in people:
        await person.write("hello")
    async with running(database, request_, wait, terms=Terms(limit=150)) as bot:
        await asyncio.sleep(0.3)
        assert (await states(database)).total() == 200  # two polls of 100
        gate.set()
        await bot.inbox.idle()
    assert all(answers(simulator, person) == ["hello"] for person in people)


async def test_a_chat_that_floods_leaves_room_for_others(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    ben = simulator.add_person("Ben")
    gate = asyncio.Event()

    async def on_message(update: Update, context: Context) -> None:
        if update.effective_chat and update.effective_chat.id == anna.id:
            await gate.wait()
        await echo(update, context)

    for number in range(250):
        await anna.write(str(number))
    async with running(database, request_, on_message) as bot:
        await ben.write("hello")
        while not answers(simulator, ben):
            await asyncio.sleep(0.01)
        gate.set()
        await bot.inbox.idle()
    assert answers(simulator, anna) == [str(number) for number in range(250)]


async def test_a_database_that_is_locked_for_a_while_delays_but_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    database: Database,
    simulator: Simulator,
    request_: SimulatorRequest,
    anna: Person,
) -> None:
    if database.is_sqlite:
        async with database.begin() as session:
            await session.execute(text("PRAGMA busy_timeout=0"))
    async with running(database, request_, echo) as bot:
        async with database.begin() as session:
            lock = "SELECT 1" if database.is_sqlite else "LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE"
            await session.execute(text(lock))
            await anna.write("hello")
            await asyncio.sleep(0.2)
        await bot.inbox.idle()
    assert answers(simulator, anna) == ["hello"]


async def test_polling_survives_errors_and_says_so_once(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    simulator.faults.add(Fault("error", "getUpdates", times=2))
    with capture_logs() as lines:
        async with running(database, request_, echo) as bot:
            await anna.write("hello")
            await bot.inbox.idle()
    assert answers(simulator, anna) == ["hello"]
    assert [line["event"] for line in lines] == ["polling fails", "polling works again"]


async def test_polling_takes_a_webhook_down(
    database: Database, simulator: Simulator, request_: SimulatorRequest, anna: Person
) -> None:
    await simulator.call("setWebhook", {"url": "https://example.org/hook"})
    async with running(database, request_, echo) as bot:
        await anna.write("hello")
        await bot.inbox.idle()
    assert answers(simulator, anna) == ["hello"]


class Disowned(SimulatorRequest):
    """Telegram forgets the token after the start."""

    async def do_request(self, url: str, *rest: object, **more: object) -> tuple[int, bytes]:
        if "getUpdates" in url:
            return 401, b'{"ok": false, "error_code": 401, "description": "Unauthorized"}'
        return await super().do_request(url, *rest, **more)  # type: ignore[arg-type]


async def test_a_token_that_is_no_longer_valid_ends_intake(database: Database, simulator: Simulator) -> None:
    async with running(database, Disowned(simulator), echo) as bot:
        with pytest.raises(StartError, match="token"):
            await bot.inbox.failed()
