"""Errors: explained, tried again, and in the end apologised for; the log tells nothing of what was written."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import Any

import pytest

from bot import logs
from bot.answering import Answerer
from bot.app import Running
from bot.errors import BotError
from bot.simulator import Simulator
from tests.handlers.conftest import OWNER

Begin = Callable[..., Any]


@pytest.fixture
def log() -> io.StringIO:
    stream = io.StringIO()
    logs.set_up(stream=stream)
    return stream


async def test_an_unexpected_error_ends_in_an_apology_and_a_line_to_the_owner(
    bot: Running,
    simulator: Simulator,
    talk: Begin,
    monkeypatch: pytest.MonkeyPatch,
    log: io.StringIO,
) -> None:
    owner = talk("de", person_id=OWNER)
    await owner.say("/start")

    def fail(*_: object) -> None:
        raise KeyError("geheim")

    monkeypatch.setattr(Answerer, "reply_to", fail)
    firm = talk("de")
    await firm.person.write("Sehr geheim")
    async with asyncio.timeout(30):
        while len(owner.messages()) < 2:
            await asyncio.sleep(0.01)
    apology = firm.messages()[-1]["text"]
    reference = apology.split("Kennung: ")[1]
    assert "Bei uns ist leider etwas schiefgegangen" in apology
    assert owner.messages()[-1]["text"] == f"Ein Update ließ sich nicht bearbeiten: KeyError, Kennung {reference}."
    assert len(firm.messages()) == 1
    assert f'"update_id": {int(reference, 16)}' in log.getvalue()
    assert "KeyError" in log.getvalue()
    assert "geheim" not in log.getvalue()
    assert "Muster" not in log.getvalue()


async def test_an_expected_error_is_explained_at_once(
    bot: Running, talk: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoTextError(BotError):
        template = "only_text.html"

    def refuse(*_: object) -> None:
        raise NoTextError

    monkeypatch.setattr(Answerer, "reply_to", refuse)
    assert "nur Text lesen" in await talk("de").say("Wo sitzt FPI?")


async def test_a_person_who_has_blocked_the_bot_does_no_harm(bot: Running, talk: Begin) -> None:
    firm, other = talk("de"), talk("de")
    await firm.say("/start")
    await firm.person.write("Wo sitzt FPI?")
    await firm.person.block()
    assert "Bielefeld" in await other.say("Wo sitzt FPI?")
