"""Handle one update until it is done, or until trying again has no use."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from telegram.error import RetryAfter

from bot import logs
from bot.telegram.handling import Departure, Handling, begin
from bot.telegram.journal import Journal
from bot.telegram.request import seconds_to_wait
from bot.telegram.waiting import until
from storage.inbox import Claimed, Failed

log = logs.get(__name__)

Handle = Callable[[dict[str, Any], Handling], Awaitable[None]]
SetAside = Callable[[int, BaseException], Awaitable[None]]
Known = dict[tuple[int, str], Departure]

TRIES = 3
LONGEST_WAIT = 30.0  # seconds


async def report_to_nobody(_update_id: int, _error: BaseException) -> None:
    """Leave it to the log."""


@dataclass(slots=True)
class Tries:
    """Runs `handle` for an update, in one of the `slots`; waits and tries again after a failure.

    After the third failure the update is set aside and reported. A failure that says nothing about the update is not
    counted. `patience` is a factor on the waits.
    """

    journal: Journal
    handle: Handle
    slots: asyncio.Semaphore
    clock: Callable[[], datetime]
    on_set_aside: SetAside = report_to_nobody
    patience: float = 1.0
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def until_done(self, update: Claimed, known: Known) -> bool:
        """Return True when the update is done or set aside; False when everything stops before that."""
        handling = Handling(update.update_id, sends=known)
        failures, passing = update.attempts, 0
        due = update.next_try_at
        while True:
            if due:
                await until(self.stopping, (due - self.clock()).total_seconds())
            async with self.slots:
                if self.stopping.is_set():
                    return False
                handling.restart(failures + 1, last_try=failures + 1 >= TRIES)
                error = await self._try(update, handling)
            if error is None:
                await self.journal.finish(update.update_id)
                return True
            is_passing = handling.is_passing(error)
            failures, passing = (failures, passing + 1) if is_passing else (failures + 1, 0)
            if failures >= TRIES:
                await self._set_aside(update.update_id, failures, error)
                return True
            due = await self._postpone(update.update_id, failures, passing, error)

    async def _try(self, update: Claimed, handling: Handling) -> BaseException | None:
        begin(handling)
        try:
            await self.handle(update.payload, handling)
        except Exception as error:
            handling.fail(error)
        finally:
            handling.is_over = True
            begin(None)
        return handling.failure

    async def _set_aside(self, update_id: int, failures: int, error: BaseException) -> None:
        name = type(error).__name__
        log.error("update set aside", update_id=update_id, error=name, exc_info=error)
        await self.journal.set_aside(Failed(update_id, failures, name))
        try:
            await self.on_set_aside(update_id, error)
        except Exception as failure:
            log.error("report failed", update_id=update_id, exc_info=failure)

    async def _postpone(self, update_id: int, failures: int, passing: int, error: BaseException) -> datetime:
        name, seconds = type(error).__name__, self.patience * _wait(failures, passing, error)
        log.warning("update will be tried again", update_id=update_id, error=name, seconds=round(seconds, 1))
        due = self.clock() + timedelta(seconds=seconds)
        await self.journal.postpone(Failed(update_id, failures, name, due))
        return due


def _wait(failures: int, passing: int, error: BaseException) -> float:
    """Return seconds: 1, 4 after failures that count; 1, 4, 16, 30, 30 and so on, spread a little, after others.

    When Telegram named a time, it is at least that.
    """
    if not passing:
        return float(4 ** (failures - 1))
    seconds = min(LONGEST_WAIT, float(4 ** min(passing - 1, 5))) * random.uniform(0.8, 1.0)  # noqa: S311
    return max(seconds, seconds_to_wait(error)) if isinstance(error, RetryAfter) else seconds
