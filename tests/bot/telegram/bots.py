"""Small bots on the edge, for its tests and benchmarks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, ExtBot, MessageHandler, filters
from telegram.request import BaseRequest

from bot.clock import utc_now
from bot.telegram.handling import current
from bot.telegram.inbox import Inbox, Terms
from bot.telegram.journal import Journal
from bot.telegram.lanes import Lanes, Pace
from bot.telegram.ledger import Ledger
from bot.telegram.presence import Presence
from bot.telegram.tries import SetAside, report_to_nobody
from storage.database import Database

Context = ContextTypes.DEFAULT_TYPE
OnMessage = Callable[[Update, Context], Coroutine[Any, Any, None]]
TOKEN = "1:SIMULATED"
MARK = " (again)"
IMPATIENT = Terms(patience=0.01)
UNLIMITED = Pace.unlimited()


@dataclass(frozen=True)
class SmallBot:
    application: Application[Any, Any, Any, Any, Any, Any]
    inbox: Inbox


@asynccontextmanager
async def running(  # noqa: PLR0913  a test names what it needs
    database: Database,
    request: BaseRequest,
    on_message: OnMessage,
    *,
    url: str = "https://api.telegram.org",
    terms: Terms = IMPATIENT,
    pace: Pace = UNLIMITED,
    on_set_aside: SetAside = report_to_nobody,
    polling: bool = True,
    presence: Presence | None = None,
) -> AsyncIterator[SmallBot]:
    """Run a bot that calls `on_message` for each message."""
    presence = presence or Presence(database, utc_now)
    journal = Journal(database, utc_now, presence)
    lanes = Lanes(pace, Ledger(journal))
    bot = ExtBot(
        TOKEN, f"{url}/bot", f"{url}/file/bot", request=request, get_updates_request=request, rate_limiter=lanes
    )
    application = Application.builder().bot(bot).updater(None).build()
    application.add_handler(MessageHandler(filters.ALL, on_message))
    application.add_error_handler(on_error)
    inbox = Inbox(application, journal, terms, presence=presence, on_set_aside=on_set_aside)
    async with application:
        await presence.start()
        await inbox.start(polling=polling)
        try:
            yield SmallBot(application, inbox)
        finally:
            await inbox.stop()
            await presence.stop()


async def on_error(_update: object, context: Context) -> None:
    handling = current()
    assert handling
    assert context.error
    handling.fail(context.error)


async def echo(update: Update, context: Context) -> None:
    """Answer with the same text."""
    assert update.message
    await say(update, context, update.message.text or "")


async def say(update: Update, context: Context, text: str) -> None:
    """Send a text, marked when it may have arrived before."""
    assert update.effective_chat
    handling = current()
    mark = MARK if handling and handling.repeats_next_send() else ""
    await context.bot.send_message(update.effective_chat.id, text + mark)
