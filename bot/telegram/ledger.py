"""The send ledger: a message that left while an update was handled is not sent again when it is handled again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.telegram.handling import Departure, current
from bot.telegram.journal import Journal
from bot.telegram.request import NeverSent
from storage.sends import Key

Answer = TypeVar("Answer")

KEPT = ("send", "copy", "forward", "createForumTopic")
NOT_KEPT = ("sendChatAction", "sendMessageDraft")
# Telegram said no, or never heard of it. After any other error nobody knows whether the message was delivered.
NOT_SENT = (NeverSent, RetryAfter, BadRequest, Forbidden, ChatMigrated, Conflict, InvalidToken)
MAX_DEPARTURES = 5


class GivenUp(Exception):  # noqa: N818 - said of a message, as TimedOut is
    """A message left several times and no answer ever came: sending it again would only add to the copies."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One send of the update that is being handled."""

    journal: Journal
    key: Key
    known: Departure

    @property
    def is_sent(self) -> bool:
        """Whether an earlier try sent it; then `result` is Telegram's answer."""
        return self.known.sent

    @property
    def result(self) -> Any:
        """Telegram's answer in an earlier try."""
        return self.known.result

    async def send(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Record, send, record the answer; raises what `call` raises, and GivenUp after five departures in vain."""
        if self.known.departures >= MAX_DEPARTURES:
            raise GivenUp(self.key.method)
        await self.journal.depart(self.key)
        self.known.departures += 1
        try:
            answer = await call()
        except NOT_SENT:
            self.known.departures -= 1
            await self.journal.withdraw(self.key)
            raise
        self.known.sent, self.known.result = True, answer
        self.journal.arrive(self.key, answer)
        return answer


class Ledger:
    """Gives each send inside the handling of an update its entry."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def entry(self, method: str) -> Entry | None:
        """Return the entry of the next send; None outside an update, and for what may be repeated freely."""
        handling = current()
        if handling is None or method in NOT_KEPT or not method.startswith(KEPT):
            return None
        number, known = handling.next_send(method)
        return Entry(self._journal, Key(handling.update_id, number, method), known)
