"""A bot on each database, since what is erased and what is sealed must be so on both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import Running, Understanding, running
from bot.settings import Settings
from bot.simulator import Simulator, SimulatorRequest
from storage.database import Database
from tests.handlers.conftest import OWNER, Clock


@pytest.fixture
def settings(simulator: Simulator, empty_database: Database, tmp_path: Path) -> Settings:
    """Settings of a bot as fast as it can, whose operator is named."""
    return Settings(
        token=SecretStr(simulator.token),
        database_url=empty_database.url.render_as_string(hide_password=False).replace("+aiosqlite", ""),
        key_file=tmp_path / "bot.key",
        owners=(OWNER,),
        operator_name="Muster e. V.",
        operator_address="Weg 1, 12345 Ort",
        operator_email="post@example.org",
        messages_per_second=100_000,
        chat_messages_per_second=100_000,
        group_messages_per_minute=100_000,
    )


@pytest.fixture
async def bot(
    simulator: Simulator, understanding: Understanding, settings: Settings, clock: Clock
) -> AsyncIterator[Running]:
    """The whole bot, running."""
    async with running(
        settings, request=lambda: SimulatorRequest(simulator), understanding=understanding, clock=clock
    ) as bot:
        yield bot
