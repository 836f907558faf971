"""Take up what the inbox holds: per chat in order, across chats in parallel."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.telegram.handling import Departure
from bot.telegram.journal import Journal
from bot.telegram.presence import Displaced, Presence
from bot.telegram.tries import Known, Tries
from bot.telegram.waiting import until
from storage import inbox, sends
from storage.inbox import Claimed

log = logs.get(__name__)

HELD = 1000  # updates in memory
HELD_BY_CHAT = 16  # at which a chat is left out of further claims, so that it cannot crowd out the others
BATCH = 200
POLL_SECONDS = 1.0
SHARED_HELD, SHARED_BATCH = 128, 64
"""Where several processes work: what one has claimed, another that has nothing to do cannot take."""
SHARED_POLL_SECONDS = 0.25


class Dispatcher:
    """Claims updates in batches and has each of them tried until it is done."""

    def __init__(self, journal: Journal, tries: Tries, presence: Presence) -> None:
        self._journal = journal
        self._tries = tries
        self._presence = presence
        shared = presence.is_shared
        self._most, self._batch = (SHARED_HELD, SHARED_BATCH) if shared else (HELD, BATCH)
        self._poll_seconds = SHARED_POLL_SECONDS if shared else POLL_SECONDS
        presence.on_lost.append(self.let_go)
        presence.on_taken.append(self.wake)
        self._wake = asyncio.Event()
        self._queues: dict[int, deque[tuple[Claimed, Known]]] = {}
        self._chats: set[asyncio.Task[None]] = set()
        self._held = 0
        self._outages = 0
        self._claims: asyncio.Task[None] | None = None
        self.finished = 0
        """Updates done or set aside since the start."""

    async def start(self) -> None:
        """Begin to claim and to handle."""
        self._tries.stopping.clear()
        self.finished = 0
        self._claims = asyncio.create_task(self._claim_all(), name="inbox claims")

    def wake(self) -> None:
        """Say that there is something to claim."""
        self._wake.set()

    def is_alive(self) -> bool:
        """Whether updates are claimed."""
        return self._claims is not None and not self._claims.done()

    async def stop(self, seconds: float) -> None:
        """Finish what is in flight, in so many seconds; give the rest back."""
        self._tries.stopping.set()
        if self._claims:
            self._claims.cancel()
            await asyncio.wait({self._claims})
        if self._chats:
            _, unfinished = await asyncio.wait(set(self._chats), timeout=seconds)
            if unfinished:
                log.warning("stopped in the middle", chats=len(unfinished))
                for task in unfinished:
                    task.cancel()
                await asyncio.wait(unfinished)
        await self._give_back(seconds)

    async def let_go(self) -> None:
        """Drop all that is in hand: another process handles it."""
        if chats := set(self._chats):
            for task in chats:
                task.cancel()
            await asyncio.wait(chats)
        self._queues.clear()
        self._held = 0

    async def _give_back(self, seconds: float) -> None:
        held = self._held_ids()
        self._queues.clear()
        self._held = 0
        if not held:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._journal.run(partial(self._release, held))
        except (TimeoutError, Displaced):
            log.warning("claims are left to the next start", updates=len(held))

    async def _release(self, held: list[int], session: AsyncSession) -> None:
        await self._presence.fence(session)
        await inbox.release(session, held)

    async def _claim_all(self) -> None:
        while True:
            self._wake.clear()
            try:
                claimed = await self._claimed(min(self._batch, self._most - self._held))
            except Displaced:
                claimed = []
            except Exception as error:
                log.error("claims failed", exc_info=error)
                claimed = []
            for update, known in claimed:
                self._enqueue(update, known)
            if len(claimed) < self._batch:
                await until(self._wake, self._poll_seconds)

    async def _claimed(self, room: int) -> list[tuple[Claimed, Known]]:
        if room <= 0:
            return []
        owner = self._presence.owner
        claimed = await self._journal.run(partial(self._claim, room))
        # Claimed under a name that others have buried meanwhile: it is theirs.
        return claimed if owner == self._presence.owner else []

    async def _claim(self, room: int, session: AsyncSession) -> list[tuple[Claimed, Known]]:
        await self._presence.fence(session)
        owner = self._presence.owner
        if self._outages != self._journal.outages:
            # A commit may have succeeded without our hearing of it; what it claimed is held by nobody.
            self._outages = self._journal.outages
            await inbox.reopen(session, without=self._held_ids(), owners=[owner])
        full = [key for key, queue in self._queues.items() if len(queue) >= HELD_BY_CHAT]
        claimed = await inbox.claim(session, room, owner=owner, now=self._tries.clock(), without=full)
        known: dict[int, Known] = {update.update_id: {} for update in claimed}
        for send in await sends.of_updates(session, known) if known else ():
            known[send.update_id][send.number, send.method] = Departure(send.departures, send.sent, send.result)
        return [(update, known[update.update_id]) for update in claimed]

    def _held_ids(self) -> list[int]:
        return [update.update_id for queue in self._queues.values() for update, _ in queue]

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
            update, known = queue[0]
            try:
                await self._presence.sure()
                if not await self._tries.until_done(update, known):
                    return
            except Displaced:
                return
            except Exception as error:
                # Its row stays claimed, and is opened again at the next start.
                log.error("update left behind", update_id=update.update_id, exc_info=error)
            queue.popleft()
            self._held -= 1
            self.finished += 1
            if len(queue) == HELD_BY_CHAT - 1 or self._held == self._most - self._batch:
                self._wake.set()
        del self._queues[chat_key]
        if self._presence.others:
            # What came for this chat meanwhile, others had to leave to us.
            self._wake.set()
