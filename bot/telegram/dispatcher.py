"""Handle what the inbox holds: per chat in order, across chats in parallel, again after a failure."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.telegram.handling import Departure, Handling, begin
from bot.telegram.journal import Journal
from storage import inbox, sends
from storage.inbox import Claimed, Failed

log = logs.get(__name__)

Handle = Callable[[dict[str, object], Handling], Awaitable[None]]
SetAside = Callable[[int, BaseException], Awaitable[None]]
Known = dict[tuple[int, str], Departure]

TRIES = 3
HELD = 1000  # updates in memory
HELD_BY_CHAT = 16  # at which a chat is left out of further claims, so that it cannot crowd out the others
BATCH = 200
POLL_SECONDS = 1.0
LONGEST_WAIT = 30.0  # seconds


async def forget_set_aside(_update_id: int, _error: BaseException) -> None:
    """Report to nobody; the log has it."""


class Dispatcher:
    """Claims updates in batches and runs `handle` for each, at most `concurrency` at once.

    An update whose handling fails is tried again after 1 and 4 seconds and then set aside and reported. Failures that
    say nothing about the update are not counted, and are tried again after up to 30 seconds.
    """

    def __init__(
        self,
        journal: Journal,
        handle: Handle,
        *,
        concurrency: int = 32,
        patience: float = 1.0,
        on_set_aside: SetAside = forget_set_aside,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._journal = journal
        self._handle = handle
        self._concurrency = asyncio.Semaphore(concurrency)
        self._patience = patience
        self._on_set_aside = on_set_aside
        self._clock = clock
        self._owner = uuid.uuid4().hex
        self._wake = asyncio.Event()
        self._queues: dict[int, deque[tuple[Claimed, Known]]] = {}
        self._chats: set[asyncio.Task[None]] = set()
        self._known: dict[int, Known] = {}
        self._held = 0
        self._claims: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self.finished = 0
        """Updates done or set aside since the start."""

    async def start(self) -> None:
        """Open again what a dead process had claimed, then begin to claim and to handle."""
        if reopened := await self._journal.run(inbox.reopen):
            log.info("taking up what was interrupted", updates=reopened)
        for send in await self._journal.run(sends.of_unfinished):
            departure = Departure(send.departures, send.sent, send.result)
            self._known.setdefault(send.update_id, {})[send.number, send.method] = departure
        self._stopping.clear()
        self.finished = 0
        self._claims = asyncio.create_task(self._claim_all(), name="inbox claims")

    def wake(self) -> None:
        """Say that there is something to claim."""
        self._wake.set()

    async def stop(self, seconds: float) -> None:
        """Finish what is in flight, in so many seconds; give the rest back."""
        self._stopping.set()
        if self._claims:
            self._claims.cancel()
            await asyncio.wait({self._claims})
        if self._chats:
            _, unfinished = await asyncio.wait(set(self._chats), timeout=seconds)
            for task in unfinished:
                task.cancel()
            if unfinished:
                log.warning("stopped in the middle", chats=len(unfinished))
                await asyncio.wait(unfinished)
        if held := [claimed.update_id for queue in self._queues.values() for claimed, _ in queue]:
            await self._journal.run(partial(inbox.release, update_ids=held))
        self._queues.clear()
        self._held = 0

    async def _claim_all(self) -> None:
        while True:
            self._wake.clear()
            try:
                room = min(BATCH, HELD - self._held)
                claimed = await self._journal.run(partial(self._claim, room)) if room > 0 else []
            except Exception as error:
                log.error("claims failed", exc_info=error)
                claimed = []
                await asyncio.sleep(POLL_SECONDS)
            for update in claimed:
                self._enqueue(update, self._known.pop(update.update_id, {}))
            if len(claimed) < BATCH:
                await _until(self._wake, POLL_SECONDS)

    async def _claim(self, room: int, session: AsyncSession) -> list[Claimed]:
        full = [key for key, queue in self._queues.items() if len(queue) >= HELD_BY_CHAT]
        return await inbox.claim(session, room, owner=self._owner, now=self._clock(), without=full)

    def _enqueue(self, update: Claimed, known: Known) -> None:
        self._held += 1
        queue = self._queues.get(update.chat_key)
        if queue is not None:
            queue.append((update, known))
            return
        self._queues[update.chat_key] = deque([(update, known)])
        task = asyncio.create_task(self._handle_chat(update.chat_key), name="inbox chat")
        self._chats.add(task)
        task.add_done_callback(self._chats.discard)

    async def _handle_chat(self, chat_key: int) -> None:
        queue = self._queues[chat_key]
        while queue:
            try:
                if not await self._handle_until_done(*queue[0]):
                    return
            except Exception as error:
                # Its row stays claimed, and is opened again at the next start.
                log.error("update left behind", update_id=queue[0][0].update_id, exc_info=error)
            queue.popleft()
            self._held -= 1
            self.finished += 1
            if len(queue) == HELD_BY_CHAT - 1 or self._held == HELD - BATCH:
                self._wake.set()
        del self._queues[chat_key]

    async def _handle_until_done(self, update: Claimed, known: Known) -> bool:
        handling = Handling(update.update_id, sends=known)
        failures, passing = update.attempts, 0
        due = update.next_try_at
        while await self._is_time(due):
            handling.restart(failures + 1, last_try=failures + 1 >= TRIES)
            error = await self._try(update, handling)
            if error is None:
                await self._journal.finish(update.update_id)
                return True
            is_passing = handling.is_passing(error)
            failures, passing = (failures, passing + 1) if is_passing else (failures + 1, 0)
            if failures >= TRIES:
                await self._set_aside(update.update_id, failures, error)
                return True
            due = await self._postpone(update.update_id, failures, passing, error)
        return False

    async def _is_time(self, due: datetime | None) -> bool:
        """Wait until it is `due`; False when everything stops."""
        if due and not self._stopping.is_set():
            await _until(self._stopping, (due - self._clock()).total_seconds())
        return not self._stopping.is_set()

    async def _set_aside(self, update_id: int, failures: int, error: BaseException) -> None:
        name = type(error).__name__
        log.error("update set aside", update_id=update_id, error=name, exc_info=error)
        await self._journal.set_aside(Failed(update_id, failures, name))
        try:
            await self._on_set_aside(update_id, error)
        except Exception as failure:
            log.error("report failed", update_id=update_id, exc_info=failure)

    async def _postpone(self, update_id: int, failures: int, passing: int, error: BaseException) -> datetime:
        name, seconds = type(error).__name__, self._patience * _wait(failures, passing)
        log.warning("update will be tried again", update_id=update_id, error=name, seconds=round(seconds, 1))
        due = self._clock() + timedelta(seconds=seconds)
        await self._journal.postpone(Failed(update_id, failures, name, due))
        return due

    async def _try(self, update: Claimed, handling: Handling) -> BaseException | None:
        begin(handling)
        try:
            async with self._concurrency:
                await self._handle(update.payload, handling)
        except Exception as error:
            handling.fail(error)
        finally:
            begin(None)
        return handling.failure


async def _until(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, but no longer than so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return


def _wait(failures: int, passing: int) -> float:
    """Return seconds: 1, 4 after failures that count; 1, 4, 16, 30, 30 and so on, spread a little, after others."""
    if not passing:
        return float(4 ** (failures - 1))
    return min(LONGEST_WAIT, float(4 ** min(passing - 1, 5))) * random.uniform(0.8, 1.0)  # noqa: S311
