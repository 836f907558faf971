"""The update that is being handled, for whoever takes part in handling it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter

from storage.outages import is_outage

_current: ContextVar[Handling | None] = ContextVar("handling", default=None)


@dataclass(slots=True)
class Departure:
    """What is known of one send: above 0 departures and not sent, its fate is unknown."""

    departures: int = 0
    sent: bool = False
    result: Any = None


@dataclass(slots=True)
class Handling:
    """One try to handle an update; `attempt` counts from 1."""

    update_id: int
    attempt: int = 1
    last_try: bool = False
    failure: BaseException | None = None
    is_over: bool = False
    """Tasks that outlive the handling still see it; what they send is not part of it any more."""
    sends: dict[tuple[int, str], Departure] = field(default_factory=dict)
    _number: int = 0

    def fail(self, error: BaseException) -> None:
        """Let the update be tried again, or be set aside after the last try; the first error counts."""
        if self.failure is None:
            self.failure = error

    def repeats_next_send(self) -> bool:
        """Whether the next message may have been delivered before, so that it must say so."""
        return any(
            number == self._number + 1 and known.departures > 0 and not known.sent
            for (number, _), known in self.sends.items()
        )

    def next_send(self, method: str) -> tuple[int, Departure]:
        """Count a send, and return its number with what is known of it from an earlier try."""
        self._number += 1
        return self._number, self.sends.setdefault((self._number, method), Departure())

    @staticmethod
    def is_passing(error: BaseException) -> bool:
        """Whether the error says nothing about the update: it is tried again however often it takes."""
        if isinstance(error, BadRequest):
            return False
        return isinstance(error, NetworkError | RetryAfter) or is_outage(error)

    def restart(self, attempt: int, *, last_try: bool) -> None:
        """Begin the next try; what is known of the sends stays."""
        self.attempt, self.last_try = attempt, last_try
        self.failure, self.is_over, self._number = None, False, 0


def current() -> Handling | None:
    """Return the update that the running task handles; None outside, as in a broadcast."""
    handling = _current.get()
    return None if handling is None or handling.is_over else handling


def begin(handling: Handling | None) -> None:
    """Make it the current one of the running task."""
    _current.set(handling)
