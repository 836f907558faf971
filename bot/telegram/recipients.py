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
from bot.telegram.outages import written
from bot.telegram.request import NeverSent, seconds_to_wait
from storage import deliveries, occurrences, subscribers
from storage.database import Database
from storage.deliveries import Settled
from storage.models import DeliveryState, Occurrence, Subscriber

log = logs.get(__name__)

Send = Callable[[Occurrence, int, str], Awaitable[int]]
"""Sends an occurrence to a person in a language and returns the message's id; raises TelegramError."""
Claim = Callable[[Occurrence, int], Awaitable[list[tuple[int, str]]]]

AGAIN_SECONDS = 30.0
RECORD_SECONDS = 0.2


@dataclass
class Recipients:
    """Sends one occurrence until nothing can be claimed; results are recorded a few times a second."""

    database: Database
    clock: Callable[[], datetime]
    occurrence: Occurrence
    most_errors: int
    is_paused: bool = False
    _errors: int = 0
    _results: list[Settled] = field(default_factory=list)

    async def send_all(self, claim: Claim, send: Send, in_flight: int) -> None:
        """Keep up to `in_flight` messages under way until there is nothing more to claim."""
        under_way: set[asyncio.Task[None]] = set()
        try:
            while True:
                room = 0 if self.is_paused else in_flight - len(under_way)
                claimed = await claim(self.occurrence, room) if room >= in_flight // 2 else []
                wanted = await self._wanted(claimed)
                under_way |= {asyncio.create_task(self._send(send, *recipient)) for recipient in wanted}
                if under_way:
                    _, under_way = await asyncio.wait(
                        under_way, timeout=RECORD_SECONDS, return_when=asyncio.FIRST_COMPLETED
                    )
                elif not claimed:
                    break
                await self._record(at_least=in_flight // 2)
        finally:
            if under_way:
                await asyncio.wait(under_way)
            await self._record()

    async def _wanted(self, claimed: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Leave out who has unsubscribed since, and let those wait who have quiet hours."""
        if not claimed:
            return []
        topic = bits([str((self.occurrence.content or {})["topic"])], TOPICS)
        async with self.database.read() as session:
            found = await subscribers.still_wanting(session, [person for person, _ in claimed], topic)
        wanting = {subscriber.person_id: subscriber for subscriber in found}
        chosen = []
        for person, language in claimed:
            subscriber = wanting.get(person)
            if subscriber is None:
                self._results.append(Settled(person, DeliveryState.DROPPED))
            elif pause := quiet_of(subscriber).until(self.clock()):
                self._results.append(Settled(person, DeliveryState.PLANNED, next_try_at=pause))
            else:
                chosen.append((person, language))
        return chosen

    async def _send(self, send: Send, person: int, language: str) -> None:
        try:
            message_id = await send(self.occurrence, person, language)
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

    async def _record(self, at_least: int = 0) -> None:
        if not self._results or (len(self._results) < at_least and not self.is_paused):
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
