"""`gfcbot run`: the real bot, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any

from bot import logs
from bot.app import running
from bot.settings import Settings
from bot.stopping import stop_signal

log = logs.get(__name__)


async def run(settings: Settings) -> int:
    """Run until SIGTERM or Ctrl-C, finish what is in flight, and return 0. Raises StartError."""
    stopped = stop_signal()
    async with running(settings) as bot:
        # What was made at the start stays: a collector that leaves it alone saves a tenth of the time an update takes.
        gc.collect()
        gc.freeze()
        log.info("bot is running", bot=bot.application.bot.username)
        await _first_of(stopped.wait(), bot.inbox.failed())
        log.info("stopping, finishing what is in flight")
    return 0


async def _first_of(*waits: Coroutine[Any, Any, object]) -> None:
    """Return when the first of `waits` ends; raises what it raises."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
