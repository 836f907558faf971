"""Errors as the log sees them, counted by where they come from and by their class."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Mapping

from bot.health.meters import Meters

SPAN = 300.0
"""Seconds in which errors are counted for the alert."""
MOST = 10_000
NONE = "none"


class ErrorCounter(logging.Handler):
    """Counts what is logged as an error; reads the class of the error, never its text."""

    def __init__(self, meters: Meters, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(logging.ERROR)
        self._meters = meters
        self._clock = clock
        self._recent: deque[float] = deque(maxlen=MOST)

    def emit(self, record: logging.LogRecord) -> None:
        """Count one line of the log."""
        self._recent.append(self._clock())
        self._meters.failed(record.name, _kind(record))

    def recent(self) -> int:
        """Return how many errors the last five minutes had."""
        while self._recent and self._recent[0] <= self._clock() - SPAN:
            self._recent.popleft()
        return len(self._recent)


def _kind(record: logging.LogRecord) -> str:
    # Our own lines are dictionaries, see bot.logs; those of the libraries are not.
    told: object = record.msg
    if isinstance(told, Mapping):
        return str(told.get("error", NONE))
    return record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else NONE
