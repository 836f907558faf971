"""The recipients of one sending: wanted still, not in quiet hours, sent to, and what became of each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot import logs
from bot.announcements.quiet import Quiet
from bot.announcements.selection import TOPICS, bits
from bot.telegram.outages import outlasting, written
from bot.telegram.request import NeverSent, seconds_to_wait
from bot.telegram.waiting import until
from storage import deliveries, occurrences, subjects, subscribers
from storage.database import Database
from storage.deliveries import Settled
from storage.models import DeliveryState, Occurrence, Subscriber

log = logs.get(__name__)

Send = Callable[[Occurrence, int, str], Awaitable[int]]
"""Sends an occurrence to a person in a language and returns the message's id; raises TelegramError."""
Claim = Callable[[Callable[[AsyncSession], Awaitable[list[tuple[int, str]]]]], Awaitable[list[tuple[int, str]]]]
"""Runs the claim in a transaction of whoever may send; nothing is claimed by anybody else."""


class NothingToSend(Exception):  # noqa: N818  it is an outcome, not a fault
    """There is nothing in it for this person any more."""


AGAIN_SECONDS = 30.0
RECORD_SECONDS = 1.0


@dataclass
class Recipients:
    """Sends one occurrence until nothing can be claimed; results are recorded many at a time."""

    database: Database
    clock: Callable[[], datetime]
    occurrence: Occurrence
    most_errors: int
    is_paused: bool = False
    _errors: int = 0
    _results: list[Settled] = field(default_factory=list)
    _under_way: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _last: int = 0
    """The person up to whom recipients have been claimed."""
    _is_unsure: bool = False
    """A claim may have been committed without our hearing of it."""
    _enough: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when so few are under way that it is worth while to record and to claim again."""
    _most_before_more: int = 0

    async def send_all(self, claim: Claim, send: Send, in_flight: int) -> None:
        """Keep up to `in_flight` messages under way until there is nothing more to claim."""
        half = max(1, in_flight // 2)
        try:
            while True:
                self._enough.clear()
                # First recorded, then claimed: after a crash no more than `in_flight` are of unknown fate.
                await self._record()
                room = 0 if self.is_paused else in_flight - len(self._under_way) - len(self._results)
                claimed = await self._claim(claim, room) if room >= half else []
                is_full = room < half or len(claimed) == room
                for person, language in await self._wanted(claimed):
                    self._start(send, person, language)
                if not (self._under_way or claimed or self._results):
                    break
                self._most_before_more = in_flight - half if is_full else 0
                if self._under_way:
                    await until(self._enough, RECORD_SECONDS)
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way.values())
            await self._record()

    async def _claim(self, claim: Claim, room: int) -> list[tuple[int, str]]:
        """Claim those who come next, and at the end those who were left out on the way."""
        if claimed := await self._claim_after(claim, room):
            self._last = claimed[-1][0]
        elif self._last:
            self._last = 0
            claimed = await self._claim_after(claim, room)
        return claimed

    async def _claim_after(self, claim: Claim, room: int) -> list[tuple[int, str]]:
        async def work(session: AsyncSession) -> list[tuple[int, str]]:
            if self._is_unsure:
                held = {*self._under_way, *(result.person_id for result in self._results)}
                await occurrences.give_back(session, self.occurrence.id, without=held)
            found = await occurrences.claim(session, self.occurrence.id, room, after=self._last, now=self.clock())
            return list(found)

        claimed = await outlasting(lambda: claim(work), on_outage=self._doubt)
        if self._is_unsure:
            self._is_unsure, self._last = False, 0
        return claimed

    def _doubt(self) -> None:
        self._is_unsure = True

    def _start(self, send: Send, person: int, language: str) -> None:
        def done(_: object) -> None:
            del self._under_way[person]
            if len(self._under_way) <= self._most_before_more or self.is_paused:
                self._enough.set()

        self._under_way[person] = task = asyncio.create_task(self._send(send, person, language))
        task.add_done_callback(done)

    async def _wanted(self, claimed: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Leave out who has unsubscribed since, and let those wait who have quiet hours."""
        if not claimed:
            return []
        topic = str((self.occurrence.content or {})["topic"])
        async with self.database.read() as session:
            people = [person for person, _ in claimed]
            found = await subjects.still_meant(session, self.occurrence, people, bits([topic], TOPICS) if topic else 0)
        now, expires_at, chosen = self.clock(), self.occurrence.expires_at, []
        for person, language in claimed:
            if person not in found or (expires_at is not None and expires_at <= now):
                self._results.append(Settled(person, DeliveryState.DROPPED))
            elif pause := self._pause(found[person], now):
                self._results.append(Settled(person, DeliveryState.PLANNED, next_try_at=pause))
            else:
                chosen.append((person, language))
        return chosen

    def _pause(self, subscriber: Subscriber | None, now: datetime) -> datetime | None:
        """Return until when somebody has quiet hours; None: none, or they would last until it is too late."""
        pause = quiet_of(subscriber).until(now) if subscriber else None
        expires_at = self.occurrence.expires_at
        return None if pause and expires_at and pause >= expires_at else pause

    async def _send(self, send: Send, person: int, language: str) -> None:
        try:
            message_id = await send(self.occurrence, person, language)
        except NothingToSend:
            self._note(Settled(person, DeliveryState.DROPPED))
        except TelegramError as error:
            self._note(self._outcome(person, error))
        except Exception as error:
            # A fault of ours before anything left, as in a template.
            log.error("announcement not sent", occurrence=self.occurrence.id, exc_info=error)
            self._note(Settled(person, DeliveryState.FAILED, error=type(error).__name__))
        else:
            self._note(Settled(person, DeliveryState.SENT, message_id))

    def _outcome(self, person: int, error: TelegramError) -> Settled:
        name = type(error).__name__
        if isinstance(error, Forbidden):
            return Settled(person, DeliveryState.BLOCKED, error=name)
        if isinstance(error, RetryAfter):
            again = self.clock() + timedelta(seconds=seconds_to_wait(error))
            return Settled(person, DeliveryState.PLANNED, error=name, next_try_at=again)
        if isinstance(error, NeverSent):
            again = self.clock() + timedelta(seconds=AGAIN_SECONDS)
            return Settled(person, DeliveryState.PLANNED, error=name, next_try_at=again)
        if isinstance(error, BadRequest | ChatMigrated):
            return Settled(person, DeliveryState.FAILED, error=name)
        return Settled(person, DeliveryState.UNKNOWN, error=name)

    def _note(self, result: Settled) -> None:
        self._results.append(result)
        if result.state == DeliveryState.FAILED:
            self._errors += 1
            self.is_paused = self.is_paused or self._errors >= self.most_errors
        elif result.state == DeliveryState.SENT:
            self._errors = 0

    async def _record(self) -> None:
        if not self._results:
            return
        results, self._results = self._results, []
        # What has left must be known before anything else leaves.
        await written(self.database, lambda session: self._write(session, results))

    async def _write(self, session: AsyncSession, results: list[Settled]) -> None:
        now = self.clock()
        await deliveries.settle(session, self.occurrence.id, results, now=now)
        for result in results:
            if result.state == DeliveryState.BLOCKED:
                await subscribers.block(session, result.person_id, now=now)
        if self.is_paused:
            await occurrences.pause(session, self.occurrence.id)


def quiet_of(subscriber: Subscriber) -> Quiet:
    """Return a subscriber's quiet hours."""
    return Quiet(
        ZoneInfo(subscriber.zone), subscriber.quiet_from, subscriber.quiet_until, sundays=subscriber.quiet_sundays
    )
