"""HTTP to Telegram: aiohttp behind python-telegram-bot's request interface."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from functools import lru_cache
from io import BytesIO
from typing import IO, Any
from urllib.parse import urlencode

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

Given = float | DefaultValue[Any] | None

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


class NeverSent(NetworkError):  # noqa: N818 - named like TimedOut, of the library
    """The request failed before it left: it had no effect and is safe to repeat."""


def seconds_to_wait(refusal: RetryAfter) -> float:
    """Return how long Telegram wants to be left alone, in seconds."""
    wait = refusal.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class AiohttpRequest(BaseRequest):
    """Send requests with aiohttp, several times as fast as the stock httpx.

    All time-outs are seconds, None for no limit, and mean what they mean in HTTPXRequest, which has the same defaults.
    Raises NeverSent for what failed before the request left, TimedOut when no answer came in time, and
    NetworkError when the connection broke after the request left.
    """

    # Telegram's servers close an idle connection after a minute or more. A request on a connection that is
    # being closed has an unknown fate, so ours are dropped well before that.
    KEEP_ALIVE = 20.0

    def __init__(
        self,
        connections: int = 256,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer by default."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool of connections; does nothing when it is open."""
        if self._session and not self._session.closed:
            return
        connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=self.KEEP_ALIVE)
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )

    async def shutdown(self) -> None:
        """Close all connections; `initialize` opens them again."""
        if self._session:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer; raises NetworkError, without its text, when it is not a JSON object."""
        try:
            parsed = json.loads(payload)
        except ValueError:
            raise NetworkError("Invalid server response") from None
        if not isinstance(parsed, dict):
            raise NetworkError("Invalid server response")
        return parsed

    async def do_request(  # noqa: PLR0917
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Given = BaseRequest.DEFAULT_NONE,
        write_timeout: Given = BaseRequest.DEFAULT_NONE,
        connect_timeout: Given = BaseRequest.DEFAULT_NONE,
        pool_timeout: Given = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request and return its status and body; see BaseRequest.do_request."""
        if not self._session or self._session.closed:
            raise RuntimeError("This AiohttpRequest is not initialized.")
        uploads = request_data is not None and request_data.contains_files
        timeout = _timeout(
            method,
            read=_chosen(read_timeout, self._read),
            write=_chosen(write_timeout, self._media_write if uploads else self._write),
            connect=_chosen(connect_timeout, self._connect),
            pool=_chosen(pool_timeout, self._pool),
        )
        body, headers = await _encoded(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=self._proxy
            ) as response:
                return response.status, await response.read()
        except NEVER_SENT as error:
            raise NeverSent(f"Not sent: {type(error).__name__}") from error
        except TimeoutError as error:
            raise TimedOut(f"Timed out: {type(error).__name__}") from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"Broken off: {type(error).__name__}") from error


def _chosen(given: Given, default: float | None) -> float | None:
    return default if isinstance(given, DefaultValue) else given


@lru_cache(64)
def _timeout(
    method: str, *, read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    # aiohttp counts the wait for a free connection and the connecting as one, and has no limit for writing: there
    # the sum of all four bounds the call. A download (GET) may take longer than that, as long as it goes on.
    getting = _sum(connect, pool)
    total = None if method == "GET" else _sum(getting, write, read)
    return aiohttp.ClientTimeout(total=total, connect=getting, sock_connect=connect, sock_read=read)


def _sum(*seconds: float | None) -> float | None:
    known = [value for value in seconds if value is not None]
    return sum(known) if len(known) == len(seconds) else None


async def _encoded(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    if data is None:
        return None, None
    if not data.contains_files:
        return urlencode(data.json_parameters).encode(), FORM
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in (data.multipart_data or {}).items():
        # Read as a whole, so that the same upload can be sent again after a refusal. Telegram's limit is 50 MB.
        whole = content if isinstance(content, bytes) else await asyncio.to_thread(_read_again, content)
        form.add_field(name, BytesIO(whole), filename=filename, content_type=media_type)
    return form, None


def _read_again(file: IO[bytes]) -> bytes:
    if file.seekable():
        file.seek(0)
    return file.read()
