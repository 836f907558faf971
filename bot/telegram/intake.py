"""Intake by polling: each update is stored before Telegram is told that it arrived."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot import logs
from bot.errors import StartError
from bot.telegram.request import seconds_to_wait
from bot.telegram.watching import Unwatched, Watch

log = logs.get(__name__)

Payload = dict[str, Any]
Store = Callable[[Sequence[Payload]], Awaitable[None]]

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "inline_query",
    "chosen_inline_result",
    "my_chat_member",
    "message_reaction",
)
LIMIT = 100  # updates a poll; the most that Telegram gives. Source: Bot API, getUpdates
LONGEST_WAIT = 30.0  # seconds
ANSWER_SECONDS = 10.0  # on top of the long poll
ROOM_SECONDS = 0.2


class Polling:
    """Asks for updates and gives them to `store`, which returns when they are kept.

    The next request confirms them: so a crash at any point loses none, and what comes twice is stored once.
    """

    def __init__(
        self,
        request: BaseRequest,
        base_url: str,
        store: Store,
        has_room: Callable[[], bool] = lambda: True,
        *,
        seconds: int = 25,
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        watch: Watch | None = None,
    ) -> None:
        self._request = request
        self._base_url = base_url
        self._store = store
        self._has_room = has_room
        self._seconds = seconds
        self._watch = watch or Unwatched()
        self._allowed = json.dumps(list(allowed_updates))
        self._offset = 0
        self._failures = 0
        self._last_failure = ""
        self._hurry = asyncio.Event()
        self._settled: asyncio.Future[None] | None = None

    async def run(self) -> None:
        """Poll for ever; raises StartError when Telegram does not know the token."""
        has_begun = False
        while True:
            try:
                if not has_begun:
                    # Telegram gives no updates to a poll while it has a webhook.
                    await self._request.post(f"{self._base_url}/deleteWebhook")
                    has_begun = True
                await self._wait_for_room()
                await self._poll()
                self._recovered()
            except InvalidToken:
                log.error("intake ends: Telegram does not know the token any more")
                raise StartError("Telegram does not know the token any more") from None
            except Exception as error:
                await asyncio.sleep(self._wait_after(error))

    async def settle(self) -> None:
        """Return when a poll that began after this call has found nothing new."""
        if self._settled is None:
            self._settled = asyncio.get_running_loop().create_future()
            self._hurry.set()
        await asyncio.shield(self._settled)

    async def _poll(self) -> None:
        settled, self._hurry = self._settled, asyncio.Event()
        updates = await self._answer(0 if settled else self._seconds)
        if updates is None:
            return
        self._watch.contacted()
        if updates:
            await self._store(updates)
            self._offset = updates[-1]["update_id"] + 1
        elif settled and not settled.done():
            settled.set_result(None)
            self._settled = None

    async def _answer(self, seconds: int) -> list[Payload] | None:
        """Return the updates; None when a long poll was broken off, because somebody is in a hurry."""
        poll = asyncio.ensure_future(self._get_updates(seconds))
        hurry = asyncio.ensure_future(self._hurry.wait())
        try:
            await asyncio.wait({poll, hurry}, return_when=asyncio.FIRST_COMPLETED)
            return poll.result() if poll.done() else None
        finally:
            hurry.cancel()
            poll.cancel()

    async def _get_updates(self, seconds: int) -> list[Payload]:
        query: dict[str, str | int] = {"timeout": seconds, "limit": LIMIT, "allowed_updates": self._allowed}
        if self._offset:
            query["offset"] = self._offset
        url = f"{self._base_url}/getUpdates?{urlencode(query)}"
        # The answer stays as it came: it is stored as such, and parsed into objects when it is handled.
        answer = await self._request.post(url, read_timeout=seconds + ANSWER_SECONDS)
        if not isinstance(answer, list):
            raise TelegramError("getUpdates gave no list")
        return answer

    async def _wait_for_room(self) -> None:
        if self._has_room():
            return
        log.warning("inbox is full; Telegram keeps what is new")
        while not self._has_room():  # noqa: ASYNC110 - checked too rarely for an event to pay
            await asyncio.sleep(ROOM_SECONDS)

    def _wait_after(self, error: Exception) -> float:
        name = type(error).__name__
        if name != self._last_failure:
            if isinstance(error, Conflict):
                log.error("another process polls for this bot; stop it, or give it a token of its own")
            else:
                log.warning("polling fails", error=name)
        self._last_failure = name
        self._failures += 1
        if isinstance(error, RetryAfter):
            return seconds_to_wait(error)
        return min(LONGEST_WAIT, 0.5 * 2.0 ** min(self._failures, 8)) * random.uniform(0.5, 1.0)  # noqa: S311

    def _recovered(self) -> None:
        if self._failures:
            log.info("polling works again", failures=self._failures)
        self._failures, self._last_failure = 0, ""


def chat_key(update: Payload) -> int:
    """Return what the update is ordered by: its chat, else its user, else 0 for what belongs to nobody."""
    for event in update.values():
        if not isinstance(event, dict):
            continue
        message = event.get("message")
        within = message.get("chat") if isinstance(message, dict) else None
        for owner in (event.get("chat"), within, event.get("from"), event.get("user")):
            if isinstance(owner, dict) and _is_id(owner.get("id")):
                return int(owner["id"])
    return 0


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
