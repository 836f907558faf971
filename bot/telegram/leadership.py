"""Who may send announcements: the holder of the lease, on a database that is not older than what has left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.announcements.starting import hold_all
from bot.telegram.fence import FenceCopy
from storage import leases, occurrences, outbox
from storage.database import Database
from storage.models import Occurrence

log = logs.get(__name__)

Value = TypeVar("Value")
Work = Callable[[AsyncSession, int], Awaitable[Value]]

LEASE = "scheduler"


@dataclass
class Leadership:
    """Takes, prolongs and gives up the lease, and raises its number before anything leaves."""

    database: Database
    clock: Callable[[], datetime]
    owner: str
    span: timedelta
    copy: FenceCopy = field(default_factory=FenceCopy)
    held: list[Occurrence] = field(default_factory=list)
    """What was found after a restore, for whoever tells the administrators."""
    _fence: int | None = None
    _prolong_at: datetime | None = None
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look_back(self) -> None:
        """Hold what is due if the database is older than the copy, as after a restore; `held` is then what it was.

        What was about to be sent may have been sent: an administrator decides about announcements, and messages
        about enquiries are marked as possible repetitions.
        """
        # The file first: it is never ahead of a database that has not been restored.
        copied = await asyncio.to_thread(self.copy.read)
        async with self.database.read() as session:
            holder = await leases.holder(session, LEASE)
        if copied <= (holder.fence if holder else 0):
            return
        now = self.clock()
        async with self.database.begin() as session:
            holder = await leases.holder(session, LEASE, lock=True)
            if copied <= (holder.fence if holder else 0):
                return
            await leases.lift(session, LEASE, copied + 1, now=now)
            held = await hold_all(session, now=now)
            await outbox.mark_planned(session)
        self._fence = None
        self.held += held
        log.error("database is older than what has been sent, as after a restore", held=len(held))

    async def hold(self) -> bool:
        """Take or prolong the lease; with a new owner, what an earlier one had under way is of unknown fate.

        It is prolonged when a third of it is over, not at each tick: who has nothing to do writes little.
        """
        now = self.clock()
        if self._fence is not None and self._prolong_at and now < self._prolong_at:
            return True
        await self.look_back()
        async with self._one_at_a_time:
            async with self.database.begin() as session:
                fence = await self._take(session, now)
            await self._know(fence)
        self._prolong_at = now + self.span / 3
        return fence is not None

    async def leading(self, work: Work[Value]) -> Value | None:
        """Raise the number and run `work` with it, in one transaction; None when the lease is somebody else's."""
        async with self._one_at_a_time:
            if self._fence is None:
                return None
            async with self.database.begin() as session:
                fence = await leases.advance(session, LEASE, self.owner, known=self._fence)
                result = await work(session, fence) if fence is not None else None
            await self._know(fence)
        return result

    async def give_up(self) -> None:
        """Leave the lease to another process."""
        async with self._one_at_a_time:
            if self._fence is not None:
                async with self.database.begin() as session:
                    await leases.give_up(session, LEASE, self.owner, now=self.clock())
            self._fence = None

    async def _take(self, session: AsyncSession, now: datetime) -> int | None:
        before = await leases.holder(session, LEASE, lock=True)
        fence = await leases.take(session, LEASE, self.owner, span=self.span, now=now)
        if fence is None:
            return None
        if self._fence is None or before is None or before.owner != self.owner:
            for occurrence in await occurrences.running(session):
                unknown = await occurrences.set_unknown(session, occurrence.id)
                log.info("sending taken over", occurrence=occurrence.id, unknown=unknown)
            return fence
        # A number that rises all the time tells of every restore, also of one that lost nothing but time.
        return await leases.advance(session, LEASE, self.owner, known=self._fence)

    async def _know(self, fence: int | None) -> None:
        self._fence = fence
        if fence is not None:
            await asyncio.to_thread(self.copy.keep, fence)
