"""From the simulated Telegram over HTTP into the inbox: a small bot on both databases, through outages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.simulator import Limits, Simulator, SimulatorRequest, serve, webhooks
from bot.web.hook import HookFace
from bot.web.server import Site, serving
from bot.web.storing import Storing
from storage import inbox
from storage.database import Database
from storage.models import InboxUpdate, UpdateState
from tests.bot.telegram.bots import TOKEN, SmallBot, echo, running

RESULT = {"result_id": "1", "query": "", "from": {"id": 5, "is_bot": False, "first_name": "Anna"}}


@pytest.fixture
async def simulator(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Simulator]:
    """A Telegram that repeats quickly what was not acknowledged."""
    monkeypatch.setattr(webhooks, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(webhooks, "LONGEST_PAUSE_SECONDS", 0.1)
    simulator = Simulator(token=TOKEN, limits=Limits.off())
    server = await serve(simulator)
    yield simulator
    await server.close()


@asynccontextmanager
async def hooked(database: Database, simulator: Simulator, seconds: float = 5.0) -> AsyncIterator[SmallBot]:
    """A bot that answers with the same text, called by webhook."""
    async with running(database, SimulatorRequest(simulator), echo, polling=False) as bot:
        face = HookFace("a1", Storing(bot.inbox.receive, seconds), bot.inbox.has_room)
        site = Site("127.0.0.1:0", "HOOK", [web.route("*", "/hook", face.answer)])
        async with serving([site], stop_seconds=1) as ports:
            url = f"http://127.0.0.1:{ports['HOOK']}/hook"
            await simulator.call("setWebhook", {"url": url, "secret_token": "a1"})
            yield bot


async def delivered(simulator: Simulator) -> None:
    async with asyncio.timeout(30):
        while len(simulator.world.updates):
            await asyncio.sleep(0.005)


async def test_each_message_is_answered_in_order(database: Database, simulator: Simulator) -> None:
    people = [simulator.add_person(f"Person {number}") for number in range(5)]
    async with hooked(database, simulator) as bot:
        for number in range(10):
            for person in people:
                await person.write(str(number))
        await delivered(simulator)
        await bot.inbox.idle()
    for person in people:
        texts = [message["text"] for message in simulator.messages(person.id) if message["from"]["is_bot"]]
        assert texts == [str(number) for number in range(10)]


async def test_what_comes_while_the_database_is_away_comes_again_and_is_kept_once(
    database: Database, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive, refused = inbox.receive, 0

    async def away(*given: object, **more: object) -> int:
        nonlocal refused
        refused += 1
        if refused < 4:
            raise OperationalError("INSERT", {}, ConnectionError("gone"))
        return await receive(*given, **more)  # type: ignore[arg-type]

    anna = simulator.add_person("Anna")
    async with hooked(database, simulator, seconds=0.05) as bot:
        monkeypatch.setattr(inbox, "receive", away)
        await anna.write("hello")
        await delivered(simulator)
        await bot.inbox.idle()
        async with database.read() as session:
            assert list(await session.scalars(select(InboxUpdate.state))) == [UpdateState.DONE]
    assert refused >= 4
    assert simulator.world.webhook.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert [message["text"] for message in simulator.messages(anna.id)] == ["hello", "hello"]


async def test_what_is_delivered_twice_is_handled_once(database: Database, simulator: Simulator) -> None:
    update = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}}
    async with running(database, SimulatorRequest(simulator), echo, polling=False) as bot:
        storing = Storing(bot.inbox.receive)
        assert all(await asyncio.gather(*(storing.store(update) for _ in range(20))))
        assert await storing.store(update)
        await bot.inbox.idle()
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(InboxUpdate)) == 1


async def test_room_is_counted_right_when_many_come_at_once(database: Database, simulator: Simulator) -> None:
    async with running(database, SimulatorRequest(simulator), echo, polling=False) as bot:
        updates = [{"update_id": number, "chosen_inline_result": RESULT} for number in range(50)]
        await asyncio.gather(*(bot.inbox.receive([update]) for update in updates))
        assert bot.inbox._received == 50
        await bot.inbox.idle()
