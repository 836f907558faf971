"""Texts are erased when they have had their time; the bot does it by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.app import Running
from handlers.housekeeping import ASKED
from storage.models import Question
from tests.handlers.conftest import NOW


async def test_old_questions_go_by_themselves(bot: Running, talk: Callable[..., Any]) -> None:
    await talk("de").say("Wie wird morgen das Wetter?")
    async with bot.services.database.begin() as session:
        (question,) = await session.scalars(select(Question))
        question.asked_at = NOW - ASKED - timedelta(days=1)
    async with asyncio.timeout(10):
        while await _count(bot):
            await asyncio.sleep(0.05)


async def _count(bot: Running) -> int:
    async with bot.services.database.read() as session:
        return len((await session.scalars(select(Question))).all())
