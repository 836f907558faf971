"""The broadcast at work: holds the lease, begins what is due, sends to each recipient, records what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.announcements.starting import start_due
from bot.telegram.fence import FenceCopy
from bot.telegram.leadership import Leadership
from bot.telegram.recipients import Recipients, Send
from bot.telegram.waiting import until
from storage import occurrences
from storage.database import Database
from storage.models import Occurrence

log = logs.get(__name__)

TICK_SECONDS = 1.0
IDLE_SECONDS = 0.005
FEWEST_IN_FLIGHT = 32
WAY_SECONDS = 0.15
"""A message's way to Telegram and back, with time to spare: so many of a second's messages are under way."""


class Report(Protocol):
    """Told of each occurrence that began, is held, paused or ended."""

    async def __call__(self, occurrence: Occurrence, *, restored: bool = False) -> None:
        """`restored`: it is held since nobody knows whether it was sent, as after a restore."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a broadcast is sent.

    `in_flight`: messages under way at once, which is also how many may be of unknown fate after a crash; `most_errors`:
    refusals in a row after which a sending is paused; `lease`: how long a process that is gone keeps others waiting.
    """

    in_flight: int = FEWEST_IN_FLIGHT
    most_errors: int = 5
    lease: timedelta = timedelta(seconds=10)

    @classmethod
    def at(cls, messages_per_second: float) -> Terms:
        """Return what keeps up with a pace."""
        return cls(in_flight=max(FEWEST_IN_FLIGHT, round(min(messages_per_second, 10_000) * WAY_SECONDS)))


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
    copy: FenceCopy = field(default_factory=FenceCopy)
    _leadership: Leadership = field(init=False)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _work: asyncio.Task[None] | None = None
    _sendings: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _stopping: bool = False
    _passes: int = 0

    def __post_init__(self) -> None:
        self._leadership = Leadership(self.database, self.clock, self.owner, self.terms.lease, self.copy)

    async def look_back(self) -> None:
        """Hold what is due if the database is older than what was sent; do it before anything is sent."""
        await self._leadership.look_back()

    def start(self, send: Send, report: Report) -> None:
        """Begin to look for what is due."""
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
        await self._leadership.give_up()

    async def _run(self, send: Send, report: Report) -> None:
        while True:
            self._wake.clear()
            try:
                leads = await self._leadership.hold()
                await self._report_held(report)
                if leads:
                    await self._begin_due(report)
                    await self._resume(send, report)
            except Exception as error:
                log.error("broadcast failed, trying again", exc_info=error)
            self._passes += 1
            await until(self._wake, TICK_SECONDS)

    async def _report_held(self, report: Report) -> None:
        while self._leadership.held:
            await report(self._leadership.held.pop(0), restored=True)

    async def _begin_due(self, report: Report) -> None:
        async with self.database.read() as session:
            if not await occurrences.due(session, now=self.clock()):
                return
        begun = await self._leadership.leading(self._begin)
        for occurrence in begun or []:
            await report(occurrence)

    async def _begin(self, session: AsyncSession, fence: int) -> list[Occurrence]:
        return await start_due(session, fence=fence, now=self.clock())

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

    async def _claim(self, work: Callable[[AsyncSession], Awaitable[list[tuple[int, str]]]]) -> list[tuple[int, str]]:
        if self._stopping:
            return []
        return await self._leadership.leading(lambda session, _fence: work(session)) or []
