"""How many messages a bot may send: Telegram's documented rates, strictly kept."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.simulator.chats import Chat
from bot.simulator.errors import too_many_requests


@dataclass(slots=True)
class Limits:
    """The rates of https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.

    A refused message counts nothing. Zero switches a rate off.
    """

    per_second: int = 30
    """Messages to all chats in any second."""
    chat_per_second: float = 1.0
    """Messages to one chat a second in the long run."""
    chat_burst: int = 5
    """Messages that one chat takes at once after a pause ("short bursts")."""
    group_per_minute: int = 20
    """Messages to one group in any minute."""
    timer: Callable[[], float] = time.monotonic
    """Seconds of any clock that does not go back."""
    _all: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)

    @classmethod
    def off(cls) -> Limits:
        """Return limits that refuse nothing."""
        return cls(per_second=0, chat_per_second=0, group_per_minute=0)

    def forget(self) -> None:
        """Begin to count anew."""
        self._all.clear()
        self._groups.clear()
        self._chats.clear()

    def take(self, chat: Chat | None, messages: int = 1) -> None:
        """Count messages to a chat (None: one that is not known).

        Raises:
            ApiError: 429 with retry_after in whole seconds.
        """
        now = self.timer()
        wait = max(self._overall_wait(now, messages), self._group_wait(chat, now, messages), self._chat_wait(chat, now))
        if wait > 0:
            raise too_many_requests(max(math.ceil(wait), 1))
        self._count(chat, now, messages)

    def _overall_wait(self, now: float, messages: int) -> float:
        return _window_wait(self._all, now, 1.0, self.per_second, messages)

    def _group_wait(self, chat: Chat | None, now: float, messages: int) -> float:
        if chat is None or not chat.is_group:
            return 0.0
        sent = self._groups.setdefault(chat.id, deque())
        return _window_wait(sent, now, 60.0, self.group_per_minute, messages)

    def _chat_wait(self, chat: Chat | None, now: float) -> float:
        if chat is None or not self.chat_per_second:
            return 0.0
        # An album may go one burst into debt, so one free place is enough for it.
        return (1.0 - self._free_places(chat, now)) / self.chat_per_second

    def _free_places(self, chat: Chat, now: float) -> float:
        left, counted = self._chats.get(chat.id, (float(self.chat_burst), now))
        return min(left + (now - counted) * self.chat_per_second, float(self.chat_burst))

    def _count(self, chat: Chat | None, now: float, messages: int) -> None:
        if self.per_second:
            self._all.extend([now] * messages)
        if chat is None:
            return
        if chat.is_group and self.group_per_minute:
            self._groups[chat.id].extend([now] * messages)
        if self.chat_per_second:
            self._chats[chat.id] = (self._free_places(chat, now) - messages, now)


def _window_wait(sent: deque[float], now: float, window: float, most: int, messages: int) -> float:
    """Return the seconds until `messages` more fit into a sliding window."""
    if not most:
        return 0.0
    while sent and sent[0] <= now - window:
        sent.popleft()
    surplus = len(sent) + messages - most
    if surplus <= 0:
        return 0.0
    return sent[min(surplus, len(sent)) - 1] + window - now if sent else 0.0
