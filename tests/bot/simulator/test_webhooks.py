"""Delivery of updates to a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.simulator import Person, Simulator, serve, webhooks

Respond = Callable[[dict[str, Any]], web.Response]


class Receiver:
    """A bot's web server: keeps what comes, and answers as told."""

    def __init__(self) -> None:
        self.updates: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.respond: Respond = lambda update: web.Response()
        self.open = self.most_at_once = 0
        self.delays: list[float] = []
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.updates.append(update)
        self.secrets.append(request.headers.get(webhooks.SECRET_HEADER))
        self.open += 1
        self.most_at_once = max(self.most_at_once, self.open)
        await asyncio.sleep(self.delays.pop() if self.delays else 0)
        self.open -= 1
        return self.respond(update)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates]


@pytest.fixture
async def receiver(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Receiver]:
    """A receiver, and a served simulator that repeats quickly."""
    monkeypatch.setattr(webhooks, "FIRST_PAUSE_SECONDS", 0.01)
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    server = await serve(simulator)
    yield receiver
    await server.close()
    await runner.cleanup()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


def call(simulator: Simulator, method: str, **parameters: object) -> Awaitable[Any]:
    return simulator.call(method, parameters)


async def test_updates_come_with_the_secret(simulator: Simulator, receiver: Receiver, anna: Person) -> None:
    await anna.write("before")
    await call(simulator, "setWebhook", url=receiver.url, secret_token="secret")
    await anna.write("after")
    await until(lambda: len(simulator.world.updates) == 0)
    assert receiver.texts == ["before", "after"]
    assert receiver.secrets == ["secret", "secret"]


async def test_a_failed_update_comes_again_before_the_next_of_its_chat(
    simulator: Simulator, receiver: Receiver, anna: Person
) -> None:
    receiver.respond = lambda update: web.Response(status=500 if len(receiver.updates) < 3 else 200)
    await call(simulator, "setWebhook", url=receiver.url)
    await anna.write("a")
    await anna.write("b")
    await until(lambda: len(simulator.world.updates) == 0)
    assert receiver.texts == ["a", "a", "a", "b"]
    info = (await call(simulator, "getWebhookInfo")).body["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] == 0


async def test_one_chat_does_not_hold_up_another(
    simulator: Simulator, receiver: Receiver, anna: Person, ben: Person
) -> None:
    def fail_for_anna(update: dict[str, Any]) -> web.Response:
        return web.Response(status=500 if update["message"]["chat"]["id"] == anna.id else 200)

    receiver.respond = fail_for_anna
    await call(simulator, "setWebhook", url=receiver.url)
    await anna.write("a")
    await ben.write("b")
    await until(lambda: "b" in receiver.texts and len(simulator.world.updates) == 1)


async def test_no_more_connections_than_allowed(simulator: Simulator, receiver: Receiver) -> None:
    receiver.delays = [0.02] * 6
    await call(simulator, "setWebhook", url=receiver.url, max_connections=2)
    for number in range(6):
        await simulator.add_person(f"Person {number}").write("a")
    await until(lambda: len(simulator.world.updates) == 0)
    assert receiver.most_at_once == 2


async def test_an_answer_can_carry_a_call(simulator: Simulator, receiver: Receiver, anna: Person) -> None:
    receiver.respond = lambda update: web.json_response({"method": "sendMessage", "chat_id": 7, "text": "pong"})
    await call(simulator, "setWebhook", url=receiver.url)
    await anna.write("ping")
    await until(lambda: simulator.messages(7)[-1]["text"] == "pong")


async def test_an_answer_without_a_call_is_fine(simulator: Simulator, receiver: Receiver, anna: Person) -> None:
    answers = iter([web.json_response([1]), web.Response(text="{", content_type="application/json")])
    receiver.respond = lambda update: next(answers)
    await call(simulator, "setWebhook", url=receiver.url)
    await anna.write("a")
    await anna.write("b")
    await until(lambda: len(simulator.world.updates) == 0)
    assert receiver.texts == ["a", "b"]


async def test_a_server_that_is_slow_is_asked_again(
    simulator: Simulator, receiver: Receiver, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "PATIENCE_SECONDS", 0.3)
    receiver.delays = [1]
    await call(simulator, "setWebhook", url=receiver.url)
    await anna.write("a")
    await until(lambda: len(simulator.world.updates) == 0)
    assert receiver.texts[:2] == ["a", "a"]
    assert simulator.world.webhook.last_error_message == "Read timeout expired"


async def test_a_server_that_is_down_is_told_in_the_info(
    simulator: Simulator, receiver: Receiver, anna: Person
) -> None:
    await call(simulator, "setWebhook", url="http://127.0.0.1:1/hook")
    await anna.write("a")
    await until(lambda: simulator.world.webhook.last_error_message == "Connection refused")
    await call(simulator, "setWebhook", url=receiver.url)
    await until(lambda: receiver.texts == ["a"])
