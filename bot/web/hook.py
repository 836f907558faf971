"""The webhook: takes an update in, and says so to Telegram only when it is kept."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot import logs
from bot.health import Meters
from bot.web.callers import Callers
from bot.web.storing import Storing
from bot.web.updates import read_update

log = logs.get(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of the header
FORWARDED_HEADER = "X-Forwarded-For"
LARGEST = 1024 * 1024
"""Bytes of a body. An update is a few kilobytes: texts of 4096 characters, and no files."""
BODY_SECONDS = 10.0
OK, BAD, FORBIDDEN, NO_SUCH_METHOD, TOO_SLOW, TOO_LARGE, WRONG_TYPE, NOT_NOW = 200, 400, 403, 405, 408, 413, 415, 503
WAIT = {"Retry-After": "5"}


def secret_from(key: str) -> str:
    """Return what Telegram has to show with each call, made from a secret of ours. Source: Bot API, setWebhook."""
    return hmac.new(key.encode(), b"gfcbot webhook", hashlib.sha256).hexdigest()


@dataclass
class HookFace:
    """Answers Telegram's calls. All that is refused is refused before its body is read, as far as that is possible."""

    secret: str
    storing: Storing
    has_room: Callable[[], bool] = lambda: True
    callers: Callers = field(default_factory=Callers)
    meters: Meters = field(default_factory=Meters)
    _told: set[int] = field(default_factory=set)

    async def answer(self, request: web.Request) -> web.Response:
        """Take in one update: 200 when it is kept, 503 when Telegram shall bring it again."""
        status = self._refusal(request) or await self._taken(request)
        self._note(status)
        headers = {"Allow": "POST"} if status == NO_SUCH_METHOD else WAIT if status == NOT_NOW else None
        answer = web.Response(status=status, headers=headers)
        if status not in (OK, NOT_NOW):
            # What is left of the body is not worth reading.
            answer.force_close()
        return answer

    def _refusal(self, request: web.Request) -> int | None:
        if request.method != "POST":
            return NO_SUCH_METHOD
        if not self.callers.admits(request.remote, request.headers.getall(FORWARDED_HEADER, [])):
            return FORBIDDEN
        if not self._knows_secret(request):
            return FORBIDDEN
        if request.content_type != "application/json" or request.headers.get("Content-Encoding"):
            return WRONG_TYPE
        if (request.content_length or 0) > LARGEST:
            return TOO_LARGE
        return None if self.has_room() else NOT_NOW

    def _knows_secret(self, request: web.Request) -> bool:
        shown = request.headers.getall(SECRET_HEADER, [])
        # Compared in a time that does not tell how much of it is right.
        given = (shown[0] if len(shown) == 1 else "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(given, self.secret.encode())

    async def _taken(self, request: web.Request) -> int:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                update = read_update(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return TOO_LARGE
        except TimeoutError:
            return TOO_SLOW
        except ValueError:
            return BAD
        return OK if await self.storing.store(update) else NOT_NOW

    def _note(self, status: int) -> None:
        self.meters.requested(status)
        if status == OK:
            self.meters.contacted()
        if status not in (OK, NOT_NOW) and status not in self._told:
            # Once each: who calls from outside must not be able to fill the log.
            self._told.add(status)
            log.warning("webhook refuses a call; more of the kind are only counted", status=status)
