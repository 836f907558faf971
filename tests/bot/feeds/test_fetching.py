"""Fetching: bounded in size, time and hops; connected only to what was looked at."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from yarl import URL

from bot.feeds.addresses import Target
from bot.feeds.errors import BadFeed, Fault
from bot.feeds.fetching import Fetcher, Known, Pinned

HOST = "feeds.test"


async def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


async def answer(request: web.Request) -> web.StreamResponse:
    what = request.match_info["what"]
    if what.startswith("hop"):
        number = int(what[3:])
        return web.Response(status=302, headers={"Location": f"/hop{number - 1}" if number else "/plain"})
    if what == "inside":
        return web.Response(status=302, headers={"Location": "http://other.test/secret"})
    if what == "scheme":
        return web.Response(status=301, headers={"Location": "file:///etc/passwd"})
    if what == "slow":
        await asyncio.sleep(30)
    if what == "known" and request.headers.get("If-None-Match") == '"1"':
        return web.Response(status=304)
    bodies = {
        "bomb": (gzip.compress(b"0" * 9_000_000), "gzip"),
        "gzip": (gzip.compress(b"packed"), "gzip"),
        "half": (gzip.compress(b"packed" * 90)[:-9], "gzip"),
        "noise": (b"no gzip", "gzip"),
        "brotli": (b"?", "br"),
        "zlib": (zlib.compress(b"packed"), "deflate"),
        "large": (b"0" * 3_000_000, "identity"),
    }
    if what not in (*bodies, "plain", "known"):
        raise web.HTTPNotFound
    body, encoding = bodies.get(what, (b"plain", "identity"))
    return web.Response(body=body, headers={"Content-Encoding": encoding, "ETag": '"1"', "Last-Modified": "then"})


@pytest.fixture
async def port() -> AsyncIterator[int]:
    application = web.Application()
    application.router.add_get("/{what}", answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield runner.addresses[0][1]
    await runner.cleanup()


def fetcher(**more: float) -> Fetcher:
    return Fetcher(allowed=(HOST,), resolver=here, seconds=more.get("seconds", 5))


@pytest.mark.parametrize(
    ("what", "body"), [("plain", b"plain"), ("gzip", b"packed"), ("zlib", b"packed"), ("hop2", b"plain")]
)
async def test_what_is_fetched(port: int, what: str, body: bytes) -> None:
    found = await fetcher().fetch(f"http://{HOST}:{port}/{what}")
    assert (found.content, found.known) == (body, Known('"1"', "then"))


async def test_the_same_is_not_sent_again(port: int) -> None:
    found = await fetcher().fetch(f"http://{HOST}:{port}/known", Known('"1"', "then"))
    assert (found.content, found.known) == (None, Known('"1"', "then"))


@pytest.mark.parametrize(
    ("what", "fault"),
    [
        ("bomb", Fault.TOO_LARGE),
        ("large", Fault.TOO_LARGE),
        ("half", Fault.PACKED),
        ("noise", Fault.PACKED),
        ("brotli", Fault.PACKED),
        ("missing", Fault.REFUSED),
        ("hop3", Fault.REDIRECTS),
        ("inside", Fault.PRIVATE),
        ("scheme", Fault.ADDRESS),
        ("slow", Fault.SLOW),
    ],
)
async def test_what_is_not(port: int, what: str, fault: Fault) -> None:
    with pytest.raises(BadFeed) as refused:
        await fetcher(seconds=0.3 if what == "slow" else 5).fetch(f"http://{HOST}:{port}/{what}")
    assert refused.value.reason == fault


async def test_nobody_listens() -> None:
    with pytest.raises(BadFeed) as refused:
        await fetcher().fetch(f"http://{HOST}:1/plain")
    assert refused.value.reason == Fault.UNREACHABLE


async def test_without_permission_this_machine_is_not_asked(port: int) -> None:
    with pytest.raises(BadFeed) as refused:
        await Fetcher(resolver=here).fetch("http://feeds.test/plain")
    assert refused.value.reason == Fault.PRIVATE


async def test_a_name_is_not_asked_for_a_second_time() -> None:
    pinned = Pinned(Target(URL("http://a.test/"), "a.test", 80, ("93.184.215.14",)))
    assert [one["host"] for one in await pinned.resolve("A.test", 80)] == ["93.184.215.14"]
    with pytest.raises(OSError, match="not the host"):
        await pinned.resolve("b.test", 80)
