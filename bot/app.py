"""The composition root: makes the parts from the settings and holds them together while the bot runs."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, repeat
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot
from telegram.request import BaseRequest

import handlers
from bot import logs
from bot.answering import Answerer
from bot.answering.content import Content, load_content
from bot.answering.library import in_use
from bot.answering.vectors import kept_encoder
from bot.clock import utc_now
from bot.enquiries.service_terms import load_service
from bot.errors import StartError
from bot.health import Health, Thresholds
from bot.privacy.remembering import Memory
from bot.routing import Router
from bot.settings import PREFIX, Settings
from bot.telegram import broadcast as announcing
from bot.telegram.fence import FenceCopy
from bot.telegram.hook import Hook
from bot.telegram.inbox import Inbox, Terms
from bot.telegram.journal import Journal
from bot.telegram.lanes import Lanes, Pace
from bot.telegram.ledger import Ledger
from bot.telegram.outbox import Outbox
from bot.telegram.presence import Presence
from bot.telegram.request import AiohttpRequest
from bot.texts import Texts
from bot.web import hook_secret, serving, sites
from handlers.announcing import delivery, reporting
from handlers.context import App, Context, Services
from handlers.relaying import delivering
from storage import rotation
from storage.database import Database
from storage.keys import SealError
from storage.migrations import upgrade
from storage.schema import SchemaError

log = logs.get(__name__)

FIRST_WAITS = (1, 2, 5, 10)
LONGEST_WAIT = 30  # seconds


@dataclass(frozen=True, slots=True)
class Running:
    """A bot at work."""

    services: Services
    application: App
    inbox: Inbox

    async def idle(self) -> None:
        """Wait until all that was sent to the bot is handled, and all that this causes is sent."""
        await self.inbox.idle()
        while not await self.services.outbox.is_idle():
            await self.services.outbox.idle()
            await self.inbox.idle()


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    request: Callable[[], BaseRequest] | None = None,
    understanding: Understanding | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> AsyncIterator[Running]:
    """Run the bot inside the block; leaving it finishes what is in flight. Raises StartError."""
    token = settings.required_token()
    service = load_service(settings.service_file)
    async with AsyncExitStack() as stack:
        database = await open_database(settings)
        stack.push_async_callback(database.close)
        async with database.begin() as session:
            await rotation.note_key(session, database.keys.ring, now=clock())
        # Before anything leaves: a back-up may have brought back people who were forgotten.
        await Memory.beside(database, settings.kept_beside()).erase_again(always=True, now=clock())
        texts = Texts.load(zone=settings.timezone)
        understood = understanding or await _understanding(database, clock())
        presence = Presence(database, clock)
        outbox = Outbox(database, clock, presence, settings.concurrency)
        terms = announcing.Terms.at(settings.messages_per_second)
        broadcast = announcing.Broadcast(database, clock, uuid4().hex, terms, FenceCopy(settings.kept_fence()))
        health = Health(database, clock, broadcast.owner, Thresholds.of(settings))
        stack.enter_context(health.counting())
        services = Services(
            settings, database, texts, understood.answerer, understood.router, service, clock, outbox, broadcast, health
        )
        application, inbox = build(services, token, request or (lambda: telegram_request(settings)))
        health.is_alive = inbox.is_alive
        served = sites(settings, health, inbox.receive, inbox.has_room)
        await stack.enter_async_context(serving(served, stop_seconds=settings.stop_seconds))
        await _initialize(application)
        stack.push_async_callback(application.shutdown)
        await application.start()
        stack.push_async_callback(application.stop)
        await _publish(application, texts)
        await broadcast.look_back()
        await presence.start()
        stack.push_async_callback(presence.stop)
        await outbox.start(partial(delivering.deliver, application))
        stack.push_async_callback(outbox.stop, settings.stop_seconds)
        broadcast.start(partial(delivery.send, application), partial(reporting.report, application))
        stack.push_async_callback(broadcast.stop, settings.stop_seconds)
        await inbox.start()
        stack.push_async_callback(inbox.stop)
        yield Running(services, application, inbox)


def build(services: Services, token: str, request: Callable[[], BaseRequest]) -> tuple[App, Inbox]:
    """Build application and inbox: nothing is started, nothing is sent."""
    settings = services.settings
    presence, meters = services.outbox.presence, services.health.meters
    journal = Journal(services.database, services.clock, presence)
    bot = ExtBot(
        token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=request(),
        get_updates_request=request(),
        rate_limiter=Lanes(_pace(settings), Ledger(journal), meters),
    )
    application: App = Application.builder().bot(bot).updater(None).context_types(ContextTypes(context=Context)).build()
    application.bot_data["services"] = services
    handlers.register(application)
    kept = timedelta(days=settings.keep_updates_days)
    terms = Terms(settings.concurrency, settings.inbox_limit, settings.stop_seconds, kept=kept)
    on_set_aside = partial(handlers.errors.on_set_aside, application)
    hook = Hook(bot, settings.webhook_url, hook_secret(settings), watch=meters) if settings.webhook_url else None
    inbox = Inbox(
        application,
        journal,
        terms,
        presence=presence,
        on_set_aside=on_set_aside,
        clock=services.clock,
        intake=hook,
        watch=meters,
    )
    return application, inbox


async def open_database(settings: Settings) -> Database:
    """Open the database and bring its schema up to date; raises StartError with one readable line."""
    database = Database(settings.database_url, settings.keys())
    try:
        database.require_file()
        if not await upgrade(database):
            log.warning("schema of a later version, which only added; going on with it")
        async with database.read() as session:
            await rotation.require_keys(session, database.keys)
    except SealError as error:
        await database.close()
        raise StartError(f"keys: {error}; nothing was changed, see {PREFIX}DATA_KEYS and {PREFIX}KEY_FILE") from None
    except (SQLAlchemyError, sqlite3.Error, SchemaError, OSError) as error:
        await database.close()
        raise StartError(f"database: {reason(error)}; see {PREFIX}DATABASE_URL") from None
    return database


class Understanding(NamedTuple):
    """What reads questions and enquiries, over one content."""

    answerer: Answerer
    router: Router

    @classmethod
    def over(cls, content: Content) -> Understanding:
        """Fit both to a content; seconds of work."""
        encoder = kept_encoder()
        return cls(Answerer(content, encoder), Router.over(content, encoder))


async def _understanding(database: Database, now: datetime) -> Understanding:
    """Read the content in use, beside the loop."""
    content = await in_use(database, await asyncio.to_thread(load_content), now=now)
    return await asyncio.to_thread(Understanding.over, content)


def reason(error: Exception) -> str:
    """Return the first line of what the driver said, without statement or address."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def _pace(settings: Settings) -> Pace:
    return Pace(
        messages_per_second=settings.messages_per_second,
        chat_messages_per_second=settings.chat_messages_per_second,
        chat_burst=settings.chat_burst,
        group_messages_per_minute=settings.group_messages_per_minute,
    )


