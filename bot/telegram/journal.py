"""One writer for all that the edge records: what comes up together is committed together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.clock import utc_now
from bot.telegram.batch import Batch
from bot.telegram.outages import written
from bot.telegram.presence import Displaced, Presence
from storage.database import Database
from storage.inbox import Failed
from storage.sends import Key

log = logs.get(__name__)

Value = TypeVar("Value")


class Journal:
    """Collect marks while the last commit is under way; one commit then takes them all.

    While the database is out of reach, everything waits; what it refuses is raised where it is awaited. With a
    `presence`, marks are refused (Displaced) once another process has taken over.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime] = utc_now, presence: Presence | None = None
    ) -> None:
        self._database = database
        self._presence = presence
        self._clock = clock
        self._batch = Batch()
        self._filled = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._stopping = False
        self.outages = 0
        """How often the database was out of reach: then a commit may have succeeded without our hearing of it."""

    def start(self) -> None:
        """Begin to write."""
        self._stopping = False
        self._writer = asyncio.create_task(self._write_all(), name="journal")

    async def stop(self, seconds: float) -> None:
        """Write what is left, in so many seconds."""
        if not self._writer:
            return
        self._stopping = True
        self._filled.set()
        _, unfinished = await asyncio.wait({self._writer}, timeout=seconds)
        for task in unfinished:
            log.error("database out of reach at the end; open updates will be handled again")
            task.cancel()
        self._writer = None

    async def run(self, work: Callable[[AsyncSession], Awaitable[Value]]) -> Value:
        """Run `work` in the next commit and return its result; it may run again after an outage."""
        self._require_writer()
        future: asyncio.Future[Value] = asyncio.get_running_loop().create_future()
        self._batch.work.append((work, future))
        self._filled.set()
        return await future

    def depart(self, key: Key) -> asyncio.Future[None]:
        """Note that a send is about to leave; await it before the send."""
        self._batch.departures.append(key)
        return self._committed()

    def withdraw(self, key: Key) -> asyncio.Future[None]:
        """Note that a send did not take place."""
        self._batch.withdrawals.append(key)
        return self._committed()

    def arrive(self, key: Key, answer: Any) -> None:
        """Note the answer to a send."""
        self._batch.arrivals.append((key, answer))
        self._filled.set()

    def finish(self, update_id: int) -> asyncio.Future[None]:
        """Note that an update is done."""
        self._batch.finished.add(update_id)
        return self._committed()

    def postpone(self, failure: Failed) -> asyncio.Future[None]:
        """Note a failed try."""
        self._batch.postponed.append(failure)
        return self._committed()

    def set_aside(self, failure: Failed) -> asyncio.Future[None]:
        """Note that an update is given up."""
        self._batch.set_aside.append(failure)
        return self._committed()

    def _committed(self) -> asyncio.Future[None]:
        self._require_writer()
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._batch.waiters.append(future)
        self._filled.set()
        return future

    def _require_writer(self) -> None:
        if self._writer is None:
            raise RuntimeError("the journal is not running")

    async def _write_all(self) -> None:
        while True:
            await self._filled.wait()
            self._filled.clear()
            batch, self._batch = self._batch, Batch()
            await self._commit(batch)
            if self._stopping and not self._filled.is_set():
                return

    async def _commit(self, batch: Batch) -> None:
        try:
            batch.resolve(await self._written(batch))
        except Exception:
            # One piece that is refused must not take the others with it.
            for part in batch.split():
                await self._commit_part(part)

    async def _commit_part(self, part: Batch) -> None:
        try:
            part.resolve(await self._written(part))
        except Displaced as error:
            part.fail(error)
        except Exception as error:
            log.error("journal refused", exc_info=error)
            part.fail(error)

    async def _written(self, batch: Batch) -> list[Any]:
        async def work(session: AsyncSession) -> list[Any]:
            if self._presence and batch.has_marks:
                await self._presence.fence(session)
            return await batch.write(session, self._clock())

        return await written(self._database, work, on_outage=self._note)

    def _note(self) -> None:
        self.outages += 1
