"""Between the webhook and the inbox: an update that comes again while it is stored is stored once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot import logs

log = logs.get(__name__)

Payload = dict[str, Any]
Receive = Callable[[Sequence[Payload]], Awaitable[None]]

MOST = 200
"""Updates that wait to be stored; more means that the database is away, and Telegram keeps them better."""


@dataclass
class Storing:
    """Stores updates, and waits so many seconds for it; what takes longer is stored all the same."""

    receive: Receive
    seconds: float = 10.0
    _under_way: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    async def store(self, update: Payload) -> bool:
        """Return whether the update is kept; otherwise Telegram must bring it again."""
        number = update["update_id"]
        task = self._under_way.get(number)
        if task is None:
            if len(self._under_way) >= MOST:
                return False
            task = self._under_way[number] = asyncio.create_task(self._received(update), name="webhook storing")
            task.add_done_callback(lambda _: self._under_way.pop(number))
        await asyncio.wait({task}, timeout=self.seconds)
        return task.done() and not task.cancelled() and task.exception() is None

    async def _received(self, update: Payload) -> None:
        try:
            await self.receive([update])
        except Exception as error:
            log.warning("update not stored, Telegram brings it again", error=type(error).__name__)
            raise
