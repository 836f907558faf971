"""The inbox at work: intake, dispatch and journal, started and stopped together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from telegram import Update
from telegram.ext import Application

from bot import logs
from bot.clock import utc_now
from bot.telegram.dispatcher import Dispatcher
from bot.telegram.handling import Handling
from bot.telegram.intake import Payload, Polling, chat_key
from bot.telegram.journal import Journal
from bot.telegram.presence import Presence
from bot.telegram.tries import SetAside, Tries, report_to_nobody
from bot.telegram.watching import Unwatched, Watch
from storage import inbox
from storage.inbox import Received

log = logs.get(__name__)

PRUNE_SECONDS = 3600.0
IDLE_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Terms:
    """How the inbox works.

    `concurrency` is the number of chats that are handled at once, `limit` the number of unfinished updates at which
    intake pauses; `stop_seconds` bounds the end, `poll_seconds` is the length of a long poll; `patience` is a factor on
    the waits before further tries.
    """

    concurrency: int = 32
    limit: int = 10_000
    stop_seconds: float = 10.0
    poll_seconds: int = 25
    patience: float = 1.0
    kept: timedelta = timedelta(days=7)
    """How long the number of a done update stays, so that a repetition is known."""


class Intake(Protocol):
    """Brings updates to `Inbox.receive`, or has them brought."""

    async def run(self) -> None:
        """Work for ever; raises StartError when there is no use in it any more."""

    async def settle(self) -> None:
        """Return when what was sent before this call has been brought, as far as can be known."""


class Inbox:
    """Stores what Telegram sends and lets `application` handle it, so that nothing is lost and nothing done twice.

    `on_set_aside` gets the identifier and the error of an update that was given up. Without an `intake` it polls.
    Handlers must not be registered with block=False: an update counts as done when its handlers have returned.
    """

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        journal: Journal,
        terms: Terms = Terms(),
        *,
        presence: Presence,
        on_set_aside: SetAside = report_to_nobody,
        clock: Callable[[], datetime] = utc_now,
        intake: Intake | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._application = application
        self._journal = journal
        self._terms = terms
        self._clock = clock
        self._unfinished_at_start = 0
        self._received = 0
        slots = asyncio.Semaphore(terms.concurrency)
        tries = Tries(journal, self._handle, slots, clock, on_set_aside, terms.patience)
        self._dispatcher = Dispatcher(journal, tries, presence)
        presence.on_beat.append(self._count_again)
        self._watch = watch or Unwatched()
        bot = application.bot
        self._brings = intake or Polling(
            bot.request, bot.base_url, self.receive, self.has_room, seconds=terms.poll_seconds, watch=self._watch
        )
        self._intake: asyncio.Task[None] | None = None
        self._pruning: asyncio.Task[None] | None = None

    async def start(self, *, polling: bool = True) -> None:
        """Begin, with what a dead process had left; without `polling`, only `receive` brings updates."""
        self._journal.start()
        try:
            self._unfinished_at_start = await self._journal.run(inbox.count_unfinished)
            self._received = 0
            await self._dispatcher.start()
        except BaseException:
            await self._journal.stop(0)
            raise
        self._pruning = asyncio.create_task(self._prune(), name="inbox pruning")
        if polling:
            self._intake = asyncio.create_task(self._brings.run(), name="inbox intake")

    async def stop(self) -> None:
        """Take nothing new, finish what is in flight within the time given, and leave the rest for the next start."""
        for task in (self._intake, self._pruning):
            if task:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        self._intake = self._pruning = None
        await self._dispatcher.stop(self._terms.stop_seconds)
        await self._journal.stop(self._terms.stop_seconds)

    def is_alive(self) -> bool:
        """Whether updates are taken in and handled."""
        return self._intake is not None and not self._intake.done() and self._dispatcher.is_alive()

    async def failed(self) -> None:
        """Wait until intake ends for good; raises StartError, which says why."""
        if self._intake:
            await asyncio.shield(self._intake)

    async def receive(self, updates: Sequence[Payload]) -> None:
        """Store updates as they came and have them handled; returns when they are kept."""
        received = [Received(update["update_id"], chat_key(update), update) for update in updates]
        new = await self._journal.run(partial(inbox.receive, updates=received, now=self._clock()))
        self._received += new
        self._dispatcher.wake()

    async def idle(self) -> None:
        """Wait until everything that has been sent to the bot is handled, but for what waits for its next try."""
        before = -1
        while before != self._received:
            before = self._received
            if self._intake and not self._intake.done():
                await self._brings.settle()
            while await self._journal.run(partial(inbox.count_unfinished, due=self._clock())):  # noqa: ASYNC110
                await asyncio.sleep(IDLE_SECONDS)

    def has_room(self) -> bool:
        """Whether more updates may come in; Telegram keeps them otherwise."""
        return self._unfinished_at_start + self._received - self._dispatcher.finished < self._terms.limit

    async def _count_again(self) -> None:
        """Count what waits: other processes handle what this one has received, and the other way round."""
        if self._pruning:
            unfinished = await self._journal.run(inbox.count_unfinished)
            self._unfinished_at_start = unfinished - self._received + self._dispatcher.finished

    async def _handle(self, payload: dict[str, Any], handling: Handling) -> None:
        began = asyncio.get_running_loop().time()
        try:
            update = Update.de_json(payload, self._application.bot)
            await self._application.process_update(update)
        except Exception as error:
            handling.fail(error)
        self._watch.handled(asyncio.get_running_loop().time() - began, handling.failure)

    async def _prune(self) -> None:
        while True:
            try:
                await self._journal.run(partial(inbox.prune, before=self._clock() - self._terms.kept))
            except Exception as error:
                log.error("pruning failed", exc_info=error)
            await asyncio.sleep(PRUNE_SECONDS)
