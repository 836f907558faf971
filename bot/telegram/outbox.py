"""The outbox at work: claims what is due, has it delivered, and records what became of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import logs
from bot.telegram.outages import written
from bot.telegram.presence import Displaced, Presence
from bot.telegram.waiting import until
from storage import outbox
from storage.database import Database
from storage.models import OutboxMessage, OutboxState

log = logs.get(__name__)

CONCURRENCY = 32
AT_ONE_PLACE = 8
"""Deliveries to one staff chat at once: a group that must wait for its turn leaves room for the others."""
POLL_SECONDS = 1.0
SHARED_POLL_SECONDS = 0.25
IDLE_SECONDS = 0.005
FAULT_SECONDS = 30.0

Record = Callable[[AsyncSession], Awaitable[None]]


@dataclass(slots=True)
class Parcel:
    """What leaves together: one message, or those of an album; a delivery may add rows that it has claimed."""

    rows: list[OutboxMessage]

    @property
    def first(self) -> OutboxMessage:
        """The row that stands for all."""
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a parcel for good, or until its cluster has a staff chat (PARKED)."""

    state: OutboxState
    error: str | None = None
    record: Record | None = None
    """Written in the same transaction."""
    after: Callable[[], Awaitable[None]] | None = None
    """Done when it is recorded; it may fail, and is not tried again."""


@dataclass(frozen=True, slots=True)
class Later:
    """A parcel to be tried again in so many seconds; `left`: it may have arrived."""

    seconds: float
    error: str
    left: bool
    record: Record | None = None


Outcome = Settled | Later
Deliver = Callable[[Parcel], Awaitable[Outcome]]


@dataclass
class Outbox:
    """Sends what `storage.outbox` holds: lanes in parallel, the messages of a lane one after another.

    A claim is committed before anything leaves, and the outcome after: so a message whose fate is unknown when the
    process dies is sent again, with a mark, and none is lost. Several processes share the outbox: a lane, and a staff
    chat, is in the hands of one of them at a time.
    """

    database: Database
    clock: Callable[[], datetime]
    presence: Presence
    concurrency: int = CONCURRENCY
    patience: float = 1.0
    """A factor on the waits before further tries."""
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _deliver: Deliver | None = None
    _claims: asyncio.Task[None] | None = None
    _under_way: dict[asyncio.Task[None], Parcel] = field(default_factory=dict)

    async def start(self, deliver: Deliver) -> None:
        """Begin to send by `deliver`; the presence has begun before."""
        self._deliver = deliver
        self.presence.on_lost.append(self.let_go)
        self.presence.on_taken.append(self.wake)
        self._claims = asyncio.create_task(self._claim_all(), name="outbox claims")

    def wake(self) -> None:
        """Say that there is something to send; call it after the commit."""
        self._wake.set()

    async def stop(self, seconds: float) -> None:
        """Take up nothing new, and finish what is under way, in so many seconds."""
        if self._claims:
            self._claims.cancel()
            await asyncio.gather(self._claims, return_exceptions=True)
            self._claims = None
        if self._under_way:
            _, unfinished = await asyncio.wait(set(self._under_way), timeout=seconds)
            for task in unfinished:
                task.cancel()
            if unfinished:
                log.warning("stopped while sending", messages=len(unfinished))
                await asyncio.wait(unfinished)

    async def let_go(self) -> None:
        """Drop all that is under way: another process sends it."""
        if under_way := set(self._under_way):
            for task in under_way:
                task.cancel()
            await asyncio.wait(under_way)

    async def is_idle(self) -> bool:
        """Whether nothing is under way or due; what is parked or waits for its next try does not count."""
        if self._under_way:
            return False
        async with self.database.read() as session:
            return not await outbox.count_pending(session, due=self.clock())

    async def idle(self) -> None:
        """Wait until nothing is under way or due."""
        while not await self.is_idle():  # noqa: ASYNC110  asked by tests and the terminal only
            await asyncio.sleep(IDLE_SECONDS)

    async def _claim_all(self) -> None:
        has_failed = False
        while True:
            self._wake.clear()
            try:
                claimed = await self._claim(reopen=has_failed)
                has_failed = False
            except Displaced:
                claimed = []
            except Exception as error:
                log.error("outbox claims failed", exc_info=error)
                claimed, has_failed = [], True
            for row in claimed:
                self._send(Parcel([row]))
            await until(self._wake, SHARED_POLL_SECONDS if self.presence.is_shared else POLL_SECONDS)

    async def _claim(self, *, reopen: bool) -> list[OutboxMessage]:
        room = self.concurrency - len(self._under_way)
        if room <= 0:
            return []
        places = Counter(parcel.first.cluster for parcel in self._under_way.values() if parcel.first.cluster)
        full = [cluster for cluster, count in places.items() if count >= AT_ONE_PLACE]
        owner = self.presence.owner
        async with self.database.begin() as session:
            await self.presence.fence(session)
            if reopen:
                # A commit may have succeeded without our hearing of it; what it claimed is held by nobody.
                await outbox.reopen(session, [owner], without=self._held_ids())
            claimed = await outbox.claim(session, room, owner=owner, now=self.clock(), without=full)
        return list(claimed) if owner == self.presence.owner else []

    def _held_ids(self) -> list[int]:
        return [row.id for parcel in self._under_way.values() for row in parcel.rows]

    def _send(self, parcel: Parcel) -> None:
        task = asyncio.create_task(self._until_settled(parcel), name="outbox delivery")
        self._under_way[task] = parcel
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._wake.set()

    async def _until_settled(self, parcel: Parcel) -> None:
        assert self._deliver  # noqa: S101  start() gave it
        try:
            outcome = await self._deliver(parcel)
        except Exception as error:
            log.error("delivery failed", message=parcel.first.id, exc_info=error)
            outcome = Later(FAULT_SECONDS, type(error).__name__, left=True)
        try:
            await self._settle(parcel, outcome)
            if isinstance(outcome, Settled) and outcome.after:
                await outcome.after()
        except Displaced:
            log.warning("delivery not recorded, another process sends it again with a mark", message=parcel.first.id)
        except Exception as error:
            # Rows that are not settled stay claimed, and are sent again, with a mark, at the next start.
            log.error("delivery not recorded", message=parcel.first.id, exc_info=error)

    async def _settle(self, parcel: Parcel, outcome: Outcome) -> None:
        async def settle(session: AsyncSession) -> None:
            await self.presence.fence(session)
            for row in parcel.rows:
                await self._change_of(row, outcome)(session)
            if outcome.record:
                await outcome.record(session)

        await written(self.database, settle)

    def _change_of(self, row: OutboxMessage, outcome: Outcome) -> Callable[[AsyncSession], Awaitable[Any]]:
        now = self.clock()
        if isinstance(outcome, Later):
            due = now + timedelta(seconds=self.patience * outcome.seconds)
            return partial(outbox.postpone, message_id=row.id, until=due, error=outcome.error, left=outcome.left)
        if outcome.state == OutboxState.PARKED:
            return partial(outbox.park, message_id=row.id)
        return partial(outbox.settle, message_id=row.id, state=outcome.state, now=now, error=outcome.error)
