"""The updates that wait for the bot, with Telegram's rules of confirming, filtering and forgetting."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from bot.simulator.errors import conflict

KEPT = timedelta(hours=24)
"""Telegram keeps an update that nobody fetches for a day at most."""

ALL_KINDS = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "poll",
        "poll_answer",
    }
)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""The kinds which a bot gets only when it asks for them by name (setWebhook, allowed_updates)."""

OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"

Update = dict[str, Any]


class Updates:
    """The queue of one bot; `clock` tells the time of arrival."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.allowed: frozenset[str] = ALL_KINDS - NOT_BY_DEFAULT
        self.next_id = 1
        self._clock = clock
        self._waiting: OrderedDict[int, tuple[datetime, Update]] = OrderedDict()
        self._poll: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        self._forget_old()
        return len(self._waiting)

    def add(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update and return its id; 0 when the bot did not ask for this kind."""
        if kind not in self.allowed:
            return 0
        update_id = self.next_id
        self.next_id += 1
        self._waiting[update_id] = (self._clock(), {"update_id": update_id, kind: content})
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        return update_id

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Choose the kinds of later updates: None keeps the choice, an empty list is the default."""
        if kinds is None:
            return
        self.allowed = (frozenset(kinds) & ALL_KINDS) or ALL_KINDS - NOT_BY_DEFAULT

    def confirm(self, offset: int) -> None:
        """Forget what is older than `offset`; a negative one counts from the end of the queue."""
        self._forget_old()
        if offset < 0:
            surplus = max(len(self._waiting) + offset, 0)
            offset = next(islice(self._waiting, surplus, None), 0)
        while self._waiting and next(iter(self._waiting)) < offset:
            self._waiting.popitem(last=False)

    def peek(self, limit: int = 100) -> list[Update]:
        """Return the oldest updates that wait, `limit` at most."""
        self._forget_old()
        return [update for _, update in islice(self._waiting.values(), limit)]

    def remove(self, update_id: int) -> None:
        """Forget one update, delivered by webhook."""
        self._waiting.pop(update_id, None)

    def clear(self) -> None:
        """Forget all that waits."""
        self._waiting.clear()

    async def wait(self, seconds: float) -> None:
        """Return once an update waits or `seconds` have passed.

        Raises:
            ApiError: a later poll took over, as Telegram ends the older of two polls.
        """
        self.interrupt(OTHER_POLL)
        if self._waiting or seconds <= 0:
            return
        self._poll = poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None

    def interrupt(self, reason: str) -> None:
        """End the poll that waits, if there is one, with a conflict."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(conflict(reason))

    def dump(self) -> dict[str, Any]:
        """Return the queue in a form that JSON can hold."""
        waiting = [[arrived.isoformat(), update] for arrived, update in self._waiting.values()]
        return {"next_id": self.next_id, "allowed": sorted(self.allowed), "waiting": waiting}

    def load(self, state: dict[str, Any], *, skipped_ids: int) -> None:
        """Take over a dumped queue; new ids leave out `skipped_ids` so that none is given twice."""
        self.next_id = state["next_id"] + skipped_ids
        self.allowed = frozenset(state["allowed"])
        for arrived, update in state["waiting"]:
            self._waiting[update["update_id"]] = (datetime.fromisoformat(arrived), update)

    def _forget_old(self) -> None:
        if not self._waiting:
            return
        oldest = self._clock() - KEPT
        while self._waiting and next(iter(self._waiting.values()))[0] < oldest:
            self._waiting.popitem(last=False)
