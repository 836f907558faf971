"""`gfcbot run` with a webhook, as a process: killed it loses nothing; stopped it leaves what comes to Telegram."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.simulator import Limits, Simulator, serve, webhooks
from tests.bot.test_cli import started, stopped, until


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture
async def simulator(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Simulator, dict[str, str]]]:
    """A Telegram that repeats quickly, and the settings of a bot on it."""
    monkeypatch.setattr(webhooks, "LONGEST_PAUSE_SECONDS", 0.2)
    simulator = Simulator(limits=Limits.off())
    server = await serve(simulator)
    listen = f"127.0.0.1:{free_port()}"
    yield (
        simulator,
        {
            "GFCBOT_TOKEN": simulator.token,
            "GFCBOT_API_URL": server.url,
            "GFCBOT_LOG_FORMAT": "json",
            "GFCBOT_MESSAGES_PER_SECOND": "60",
            "GFCBOT_WEBHOOK_URL": f"http://{listen}/telegram",
            "GFCBOT_WEBHOOK_LISTEN": listen,
            "GFCBOT_STATUS_LISTEN": f"127.0.0.1:{free_port()}",
        },
    )
    await server.close()


async def page(settings: dict[str, str], path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://{settings['GFCBOT_STATUS_LISTEN']}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_a_bot_that_is_killed_and_stopped_loses_nothing(
    simulator: tuple[Simulator, dict[str, str]], tmp_path: Path
) -> None:
    telegram, settings = simulator
    people = [telegram.add_person("Muster", language_code="de") for _ in range(40)]

    def answered() -> int:
        return sum(len(telegram.messages(person.id)) > 1 for person in people)

    process = await started(tmp_path, settings)
    for person in people:
        await person.write("Wo sitzt NieKE?")
    await until(lambda: answered() >= 5)
    process.kill()
    await process.communicate()
    assert answered() < 40
    process = await started(tmp_path, settings)
    await until(lambda: answered() == 40)
    await until(lambda: len(telegram.world.updates) == 0)
    assert await page(settings, "/readyz") == (200, '{"database": true, "schema": true, "intake": true}')
    _, figures = await page(settings, "/metrics")
    assert 'gfcbot_answers_total{band="answer"}' in figures
    assert "NieKE" not in figures
    assert "Muster" not in figures
    log = await stopped(process, signal.SIGTERM)
    assert b"NieKE" not in log
    await people[0].write("Und wer macht das?")
    await asyncio.sleep(0.3)
    assert len(telegram.world.updates) == 1
