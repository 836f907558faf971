"""Texts are erased when they have had their time; the bot does it by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.app import Running
from bot.enquiries import close
from bot.privacy.retention import Retention
from bot.settings import Settings
from handlers.housekeeping import on_night
from storage import drafts, enquiries, routing_examples
from storage.models import Outcome, Question
from storage.routing_examples import Correction
from tests.handlers.conftest import NOW
from tests.handlers.enquiring import Asking

DAYS = Retention(Settings()).days


async def test_old_questions_go_by_themselves(bot: Running, talk: Callable[..., Any]) -> None:
    await talk("de").say("Wie wird morgen das Wetter?")
    async with bot.services.database.begin() as session:
        (question,) = await session.scalars(select(Question))
        question.asked_at = NOW - timedelta(days=DAYS["questions"] + 1)
    async with asyncio.timeout(10):
        while await _count(bot):
            await asyncio.sleep(0.05)


async def test_texts_of_old_corrections_go_by_themselves(bot: Running) -> None:
    correction = Correction("de", "Kühlraum", [], None, "storage", None)
    async with bot.services.database.begin() as session:
        made_at = NOW - timedelta(days=DAYS["questions"] + 1)
        await routing_examples.record(session, 1, correction, now=made_at)
    async with asyncio.timeout(10):
        while await _corrections(bot):
            await asyncio.sleep(0.05)


async def test_old_drafts_and_withdrawn_enquiries_go_by_themselves(bot: Running, talk: Callable[..., Any]) -> None:
    asking = Asking(bot, talk("de").person)
    await asking.open("nieke")
    async with bot.services.database.begin() as session:
        enquiry = await enquiries.by_id(session, asking.id)
        assert enquiry is not None
        await close(
            session,
            enquiry,
            None,
            "nieke",
            Outcome.WITHDRAWN,
            now=NOW - timedelta(days=DAYS["withdrawn"] + 1),
        )
        await drafts.begin(session, 7, now=NOW - timedelta(days=DAYS["drafts"] + 1))
    assert await _kept(bot, asking.person.id)
    await on_night(bot.application.context_types.context(bot.application))
    assert not await _kept(bot, asking.person.id)


async def _kept(bot: Running, person: int) -> bool:
    async with bot.services.database.read() as session:
        return bool(await enquiries.of_person(session, person) or await drafts.of(session, 7))


async def _corrections(bot: Running) -> int:
    async with bot.services.database.read() as session:
        return len(await routing_examples.for_editors(session))


async def _count(bot: Running) -> int:
    async with bot.services.database.read() as session:
        return len((await session.scalars(select(Question))).all())
