"""The send lanes: every request of the bot passes here, and what Telegram counts waits for its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, cast

from telegram.error import BadRequest, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.handling import current
from bot.telegram.ledger import Ledger
from bot.telegram.pace import Lane, Pace, is_group
from bot.telegram.pacing import Turns
from bot.telegram.request import seconds_to_wait
from bot.telegram.settled import is_settled
from bot.telegram.watching import Unwatched, Watch
from bot.telegram.window import Place

__all__ = ["Lane", "Lanes", "Pace"]

Result = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[[], Coroutine[Any, Any, Result]]

COUNTED = ("send", "copy", "forward")
COUNTED_IN_GROUPS = ("edit", "createForumTopic", "pinChatMessage")
FREE = ("sendChatAction", "sendMessageDraft")
# A handler that waits for minutes would keep others from being handled; later it can be tried again.
LONGEST_WAIT = 60.0
# Telegram rounds retry_after to whole seconds, and its clock is not ours.
GRACE = 0.1


class Lanes(BaseRateLimiter[Lane]):
    """Pace the requests, interactive before bulk; obey "retry after" where it was said and nowhere else.

    The request raises RetryAfter after Pace.max_retries refusals, and at once where it would have to wait for more
    than a minute.
    """

    def __init__(self, pace: Pace | None = None, ledger: Ledger | None = None, watch: Watch | None = None) -> None:
        self._pace = pace or Pace()
        self._turns = Turns(self._pace)
        self._ledger = ledger
        self._watch = watch or Unwatched()

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def process_request(  # noqa: PLR0917
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Result:
        """Make the request when it is its turn; a send that the ledger knows as done is not made again.

        While an update is handled, a refusal that says that nothing is left to do is no error: the result is True.
        """
        call: Call = partial(callback, *args, **kwargs)
        entry = self._ledger.entry(endpoint) if self._ledger else None
        if entry:
            if entry.is_sent:
                return cast("Result", entry.result)
            call = partial(entry.send, call)
        try:
            return await self._paced(call, endpoint, data, rate_limit_args or Lane.INTERACTIVE)
        except BadRequest as refusal:
            if current() is None or not is_settled(endpoint, refusal):
                raise
            return True

    async def _paced(self, call: Call, endpoint: str, data: Mapping[str, Any], lane: Lane) -> Result:
        chat = _chat(data.get("chat_id"))
        counted = chat is not None and _is_counted(endpoint, chat)
        for refusals in range(self._pace.max_retries + 1):
            place = None
            if chat is not None and counted:
                place = await self._turn(lane, chat, _weight(data), first=refusals > 0)
            try:
                return await call()
            except RetryAfter as refusal:
                self._watch.refused(lane)
                seconds = seconds_to_wait(refusal) + GRACE
                self._pause(lane, chat, seconds)
                if refusals == self._pace.max_retries or seconds > LONGEST_WAIT:
                    raise
            finally:
                if place:
                    self._turns.answered(place)
            if not counted:
                await asyncio.sleep(seconds)
        raise AssertionError("unreachable")

    async def _turn(self, lane: Lane, chat: int | str, weight: int, *, first: bool) -> Place:
        self._refuse_long_waits(lane, chat)
        began = asyncio.get_running_loop().time()
        place = await self._turns.turn(lane, chat, weight, first=first)
        self._watch.waited(lane, asyncio.get_running_loop().time() - began)
        return place

    def _refuse_long_waits(self, lane: Lane, chat: int | str) -> None:
        seconds = self._turns.pause_left(lane, chat)
        if seconds > LONGEST_WAIT:
            raise RetryAfter(timedelta(seconds=seconds))

    def _pause(self, lane: Lane, chat: int | str | None, seconds: float) -> None:
        if lane is Lane.BULK:
            self._turns.pause_bulk(seconds)
        elif chat is not None:
            self._turns.pause_chat(chat, seconds)


def _chat(chat_id: object) -> int | str | None:
    if isinstance(chat_id, str):
        # The same chat may be given as a number or as its digits.
        return int(chat_id) if chat_id.lstrip("-").isdecimal() else chat_id
    return chat_id if isinstance(chat_id, int) else None


def _is_counted(endpoint: str, chat: int | str) -> bool:
    if endpoint in FREE:
        return False
    return endpoint.startswith(COUNTED) or (is_group(chat) and endpoint.startswith(COUNTED_IN_GROUPS))


def _weight(data: Mapping[str, Any]) -> int:
    # An album counts as its messages.
    several = data.get("media") or data.get("message_ids")
    return max(1, len(several)) if isinstance(several, list | tuple) else 1
