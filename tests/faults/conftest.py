"""The whole bot on SQLite; waits before further tries are short."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import Running, Understanding, running
from bot.settings import Settings
from bot.simulator import Simulator, SimulatorRequest
from bot.telegram import outages, outbox, tries
from handlers.relaying import outcomes
from tests.handlers.conftest import (  # noqa: F401
    OWNER,
    Clock,
    answerer,
    clock,
    office,
    simulator,
    talk,
    understanding,
)
from tests.sealed import WRITTEN


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for its next try waits a moment: the tests move the clock instead."""
    monkeypatch.setattr(outages, "WAIT_SECONDS", (0.02,))
    monkeypatch.setattr(tries, "LONGEST_WAIT", 0.02)
    monkeypatch.setattr(outbox, "POLL_SECONDS", 0.02)
    monkeypatch.setattr(outcomes, "WAITS", (0.02,))


@pytest.fixture
async def bot(
    simulator: Simulator,  # noqa: F811
    understanding: Understanding,  # noqa: F811
    tmp_path: Path,
    clock: Clock,  # noqa: F811
) -> AsyncIterator[Running]:
    """The whole bot, running, as fast as it can."""
    settings = Settings(
        token=SecretStr(simulator.token),
        database_url=f"sqlite:///{tmp_path}/bot.sqlite3",
        data_keys=SecretStr(WRITTEN),
        fence_file=tmp_path / "fence",
        owners=(OWNER,),
        messages_per_second=100_000,
        chat_messages_per_second=100_000,
        group_messages_per_minute=100_000,
    )
    request = lambda: SimulatorRequest(simulator)  # noqa: E731
    async with running(settings, request=request, understanding=understanding, clock=clock) as bot:
        yield bot
