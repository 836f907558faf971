"""The page on the web: its routes, and a server inside a running event loop."""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import uvicorn
from fastapi import FastAPI, Request, Response, UploadFile
from nicegui import Client, app, ui

from bot.simulator import NotPossible, Person, Simulator, Upload
from bot.simulator.playground import deeds
from bot.simulator.playground.markup import FOLDER
from bot.simulator.playground.page import Page
from bot.simulator.playground.stage import Describe, Stage, undescribed
from bot.simulator.playground.view import View, Window
from bot.texts import Texts

STATIC = FOLDER / "static"
ASSETS = "/playground/static"
INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/")
POLICY = (
    "default-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; object-src 'none'; base-uri 'self'"
)
"""Nothing is loaded from elsewhere; NiceGUI needs inline scripts and eval."""


def attach(simulator: Simulator, people: Sequence[Person], texts: Texts, *, describe: Describe = undescribed) -> None:
    """Define the page "/" and its files; `describe` says in a language who a person is, in two or three words."""
    stage = Stage(simulator, people, texts, describe)
    for path in ("/", "/playground/files/{file_id}", "/playground/files"):
        app.remove_route(path)
    app.add_static_files(ASSETS, STATIC)

    @ui.page("/", title=texts.label("page_title", "en", source="playground.html"), favicon=STATIC / "favicon.svg")
    def page(request: Request, client: Client) -> None:
        _add_assets()
        Page(stage, View.from_query(request.query_params, people[0].id), client)

    @app.get("/playground/files/{file_id}")
    def download(file_id: str) -> Response:
        return _file(stage, file_id)

    @app.post("/playground/files")
    async def upload(request: Request, window: str, files: list[UploadFile]) -> Response:
        # The header keeps other web sites out: a browser asks before it sends one across.
        chosen = Window.parse(window)
        if chosen is None or not stage.has(chosen) or "x-playground" not in request.headers:
            return Response(status_code=403)
        uploads = [Upload(file.filename or "file", await file.read(), file.content_type or "") for file in files]
        return await _send(stage, chosen, uploads)


def _add_assets() -> None:
    version = _version()
    ui.add_head_html(
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<link rel="stylesheet" href="{ASSETS}/playground.css?{version}">'
        f'<script src="{ASSETS}/playground.js?{version}" defer></script>'
    )
    ui.add_body_html((STATIC / "icons.svg").read_text("utf-8"))


@cache
def _version() -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()))).hexdigest()[:10]


def _file(stage: Stage, file_id: str) -> Response:
    stored = stage.simulator.file(file_id)
    if stored is None:
        return Response(status_code=404)
    mime = stored.upload.mime
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
    if not mime.startswith(INLINE):
        headers["Content-Disposition"] = "attachment"
    return Response(stored.upload.content, media_type=mime, headers=headers)


async def _send(stage: Stage, window: Window, uploads: list[Upload]) -> Response:
    person = stage.person(window.person)
    try:
        await deeds.attach(person, uploads, chat=window.chat, topic=window.topic or None)
    except NotPossible:
        return Response(status_code=409)
    return Response(status_code=204)


@cache
def _application() -> FastAPI:
    # NiceGUI keeps one application in a process; a second server serves it again.
    application = FastAPI(openapi_url=None, telemetry={"auto_configure": False})
    ui.run_with(application, tailwind=False, dark=None, show_welcome_message=False, reconnect_timeout=5.0)
    return application


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and tell so."""
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs the loop."""
        yield


class Site:
    """A running server of the page."""

    def __init__(self, server: uvicorn.Server, task: asyncio.Task[None], url: str) -> None:
        self._server = server
        self._task = task
        self.url = url

    async def wait(self) -> None:
        """Return when the server has ended."""
        await asyncio.shield(self._task)

    async def close(self) -> None:
        """End the server and wait for it."""
        self._server.should_exit = True
        await self._task


async def serve(
    simulator: Simulator,
    people: Sequence[Person],
    texts: Texts,
    *,
    port: int,
    host: str = "127.0.0.1",
    describe: Describe = undescribed,
) -> Site:
    """Serve the page in the running loop and return when it listens; port 0 takes any free one.

    Raises:
        OSError: the port is taken.
    """
    attach(simulator, people, texts, describe=describe)
    listener = socket.create_server((host, port))
    config = uvicorn.Config(
        _application(),
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
        ws="websockets-sansio",
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    ready = asyncio.create_task(server.ready.wait())
    await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
    if ready.cancel():
        task.result()
    return Site(server, task, f"http://{host}:{listener.getsockname()[1]}/")
