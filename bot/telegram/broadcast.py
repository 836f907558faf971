"""The broadcast at work: holds the lease, begins what is due, sends to each recipient, records what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import logs
from bot.announcements.starting import start_due
from bot.telegram.recipients import Recipients, Send
from bot.telegram.tries import until
from storage import leases, occurrences
from storage.database import Database
from storage.models import Occurrence

log = logs.get(__name__)

LEASE = "scheduler"
TICK_SECONDS = 1.0
IDLE_SECONDS = 0.005
Report = Callable[[Occurrence], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Terms:
    """How a broadcast is sent.

    `in_flight`: messages under way at once, which is also how many may be of unknown fate after a crash; `most_errors`:
    refusals in a row after which a sending is paused; `lease`: how long a process that is gone keeps others waiting.
    """

    in_flight: int = 32
    most_errors: int = 5
    lease: timedelta = timedelta(seconds=10)


@dataclass
class Broadcast:
    """Sends occurrences; of all processes only the one with the lease does, and only it claims recipients.

    A claim is committed before a message leaves. What a process had claimed when it died is listed as unknown: it may
    have arrived, and nobody gets an announcement twice without an administrator's wish.
    """

    database: Database
    clock: Callable[[], datetime]
    owner: str
    terms: Terms = field(default_factory=Terms)
    _fence: int | None = None
    _prolong_at: datetime | None = None
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _work: asyncio.Task[None] | None = None
    _sendings: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _stopping: bool = False
    _passes: int = 0

    def start(self, send: Send, report: Report) -> None:
        """Begin to look for what is due; `report` is told of each occurrence that began, is held, paused or ended."""
        self._stopping = False
        self._work = asyncio.create_task(self._run(send, report), name="broadcast")

    def wake(self) -> None:
        """Look now: something was scheduled, or the time has come."""
        self._wake.set()

    async def idle(self) -> None:
        """Wait until all that is due now has been sent; for tests and the terminal."""
        seen = self._passes
        while self._passes < seen + 2 or self._sendings:
            self.wake()
            await asyncio.sleep(IDLE_SECONDS)

    async def stop(self, seconds: float) -> None:
        """Claim nothing more, let what has left arrive and be recorded, and leave the lease to another process."""
        self._stopping = True
        if self._work:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
            self._work = None
        if self._sendings:
            _, unfinished = await asyncio.wait(self._sendings.values(), timeout=seconds)
            for task in unfinished:
                task.cancel()
            if unfinished:
                await asyncio.wait(unfinished)
        if self._fence is not None:
            async with self.database.begin() as session:
                await leases.give_up(session, LEASE, self.owner, now=self.clock())
            self._fence = None

    async def _run(self, send: Send, report: Report) -> None:
        while True:
            self._wake.clear()
            try:
                if await self._holds_lease():
                    await self._begin_due(report)
                    await self._resume(send, report)
            except Exception as error:
                log.error("broadcast failed, trying again", exc_info=error)
            self._passes += 1
            await until(self._wake, TICK_SECONDS)

    async def _holds_lease(self) -> bool:
        """Take or prolong the lease; with a new number, what an earlier owner had under way is of unknown fate.

        It is prolonged when a third of it is over, not at each tick: who has nothing to do writes little.
        """
        now = self.clock()
        if self._fence is not None and self._prolong_at and now < self._prolong_at:
            return True
        async with self.database.begin() as session:
            fence = await leases.take(session, LEASE, self.owner, span=self.terms.lease, now=now)
            if fence is not None and fence != self._fence:
                for occurrence in await occurrences.running(session):
                    unknown = await occurrences.set_unknown(session, occurrence.id)
                    log.info("sending taken over", occurrence=occurrence.id, unknown=unknown)
        self._fence, self._prolong_at = fence, now + self.terms.lease / 3
        return fence is not None

    async def _begin_due(self, report: Report) -> None:
        assert self._fence is not None  # noqa: S101  the lease is held
        async with self.database.read() as session:
            if not await occurrences.due(session, now=self.clock()):
                return
        async with self.database.begin() as session:
            begun = await start_due(session, fence=self._fence, now=self.clock())
        for occurrence in begun:
            await report(occurrence)

    async def _resume(self, send: Send, report: Report) -> None:
        """Give each running occurrence a task: a long one must not keep the others waiting."""
        async with self.database.read() as session:
            running = await occurrences.running(session)
        for occurrence in running:
            if occurrence.id not in self._sendings:
                task = asyncio.create_task(self._send_all(occurrence, send, report), name="sending")
                self._sendings[occurrence.id] = task

    async def _send_all(self, occurrence: Occurrence, send: Send, report: Report) -> None:
        recipients = Recipients(self.database, self.clock, occurrence, self.terms.most_errors)
        try:
            await recipients.send_all(self._claim, send, self.terms.in_flight)
            async with self.database.begin() as session:
                has_ended = await occurrences.finish(session, occurrence.id, now=self.clock())
            if has_ended or recipients.is_paused:
                await report(occurrence)
        except Exception as error:
            log.error("sending failed, trying again", occurrence=occurrence.id, exc_info=error)
        finally:
            self._sendings.pop(occurrence.id, None)

    async def _claim(self, occurrence: Occurrence, limit: int) -> list[tuple[int, str]]:
        if self._stopping or self._fence is None:
            return []
        async with self.database.begin() as session:
            found = await occurrences.claim(
                session, occurrence.id, limit, lease=LEASE, fence=self._fence, now=self.clock()
            )
        return list(found)
