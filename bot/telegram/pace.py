"""How fast to send, and what goes first."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Lane(StrEnum):
    """Given as `rate_limit_args`: what answers a person goes before what goes to many."""

    INTERACTIVE = "interactive"
    BULK = "bulk"


@dataclass(frozen=True)
class Pace:
    """How fast to send.

    Telegram's documented limits: 30 messages a second over all, about one a second to a chat with short bursts, 20
    a minute to a group (core.telegram.org/bots/faq, "My bot is hitting limits"). At exactly 30 some are refused,
    since the network moves them together; evenly spaced at 29.5 none was in 600.
    """

    messages_per_second: float = 29.5
    chat_messages_per_second: float = 1.0
    chat_burst: int = 4
    group_messages_per_minute: int = 20
    max_retries: int = 3

    @classmethod
    def unlimited(cls) -> Pace:
        """No pacing at all, for a server without limits."""
        endless = float("inf")
        return cls(messages_per_second=endless, chat_messages_per_second=endless, group_messages_per_minute=0)

    @property
    def per_second(self) -> int:
        """Messages that any second may hold; 0: any number."""
        return math.ceil(self.messages_per_second) if math.isfinite(self.messages_per_second) else 0

    @property
    def slack(self) -> float:
        """Seconds that a late turn may be made up for: timers are late by a millisecond or more."""
        return 0.002 if self.messages_per_second < 100 else 0.02


def is_group(chat_id: int | str) -> bool:
    """Whether messages to it count as a group's: supergroups, groups and channels, also by @name."""
    return isinstance(chat_id, str) or chat_id < 0
