"""The HTTP face on a free port, with a store that can fail or wait."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.web.hook import SECRET_HEADER, HookFace
from bot.web.server import Site, serving
from bot.web.storing import Storing

SECRET = "s3cret"


@dataclass
class Store:
    """Keeps updates; fails with `error`, waits for `gate`."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    error: Exception | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    has_room: bool = True

    def __post_init__(self) -> None:
        self.gate.set()

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        await self.gate.wait()
        if self.error:
            raise self.error
        self.updates.extend(updates)


@dataclass
class Caller:
    """Calls the webhook as Telegram does, or as it does not."""

    port: int
    session: aiohttp.ClientSession
    face: HookFace

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def post(self, update: object, **headers: str) -> int:
        """Post an update with the secret; a header given as "" is left out."""
        return await self.send(json.dumps(update).encode(), **headers)

    async def send(self, body: bytes, method: str = "POST", **headers: str) -> int:
        given = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.request(
            method, self.url, data=body, headers={name: value for name, value in given.items() if value}
        ) as answer:
            assert not await answer.read()
            return answer.status

    async def raw(self, request: bytes, *, breaks_off: bool = False) -> bytes:
        """Send bytes, and return what comes back until the connection is closed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        if breaks_off:
            writer.write_eof()
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()
        return answer


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
async def caller(store: Store) -> AsyncIterator[Caller]:
    face = HookFace(SECRET, Storing(store.receive, seconds=0.2), lambda: store.has_room)
    site = Site("127.0.0.1:0", "HOOK", [web.route("*", "/hook", face.answer)])
    async with serving([site], stop_seconds=1) as ports, aiohttp.ClientSession() as session:
        yield Caller(ports["HOOK"], session, face)
