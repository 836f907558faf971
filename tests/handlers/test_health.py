"""How the bot is: shown to owners, told once, and told when it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.app import Running
from bot.simulator import Fault, Simulator
from bot.telegram.leadership import LEASE
from handlers import health
from storage import inbox
from storage.database import Database
from storage.inbox import Failed, Received
from storage.readings import SCHEDULER
from tests.handlers.conftest import OWNER, Clock

Begin = Callable[..., Any]
LOST = 4_000_000_000


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read anew each time: time does not pass in a test."""
    monkeypatch.setattr("bot.health.state.FRESH_SECONDS", 0.0)
    monkeypatch.setattr("handlers.health.HOST", "a-1")


@pytest.fixture
async def owner(talk: Begin) -> Any:
    begun = talk("de", person_id=OWNER)
    await begun.say("/start")
    return begun


async def look(bot: Running) -> None:
    await health.on_minute(bot.application.context_types.context(bot.application))


async def leave_waiting(database: Database, clock: Clock, **span: float) -> None:
    """Have an update wait since so long, as if its handler hung: claimed by nobody who works on it."""
    received = Received(LOST, LOST, {"update_id": LOST})
    async with database.begin() as session:
        await inbox.receive(session, [received], now=clock() - timedelta(**span))
        await inbox.claim(session, 1, owner="gone", now=clock())


async def settle(database: Database, clock: Clock) -> None:
    async with database.begin() as session:
        await inbox.finish(session, [LOST], now=clock())


async def test_owners_see_the_figures_and_nobody_else(owner: Any, talk: Begin) -> None:
    shown = await owner.say("/health")
    assert "Alles in Ordnung." in shown
    assert "Nachrichten an den Bot: keine wartet." in shown  # but for this question
    assert "Versand durch: diesen Prozess" in shown
    refused = await talk("de").say("/health")
    assert "Das dürfen nur der Eigentümer des Bots und die Verwaltung aller Cluster." in refused
    assert "Nachrichten an den Bot" not in refused


async def test_an_alert_is_told_once_and_its_end_once(bot: Running, owner: Any, clock: Clock) -> None:
    database, told = bot.services.database, len(owner.messages())
    await leave_waiting(database, clock, seconds=90)
    for _ in range(3):
        await look(bot)
    assert len(owner.messages()) == told + 1
    assert "Nachrichten an den Bot warten zu lange, die älteste seit 90 s." in owner.messages()[-1]["text"]
    await settle(database, clock)
    for _ in range(3):
        await look(bot)
    assert len(owner.messages()) == told + 2
    assert owner.messages()[-1]["text"].startswith("Vorbei: ")


async def test_what_comes_back_at_once_is_not_told_again_before_a_quarter_of_an_hour(
    bot: Running, owner: Any, clock: Clock
) -> None:
    database = bot.services.database
    await leave_waiting(database, clock, seconds=90)
    await look(bot)
    await settle(database, clock)
    await look(bot)
    told = len(owner.messages())
    bot.services.health.thresholds = _with(bot, inbox_seconds=0)
    await look(bot)
    assert len(owner.messages()) == told
    clock.pass_(minutes=16)
    await look(bot)
    assert len(owner.messages()) == told + 1


async def test_between_wrong_and_well_nothing_is_told(bot: Running, owner: Any, clock: Clock) -> None:
    database = bot.services.database
    await leave_waiting(database, clock, seconds=90)
    await look(bot)
    told = len(owner.messages())
    bot.services.health.thresholds = _with(bot, inbox_seconds=100)
    await look(bot)
    assert len(owner.messages()) == told


async def test_an_alert_that_reached_nobody_is_told_later(
    bot: Running, owner: Any, clock: Clock, simulator: Simulator
) -> None:
    await leave_waiting(bot.services.database, clock, seconds=90)
    simulator.faults.add(Fault("error", "sendMessage", status=502))
    told = len(owner.messages())
    await look(bot)
    assert len(owner.messages()) == told
    await look(bot)
    assert len(owner.messages()) == told + 1


async def test_what_was_given_up_and_errors_are_shown(bot: Running, owner: Any, clock: Clock) -> None:
    await leave_waiting(bot.services.database, clock, seconds=1)
    async with bot.services.database.begin() as session:
        await inbox.set_aside(session, [Failed(LOST, 3, "KeyError")], now=clock())
    bot.services.health.thresholds = _with(bot, errors=0)
    shown = await owner.say("/health")
    assert "Eine Sache braucht Aufmerksamkeit" in shown
    assert "Eine Nachricht ließ sich auch nach drei Versuchen nicht bearbeiten." in shown
    assert "→ Fehler in den letzten fünf Minuten auf a-1: 0" in shown


async def test_answers_and_waits_are_counted(bot: Running, talk: Begin) -> None:
    value = bot.services.health.meters.registry.get_sample_value
    await talk("de").say("Wo sitzt FPI?")
    assert value("gfcbot_answers_total", {"band": "answer"}) == 1
    assert (value("gfcbot_updates_handled_total") or 0) >= 1
    assert (value("gfcbot_send_wait_seconds_count", {"lane": "interactive"}) or 0) >= 1
    assert value("gfcbot_telegram_contact_timestamp_seconds")


def test_the_lease_that_is_shown_is_the_broadcasts() -> None:
    assert SCHEDULER == LEASE


def _with(bot: Running, **thresholds: float) -> Any:
    return replace(bot.services.health.thresholds, **thresholds)
