"""The demo's events: shown from the start, once, and again later when they are over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import Running, running
from bot.demo_events import announce_samples
from bot.settings import Settings
from bot.simulator import Limits, Simulator, SimulatorRequest
from bot.terminal import local
from storage import events
from storage.models import Event
from tests.handlers.conftest import Clock

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def shown(bot: Running) -> list[Event]:
    async with bot.services.database.read() as session:
        found, total = await events.coming(session, (), first=0, limit=9, now=bot.services.clock())
    assert total == len(found)
    return list(found)


async def test_samples_are_announced_once_and_again_when_they_are_over(tmp_path: Path) -> None:
    simulator, clock = Simulator(limits=Limits.off()), Clock(NOW)
    settings = local(Settings(), simulator, tmp_path).model_copy(update={"owners": (1,)})
    async with running(settings, request=lambda: SimulatorRequest(simulator), clock=clock) as bot:
        for _ in "ab":
            await announce_samples(bot)
        first = await shown(bot)
        assert [event.begins_at for event in first] == [
            datetime(2026, 12, 8, 13, tzinfo=UTC),
            datetime(2026, 12, 29, 9, tzinfo=UTC),
        ]
        assert all(
            event.texts[language]["title"].startswith(word)
            for event in first
            for language, word in (("de", "Beispiel"), ("en", "Sample"))
        )
        clock.now += timedelta(days=20)
        await announce_samples(bot)
        assert len(await shown(bot)) == 2
