"""A feed over HTTP: no longer, no larger and from nowhere else than it may be."""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.feeds.addresses import Resolve, Target, look_up, read_address, resolve
from bot.feeds.errors import BadFeed, Fault

MOST_BYTES = 2 * 1024 * 1024
"""Of a feed, also after it is unpacked."""
MOST_SECONDS = 20.0
"""For all of it, redirects too."""
MOST_REDIRECTS = 3
MOVED = frozenset({301, 302, 303, 307, 308})
UNCHANGED = 304
PIECE = 64 * 1024
GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
HEADERS = {
    "User-Agent": "german-food-clusters-bot",
    "Accept": "text/calendar, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1",
    "Accept-Encoding": "gzip, identity",
}


class Known(NamedTuple):
    """What the server said last, so that it need not send the same again (RFC 9110, 13.1)."""

    etag: str | None = None
    modified: str | None = None


NOTHING = Known()


class Fetched(NamedTuple):
    """What came; `content` is None where nothing has changed. `charset` is what the server calls the encoding."""

    content: bytes | None
    charset: str | None
    known: Known


class Pinned(AbstractResolver):
    """Knows the addresses that were looked at, and asks nobody: a name that now leads elsewhere changes nothing."""

    def __init__(self, target: Target) -> None:
        self._target = target

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses. Raises OSError for another host."""
        if host.casefold() != self._target.host:
            raise OSError("not the host that was looked at")
        return [_entry(host, address, port) for address in self._target.addresses]

    async def close(self) -> None:
        """Nothing is open."""


def _entry(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)


@dataclass(frozen=True)
class Fetcher:
    """Fetches feeds; `allowed`: hosts of the operator's choice, in whatever network, on any port."""

    allowed: Collection[str] = ()
    resolver: Resolve = resolve
    seconds: float = MOST_SECONDS
    most_bytes: int = MOST_BYTES

    async def fetch(self, address: str, known: Known = NOTHING) -> Fetched:
        """Fetch an address, following at most three redirects, each of them looked at. Raises BadFeed."""
        url = read_address(address, self.allowed)
        try:
            async with asyncio.timeout(self.seconds):
                for _ in range(MOST_REDIRECTS + 1):
                    found = await self._hop(await look_up(url, self.allowed, resolver=self.resolver), known)
                    if isinstance(found, Fetched):
                        return found
                    url = found
        except TimeoutError:
            raise BadFeed(Fault.SLOW) from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise BadFeed(Fault.UNREACHABLE) from None
        raise BadFeed(Fault.REDIRECTS)

    async def _hop(self, target: Target, known: Known) -> Fetched | URL:
        connector = aiohttp.TCPConnector(resolver=Pinned(target), use_dns_cache=False, force_close=True)
        headers = {**HEADERS, **_conditions(known)}
        async with (
            aiohttp.ClientSession(connector=connector, auto_decompress=False, trust_env=False) as session,
            session.get(target.url, headers=headers, allow_redirects=False) as response,
        ):
            if response.status == UNCHANGED:
                return Fetched(None, None, known)
            if response.status in MOVED:
                return self._next(target.url, response.headers.get("Location", ""))
            if response.status != 200:
                raise BadFeed(Fault.REFUSED)
            content = _unpacked(await self._read(response), response.headers.get("Content-Encoding"), self.most_bytes)
            said = Known(_short(response.headers.get("ETag")), _short(response.headers.get("Last-Modified")))
            return Fetched(content, response.charset, said)

    def _next(self, url: URL, location: str) -> URL:
        try:
            return read_address(str(url.join(URL(location))), self.allowed)
        except ValueError:
            raise BadFeed(Fault.ADDRESS) from None

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        content = bytearray()
        async for piece in response.content.iter_chunked(PIECE):
            content += piece
            if len(content) > self.most_bytes:
                raise BadFeed(Fault.TOO_LARGE)
        return bytes(content)


def _conditions(known: Known) -> dict[str, str]:
    given = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in given.items() if value}


def _short(value: str | None) -> str | None:
    return value if value and len(value) <= 200 else None


def _unpacked(content: bytes, encoding: str | None, most: int) -> bytes:
    """Undo the compression, and stop where it gets too large."""
    name = (encoding or "identity").strip().casefold()
    if name == "identity":
        return content
    if name not in ("gzip", "x-gzip", "deflate"):
        raise BadFeed(Fault.PACKED)
    unpacking = zlib.decompressobj(GZIP_OR_ZLIB)
    try:
        unpacked = unpacking.decompress(content, most + 1)
    except zlib.error:
        raise BadFeed(Fault.PACKED) from None
    if len(unpacked) > most:
        raise BadFeed(Fault.TOO_LARGE)
    if not unpacking.eof:
        raise BadFeed(Fault.PACKED)
    return unpacked
