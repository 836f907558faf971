"""Intake by webhook: has Telegram call our address, and looks now and then whether it still does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, InvalidToken

from bot import logs
from bot.errors import StartError
from bot.telegram.intake import ALLOWED_UPDATES, LONGEST_WAIT
from bot.telegram.watching import Unwatched, Watch

log = logs.get(__name__)

LOOK_SECONDS = 60.0
CONNECTIONS = 40
"""Calls that Telegram may make at once. Source: Bot API, setWebhook, the default."""


class Hook:
    """Sets the webhook, also when somebody else has changed it; what it brings comes in by `Inbox.receive`."""

    def __init__(
        self,
        bot: Bot,
        url: str,
        secret: str,
        *,
        seconds: float = LOOK_SECONDS,
        allowed_updates: Sequence[str] = ALLOWED_UPDATES,
        watch: Watch | None = None,
    ) -> None:
        self._bot = bot
        self._url = url
        self._secret = secret
        self._seconds = seconds
        self._allowed = allowed_updates
        self._watch = watch or Unwatched()
        self._last_error: object = None

    async def run(self) -> None:
        """Keep the webhook set; raises StartError when Telegram does not know the token, or refuses it at the start."""
        is_set, has_begun, failures = False, False, 0
        while True:
            try:
                is_set = is_set and await self._is_ours()
                if not is_set:
                    await self._set()
                is_set, has_begun, failures = True, True, 0
                await asyncio.sleep(self._seconds)
            except InvalidToken:
                raise StartError("Telegram does not know the token any more") from None
            except Exception as error:
                # Later it is no fault of the settings: a name that cannot be resolved just now, for one.
                if isinstance(error, BadRequest) and not has_begun:
                    raise StartError(f"Telegram refuses the webhook: {error.message}") from None
                failures += 1
                log.warning("webhook cannot be looked at", error=type(error).__name__)
                await asyncio.sleep(min(LONGEST_WAIT, 0.25 * 2.0 ** min(failures, 8)))

    async def settle(self) -> None:
        """Return at once: when Telegram calls is its own affair."""

    async def _set(self) -> None:
        await self._bot.set_webhook(
            self._url, secret_token=self._secret, allowed_updates=self._allowed, max_connections=CONNECTIONS
        )
        log.info("webhook set")

    async def _is_ours(self) -> bool:
        info = await self._bot.get_webhook_info()
        self._watch.pending(info.pending_update_count)
        self._tell(info)
        if info.url != self._url:
            log.error("somebody else has changed the webhook; it is set again")
            return False
        return True

    def _tell(self, info: WebhookInfo) -> None:
        if info.last_error_date and info.last_error_date != self._last_error:
            # Telegram's words about our server: status or network, nothing of a user.
            log.warning("Telegram could not deliver", reason=info.last_error_message, pending=info.pending_update_count)
        self._last_error = info.last_error_date
