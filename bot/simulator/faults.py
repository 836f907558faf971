"""What goes wrong on demand between the bot and Telegram: delays, lost answers, errors, moved chats."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

FaultKind = Literal[
    "delay",  # the call takes effect, and the answer comes `seconds` later
    "timeout",  # the call takes effect, no answer comes, and the caller's read time-out ends it
    "lost",  # the call takes effect, and the connection is reset before the answer
    "reset",  # the connection is reset before the call takes effect
    "error",  # Telegram answers with `status`, and nothing takes effect
    "error_after",  # the call takes effect, and Telegram answers with `status`
    "migrate",  # the group has become a supergroup
    "delete_topic",  # somebody has deleted the topic
]


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong for the calls which match it.

    `method` and `chat_id` choose the calls (empty and None: all), `times` how often (None: always), `probability`
    how likely; `seconds` is the delay, or how long the line is held before a call is given up; `status` is of HTTP.
    """

    kind: FaultKind
    method: str = ""
    chat_id: int | None = None
    times: int | None = 1
    probability: float = 1.0
    seconds: float = 0.0
    status: int = 502

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"no such fault: {self.kind}")

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Return whether the fault is for a call of `method` to the chat."""
        if self.times == 0 or (self.method and self.method.lower() != method.lower()):
            return False
        return self.chat_id is None or self.chat_id == chat_id


class Faults:
    """The faults of a simulator; the same seed gives the same run."""

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a repeatable run is the point.
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Callable[[], None]:
        """Let `fault` happen from now on; the returned function ends that."""
        self._faults.append(fault)

        def end() -> None:
            if fault in self._faults:
                self._faults.remove(fault)

        return end

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._faults.clear()

    def __len__(self) -> int:
        return len(self._faults)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the first fault that strikes a call, and count it."""
        for fault in self._faults:
            if not fault.matches(method, chat_id) or self._chance.random() >= fault.probability:
                continue
            if fault.times is not None:
                fault.times -= 1
            if fault.times == 0:
                self._faults.remove(fault)
            return fault
        return None