def telegram_request(settings: Settings) -> BaseRequest:
    """Return the way to Telegram over the network."""
    return AiohttpRequest(connect_timeout=settings.connect_seconds, read_timeout=settings.read_seconds)


async def _initialize(application: App) -> None:
    """Make Telegram's acquaintance; while it cannot be reached, wait up to half a minute and try again."""
    for seconds in chain(FIRST_WAITS, repeat(LONGEST_WAIT)):
        try:
            await application.initialize()
        except TelegramError as error:
            await application.bot.shutdown()
            if not isinstance(error, NetworkError) or isinstance(error, BadRequest):
                raise start_error(error) from None
            log.warning("Telegram cannot be reached, trying again", setting=f"{PREFIX}API_URL", seconds=seconds)
            await asyncio.sleep(seconds)
        else:
            return


def start_error(error: TelegramError) -> StartError:
    """Say in one line why Telegram does not take us."""
    if isinstance(error, InvalidToken):
        return StartError(f"{PREFIX}TOKEN was refused by Telegram; ask BotFather for the right one")
    return StartError(f"Telegram cannot be reached ({type(error).__name__}); see {PREFIX}API_URL")


async def _publish(application: App, texts: Texts) -> None:
    """Set the command menu; a bot whose menu is old still answers."""
    try:
        await handlers.commands.publish(application.bot, texts)
    except TelegramError as error:
        log.warning("command menu not set", exc_info=error)
