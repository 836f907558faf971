"""A back-up that is restored brings nobody back who was forgotten since it was made."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.app import Understanding, running
from bot.settings import Settings
from bot.simulator import Simulator, SimulatorRequest
from tests.handlers.conftest import Clock, Talk
from tests.handlers.enquiring import Asking
from tests.handlers.privacy.test_forget import LEFT, is_forgotten, kept_of


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """A file, which is what is copied."""
    return f"sqlite:///{tmp_path}/bot.sqlite3"


async def test_a_restored_backup_brings_nobody_back(
    simulator: Simulator, understanding: Understanding, settings: Settings, clock: Clock, tmp_path: Path
) -> None:
    file, backup = tmp_path / "bot.sqlite3", tmp_path / "backup"
    firm = simulator.add_person("Muster")

    def bot() -> Any:
        return running(settings, request=lambda: SimulatorRequest(simulator), understanding=understanding, clock=clock)

    async with bot() as first:
        await Talk(first, simulator, firm).say("/start")
        await Asking(first, firm).open("nieke")
    shutil.copy(file, backup)
    async with bot() as second:
        await is_forgotten(Talk(second, simulator, firm), "Abschließen und alles löschen")
    for rest in tmp_path.glob("bot.sqlite3-*"):
        rest.unlink()
    shutil.copy(backup, file)
    clock.pass_(hours=1)
    async with bot() as third:
        assert set(await kept_of(third, firm.id)) <= LEFT
