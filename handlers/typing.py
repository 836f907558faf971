"""Show "typing" while an answer takes longer than a moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.constants import ChatAction
from telegram.error import TelegramError

from handlers.context import Context

MOMENT = 0.3
"""Seconds that a person takes for no wait at all; most answers need a hundredth of it."""


@asynccontextmanager
async def typing(context: Context, chat_id: int, action: ChatAction = ChatAction.TYPING) -> AsyncIterator[None]:
    """Tell the chat that the bot writes (or does `action`), when the block takes longer than a moment."""

    async def show() -> None:
        await asyncio.sleep(MOMENT)
        try:
            await context.bot.send_chat_action(chat_id, action)
        except TelegramError:
            return  # It is but a courtesy.

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        task.cancel()
