"""What is committed together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage import inbox, sends
from storage.inbox import Failed
from storage.sends import Key

Work = Callable[[AsyncSession], Awaitable[Any]]


@dataclass(eq=False, slots=True)
class Batch:
    """Marks and pieces of work, with those who wait for them."""

    departures: list[Key] = field(default_factory=list)
    withdrawals: list[Key] = field(default_factory=list)
    arrivals: list[tuple[Key, Any]] = field(default_factory=list)
    finished: set[int] = field(default_factory=set)
    postponed: list[Failed] = field(default_factory=list)
    set_aside: list[Failed] = field(default_factory=list)
    work: list[tuple[Work, asyncio.Future[Any]]] = field(default_factory=list)
    waiters: list[asyncio.Future[None]] = field(default_factory=list)

    @property
    def has_marks(self) -> bool:
        """Whether anything is written about updates that this process has claimed."""
        marks = (self.departures, self.withdrawals, self.arrivals, self.finished, self.postponed, self.set_aside)
        return any(marks)

    async def write(self, session: AsyncSession, now: datetime) -> list[Any]:
        """Write all of it in an order that is right for marks of the same update; return the results of `work`."""
        results = [await work(session) for work, _ in self.work]
        if self.withdrawals:
            await sends.withdraw(session, self.withdrawals)
        if self.departures:
            await sends.depart(session, self.departures)
        if arrivals := [(key, answer) for key, answer in self.arrivals if key.update_id not in self.finished]:
            await sends.arrive(session, arrivals)
        if self.postponed:
            await inbox.postpone(session, self.postponed)
        if self.set_aside:
            await inbox.set_aside(session, self.set_aside, now=now)
        if gone := self.finished | {failure.update_id for failure in self.set_aside}:
            await sends.forget(session, gone)
        if self.finished:
            await inbox.finish(session, self.finished, now=now)
        return results

    def resolve(self, results: list[Any]) -> None:
        """Tell all who wait that it is committed."""
        for (_, future), result in zip(self.work, results, strict=True):
            if not future.done():
                future.set_result(result)
        for waiter in self.waiters:
            if not waiter.done():
                waiter.set_result(None)

    def fail(self, error: BaseException) -> None:
        """Tell all who wait that it was refused."""
        for future in (*self.waiters, *(future for _, future in self.work)):
            if not future.done():
                future.set_exception(error)

    def split(self) -> list[Batch]:
        """Return the marks, and each piece of work by itself."""
        marks = Batch(
            self.departures,
            self.withdrawals,
            self.arrivals,
            self.finished,
            self.postponed,
            self.set_aside,
            waiters=self.waiters,
        )
        return [marks, *(Batch(work=[item]) for item in self.work)]
