"""The webhook as Telegram knows it: set at the start, looked after, set again when somebody takes it down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from structlog.testing import capture_logs
from telegram import Bot

from bot.errors import StartError
from bot.simulator import Fault, Limits, Simulator, SimulatorRequest
from bot.telegram.hook import Hook
from bot.telegram.intake import ALLOWED_UPDATES
from tests.bot.telegram.bots import TOKEN

URL = "https://bot.example.org/hook"


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(token=TOKEN, limits=Limits.off())


@pytest.fixture
async def bot(simulator: Simulator) -> AsyncIterator[Bot]:
    request = SimulatorRequest(simulator)
    async with Bot(TOKEN, request=request, get_updates_request=request) as bot:
        yield bot


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not reached():
            await asyncio.sleep(0.005)


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})


async def test_it_is_set_with_the_secret_and_keeps_what_waits(simulator: Simulator, bot: Bot) -> None:
    await simulator.add_person("Anna").write("waits")
    task = asyncio.create_task(Hook(bot, URL, "a1").run())
    await until(lambda: simulator.world.webhook.url == URL)
    await ended(task)
    assert simulator.world.webhook.secret_token == "a1"
    info = await bot.get_webhook_info()
    assert set(info.allowed_updates) == set(ALLOWED_UPDATES)
    assert info.pending_update_count == 1


async def test_a_webhook_that_somebody_took_down_is_set_again(simulator: Simulator, bot: Bot) -> None:
    with capture_logs() as lines:
        task = asyncio.create_task(Hook(bot, URL, "a1", seconds=0.01).run())
        await until(lambda: simulator.world.webhook.url == URL)
        await simulator.call("deleteWebhook", {})
        await until(lambda: simulator.world.webhook.url == URL)
        await ended(task)
    assert "somebody else has changed the webhook; it is set again" in [line["event"] for line in lines]


async def test_what_telegram_could_not_deliver_is_told_once(simulator: Simulator, bot: Bot) -> None:
    with capture_logs() as lines:
        task = asyncio.create_task(Hook(bot, URL, "a1", seconds=0.01).run())
        await until(lambda: simulator.world.webhook.url == URL)
        webhook = simulator.world.webhook
        webhook.last_error_date, webhook.last_error_message = 1_800_000_000, "Wrong response: 503"
        await until(lambda: len(lines) > 1)
        await asyncio.sleep(0.05)
        await ended(task)
    told = [line["reason"] for line in lines if line["event"] == "Telegram could not deliver"]
    assert told == ["Wrong response: 503"]


async def test_a_passing_failure_is_tried_again(simulator: Simulator, bot: Bot) -> None:
    simulator.faults.add(Fault("error", "setWebhook", status=502))
    task = asyncio.create_task(Hook(bot, URL, "a1").run())
    await until(lambda: simulator.world.webhook.url == URL)
    await ended(task)


async def test_an_address_that_telegram_refuses_ends_the_bot_with_one_line(bot: Bot) -> None:
    with pytest.raises(StartError, match="Telegram refuses the webhook: Bad webhook"):
        await Hook(bot, "http://bot.example.org/hook", "a1").run()


async def test_a_refusal_later_does_not_end_the_bot(simulator: Simulator, bot: Bot) -> None:
    task = asyncio.create_task(Hook(bot, URL, "a1", seconds=0.01).run())
    await until(lambda: simulator.world.webhook.url == URL)
    simulator.faults.add(Fault("error", "setWebhook", status=400))
    await simulator.call("deleteWebhook", {})
    await until(lambda: simulator.world.webhook.url == URL)
    assert not task.done()
    await ended(task)
