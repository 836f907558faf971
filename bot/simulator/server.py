"""The simulator over HTTP, for bots and tests in other processes."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web

from bot.simulator import control
from bot.simulator.errors import ApiError, NoAnswer
from bot.simulator.faces import answer_call, answer_file, encoded
from bot.simulator.files import Upload
from bot.simulator.gate import refusal
from bot.simulator.simulator import Simulator
from bot.simulator.webhooks import deliver

LARGEST_REQUEST = 50 * 1024 * 1024
"""Bytes that a bot may send at once (https://core.telegram.org/bots/api#sending-files)."""
HOLD_SECONDS = 300.0
"""How long a call without an answer is held when the caller has no read time-out of its own."""

Parameters = tuple[Mapping[str, object], Mapping[str, Upload]]


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that runs until `close`; `url` is what comes before `/bot<token>/`."""

    url: str
    _runner: web.AppRunner
    _delivery: asyncio.Task[None]

    async def close(self) -> None:
        """Stop serving and end open polls."""
        self._delivery.cancel()
        await asyncio.gather(self._delivery, return_exceptions=True)
        await self._runner.cleanup()


async def serve(simulator: Simulator, *, host: str = "127.0.0.1", port: int = 0) -> RunningServer:
    """Serve a simulator in the running loop; port 0 takes any free one.

    Raises:
        OSError: the port is taken.
    """
    # Polls of callers that are gone end at once, so that no update waits for nobody.
    runner = web.AppRunner(application(simulator), access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    bound = runner.addresses[0][1]
    return RunningServer(f"http://{host}:{bound}", runner, asyncio.create_task(deliver(simulator)))


def application(simulator: Simulator) -> web.Application:
    """Return the web application: the Bot API, its files and the control face under /simulator/."""
    app = web.Application(client_max_size=LARGEST_REQUEST)

    async def call(request: web.Request) -> web.StreamResponse:
        return await _call(simulator, request)

    async def file(request: web.Request) -> web.StreamResponse:
        status, content = answer_file(simulator, request.path)
        return web.Response(status=status, body=content)

    app.router.add_get("/file/{rest:.+}", file)
    app.add_routes(control.routes(simulator))
    app.router.add_route("*", "/{rest:.*}", call)
    return app


async def _call(simulator: Simulator, request: web.Request) -> web.StreamResponse:
    try:
        values, files = await _parameters(request)
        answer = await answer_call(simulator, request.path, values, files)
    except ApiError as error:
        answer = refusal(error)
    except web.HTTPRequestEntityTooLarge:
        answer = refusal(ApiError(413, "Request Entity Too Large"))
    except NoAnswer as error:
        return await _hang_up(request, hangs=error.hangs)
    return web.Response(status=answer.status, body=encoded(answer.body), content_type="application/json")


async def _parameters(request: web.Request) -> Parameters:
    values: dict[str, object] = dict(request.query)
    if request.content_type == "multipart/form-data":
        return await _multipart(request, values)
    body = await request.read()
    if request.content_type == "application/json" and body:
        return values | _object(await request.text()), {}
    return values | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), {}


def _object(body: str) -> dict[str, object]:
    try:
        given = control.decoded(body)
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
    return {name: value for name, value in given.items() if value is not None}


async def _multipart(request: web.Request, values: dict[str, object]) -> Parameters:
    files = {}
    for name, field in (await request.post()).items():
        if isinstance(field, web.FileField):
            files[name] = Upload(field.filename, field.file.read(), field.content_type)
        else:
            values[name] = field
    return values, files


async def _hang_up(request: web.Request, *, hangs: bool) -> web.StreamResponse:
    """Keep the caller waiting until it gives up, or reset its connection at once."""
    if hangs:
        await asyncio.sleep(HOLD_SECONDS)
    if request.transport:
        # Without lingering the peer sees a reset, as from a broken network, instead of an orderly end.
        connection = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()
    return web.Response()
