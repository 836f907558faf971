"""The state of the bot, read no more often than needed."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot import logs
from bot.health.alerts import Judged, Thresholds, judge
from bot.health.errors import ErrorCounter
from bot.health.meters import Meters
from storage import readings
from storage.database import Database
from storage.migrations import is_usable
from storage.readings import Readings

log = logs.get(__name__)

PATIENCE_SECONDS = 5.0
FRESH_SECONDS = 10.0
"""So long a reading is used again, however often somebody asks."""


@dataclass
class Health:
    """Reads how the bot is; `is_alive` says whether updates are taken in and handled."""

    database: Database
    clock: Callable[[], datetime]
    owner: str
    """The name of this process where only one may do something."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    meters: Meters = field(default_factory=Meters)
    is_alive: Callable[[], bool] = lambda: False
    errors: ErrorCounter = field(init=False)
    _last: tuple[float, Readings] | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.errors = ErrorCounter(self.meters)

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count the errors in the log inside the block."""
        root = logging.getLogger()
        root.addHandler(self.errors)
        try:
            yield
        finally:
            root.removeHandler(self.errors)

    async def read(self, *, fresh: bool = False) -> Readings:
        """Return how things stand, at most ten seconds old; raises what the database raises, or TimeoutError."""
        async with self._lock:
            now = asyncio.get_running_loop().time()
            if fresh or self._last is None or now - self._last[0] >= FRESH_SECONDS:
                async with asyncio.timeout(PATIENCE_SECONDS), self.database.read() as session:
                    self._last = now, await readings.read(session, now=self.clock())
            return self._last[1]

    async def judged(self) -> tuple[Judged, ...]:
        """Return each figure that owners are told of; raises as `read`."""
        return judge(await self.read(), self.errors.recent(), self.disk_free_percent(), self.thresholds)

    def holder(self, stood: Readings) -> str:
        """Return who sends announcements: here, elsewhere or nobody."""
        if stood.lease is None or stood.lease.until <= self.clock():
            return "nobody"
        return "here" if stood.lease.owner == self.owner else "elsewhere"

    async def parts(self) -> dict[str, bool]:
        """Return what must be there before updates can be handled, and whether it is."""
        has_database = has_schema = False
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                has_schema = await is_usable(self.database)
                has_database = True
        except Exception as error:
            log.warning("not ready: database out of reach", error=type(error).__name__)
        return {"database": has_database, "schema": has_schema, "intake": self.is_alive()}

    def disk_free_percent(self) -> float:
        """Return how much of the disk is free where the database file is, or else the working directory."""
        file = self.database.url.database if self.database.is_sqlite else None
        folder = Path(file).resolve().parent if file and file != ":memory:" else Path.cwd()
        usage = shutil.disk_usage(folder)
        return 100 * usage.free / usage.total
