"""That this process is at work, for the others on the same PostgreSQL; and to take over from those that are not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.telegram.waiting import until
from storage import inbox, outbox, processes
from storage.database import Database

log = logs.get(__name__)

SPAN = timedelta(seconds=8)
BEATS = 4
"""Signs of life in a span. A process that is gone is noticed after one span and one beat: ten seconds."""
LOOK_SECONDS = 0.05


class Displaced(Exception):  # noqa: N818  it is not the fault of what it is raised by
    """Others have taken this process for dead, and handle what it had claimed."""


@dataclass
class Presence:
    """Gives a sign of life in the table `processes`; what is claimed under `owner` is ours while that row is there.

    Who takes over deletes the row first. So a process that was only slow cannot record a thing any more: `fence` says
    so in the transaction itself. On SQLite there is one process, and at its start all others are gone.
    """

    database: Database
    clock: Callable[[], datetime]
    owner: str = field(default_factory=lambda: uuid4().hex)
    span: timedelta = SPAN
    pace: Callable[[], float] = lambda: 0.0
    """Messages a second of late, told to the others."""
    on_beat: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    on_lost: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """To let go of all that is in hand, since others have it."""
    on_taken: list[Callable[[], None]] = field(default_factory=list)
    """To look for what can be claimed now."""
    others: dict[str, float] = field(default_factory=dict)
    """The other processes at the last sign of life, and the messages a second of each."""
    _hurry: asyncio.Event = field(default_factory=asyncio.Event)
    _beats: asyncio.Task[None] | None = None
    _seen_at: float = 0.0

    @property
    def is_shared(self) -> bool:
        """Whether other processes may work on the same database."""
        return not self.database.is_sqlite

    async def start(self) -> None:
        """Begin, and take up what was interrupted."""
        began = asyncio.get_running_loop().time()
        async with self.database.begin() as session:
            if not self.is_shared:
                await processes.bury_all(session)
            await processes.begin(session, self.owner, until=self.clock() + self.span)
        self._seen_at = began
        await self._take_over()
        async with self.database.begin() as session:
            await outbox.try_parked(session)
        if self.is_shared:
            self._beats = asyncio.create_task(self._beat_all(), name="signs of life")

    async def stop(self) -> None:
        """End, when all that was claimed has been given back."""
        if self._beats:
            self._beats.cancel()
            await asyncio.gather(self._beats, return_exceptions=True)
            self._beats = None
        try:
            async with self.database.begin() as session:
                await processes.end(session, self.owner)
        except Exception as error:
            log.warning("others will find out that this process has ended", error=type(error).__name__)

    async def fence(self, session: AsyncSession) -> None:
        """See to it that nobody takes over before this transaction ends; raises Displaced."""
        if not await processes.hold(session, self.owner):
            self._hurry.set()
            raise Displaced

    async def sure(self) -> None:
        """Wait until nobody can have taken over: a process that stood still must look before it goes on."""
        loop = asyncio.get_running_loop()
        while self._beats and loop.time() - self._seen_at >= self.span.total_seconds():
            self._hurry.set()
            await asyncio.sleep(LOOK_SECONDS)

    async def _beat_all(self) -> None:
        while True:
            await until(self._hurry, self.span.total_seconds() / BEATS)
            self._hurry.clear()
            try:
                await self._beat()
            except Exception as error:
                log.warning("sign of life not written", error=type(error).__name__)
                await asyncio.sleep(LOOK_SECONDS)

    async def _beat(self) -> None:
        began = asyncio.get_running_loop().time()
        async with self.database.begin() as session:
            lives = await processes.prolong(
                session, self.owner, until=self.clock() + self.span, pace=round(self.pace(), 2)
            )
            self.others = await processes.living(session)
        if not lives:
            await self._begin_anew()
            return
        del self.others[self.owner]
        # Whoever is first after an outage of the database must not take the others for dead.
        is_steady, self._seen_at = began - self._seen_at < self.span.total_seconds() / 2, began
        if is_steady and await self._take_over():
            for wake in self.on_taken:
                wake()
        for told in self.on_beat:
            await told()

    async def _take_over(self) -> bool:
        """Open again what processes that are gone had claimed; return whether there was anything."""
        async with self.database.begin() as session:
            await processes.bury(session, now=self.clock())
            # First who has claimed, then who lives: a process is there before it claims.
            claimers = await inbox.claimers(session) | await outbox.claimers(session)
            gone = claimers - set(await processes.living(session))
            if not gone:
                return False
            updates = await inbox.reopen(session, owners=gone)
            messages = await outbox.reopen(session, gone)
        log.info("taking up what was interrupted", updates=updates, messages=messages)
        return True

    async def _begin_anew(self) -> None:
        log.warning("other processes have taken over what this one had in hand; it goes on under a new name")
        # From now on nothing is recorded under the old name, and nothing under the new one before it is there.
        self.owner = uuid4().hex
        await asyncio.gather(*(let_go() for let_go in self.on_lost))
        began = asyncio.get_running_loop().time()
        async with self.database.begin() as session:
            await processes.begin(session, self.owner, until=self.clock() + self.span)
        self._seen_at = began
        for wake in self.on_taken:
            wake()
