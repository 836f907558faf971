"""The aiohttp request against a server that misbehaves."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from io import BytesIO

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import RequestData

from bot.telegram.request import AiohttpRequest, NeverSent

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def misbehaving(behaviour: Behaviour) -> AsyncIterator[str]:
    stopping = asyncio.Event()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        work = asyncio.ensure_future(behaviour(reader, writer))
        end = asyncio.ensure_future(stopping.wait())
        _, unfinished = await asyncio.wait({work, end}, return_when=asyncio.FIRST_COMPLETED)
        for task in unfinished:
            task.cancel()
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        stopping.set()
        server.close()
        await asyncio.sleep(0.01)


@asynccontextmanager
async def serving(handler: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def respond(status: int, body: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    return handler


def described(field: object) -> object:
    if not isinstance(field, web.FileField):
        return field
    with field.file as file:
        return field.filename, field.content_type, file.read()


async def failure(url: str, request: AiohttpRequest) -> BaseException:
    async with request:
        with pytest.raises(NetworkError) as caught:
            await request.post(url, RequestData([]))
    return caught.value


async def test_a_refused_connection_was_never_sent() -> None:
    assert type(await failure(f"http://127.0.0.1:{free_port()}/", AiohttpRequest())) is NeverSent


async def test_an_unknown_host_was_never_sent() -> None:
    assert type(await failure("http://no-such-host.invalid/", AiohttpRequest())) is NeverSent


async def test_a_full_pool_is_never_sent() -> None:
    arrived = asyncio.Event()

    async def hang(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        arrived.set()
        await asyncio.sleep(0.4)

    async with misbehaving(hang) as url, AiohttpRequest(1, pool_timeout=0.05, connect_timeout=0.05) as request:
        first = asyncio.create_task(request.post(url))
        await arrived.wait()
        with pytest.raises(NeverSent):
            await request.post(url)
        with pytest.raises(NetworkError):
            await first


async def test_no_answer_in_time_is_timed_out() -> None:
    async def hang(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)

    async with misbehaving(hang) as url:
        assert type(await failure(url, AiohttpRequest(read_timeout=0.05))) is TimedOut


async def test_a_read_time_out_given_with_the_call_counts() -> None:
    async def hang(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.2)

    async with misbehaving(hang) as url, AiohttpRequest(read_timeout=30) as request:
        with pytest.raises(TimedOut):
            await request.post(url, read_timeout=0.05)


async def test_a_body_that_stops_half_way_is_timed_out() -> None:
    async def half(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":')
        await asyncio.sleep(0.2)

    async with misbehaving(half) as url:
        assert type(await failure(url, AiohttpRequest(read_timeout=0.05))) is TimedOut


async def test_a_half_answer_and_a_close_is_a_network_error_of_unknown_fate() -> None:
    async def half(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":')

    async with misbehaving(half) as url:
        assert type(await failure(url, AiohttpRequest())) is NetworkError


async def test_a_reset_after_the_request_left_is_a_network_error_of_unknown_fate() -> None:
    async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async with misbehaving(reset) as url:
        assert type(await failure(url, AiohttpRequest())) is NetworkError


async def test_a_server_that_does_not_read_an_upload_is_given_up() -> None:
    async def never_read(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1)

    times = AiohttpRequest(read_timeout=0.1, media_write_timeout=0.1, connect_timeout=0.1, pool_timeout=0.1)
    async with misbehaving(never_read) as url, times as request:
        bot = Bot("1:T", base_url=url, request=request)
        with pytest.raises(TimedOut):
            await bot.send_document(1, InputFile(b"x" * 30_000_000, filename="big.bin"))


async def test_a_gateway_error_in_html_is_a_network_error() -> None:
    async with serving(respond(502, "<html>Bad Gateway</html>")) as url:
        assert type(await failure(url, AiohttpRequest())) is NetworkError


async def test_a_success_that_is_not_json_is_a_network_error_and_is_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving(respond(200, "<html>secret</html>")) as url:
        assert type(await failure(url, AiohttpRequest())) is NetworkError
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("status", "error"), [(400, BadRequest), (401, InvalidToken), (429, RetryAfter), (500, NetworkError)]
)
async def test_refusals_are_the_library_s_errors(status: int, error: type[Exception]) -> None:
    body = '{"ok": false, "description": "d", "parameters": {"retry_after": 3}}' if status == 429 else "{}"
    async with serving(respond(status, body)) as url, AiohttpRequest() as request:
        with pytest.raises(error):
            await request.post(url)


async def test_parameters_and_files_arrive() -> None:
    seen: list[dict[str, object]] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append({name: described(field) for name, field in (await request.post()).items()})
        return web.json_response(
            {"ok": True, "result": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}}}
        )

    async with serving(handler) as url, AiohttpRequest() as request:
        bot = Bot("1:T", base_url=url, request=request)
        await bot.send_message(5, "Grüße & <b>mehr</b>", parse_mode="HTML")
        file = InputFile(BytesIO(b"%PDF"), filename="liste.pdf", read_file_handle=False)
        await bot.send_document(5, file, caption="ü")
        await bot.send_document(5, file, caption="again")
    assert seen[0]["text"] == "Grüße & <b>mehr</b>"
    assert seen[1]["caption"] == "ü"
    assert [part for part in seen[1].values() if isinstance(part, tuple)] == [("liste.pdf", "application/pdf", b"%PDF")]
    assert [part for part in seen[2].values() if isinstance(part, tuple)] == [("liste.pdf", "application/pdf", b"%PDF")]


async def test_files_are_retrieved() -> None:
    async with serving(respond(200, "content")) as url, AiohttpRequest() as request:
        assert await request.retrieve(url) == b"content"


async def test_a_proxy_is_used() -> None:
    targets: list[str] = []

    async def proxy(request: web.Request) -> web.Response:
        targets.append(str(request.url))
        return web.json_response({"ok": True, "result": True})

    async with serving(proxy) as url, AiohttpRequest(proxy=url) as request:
        assert await request.post("http://api.example/botT/getMe") is True
    assert targets == ["http://api.example/botT/getMe"]


async def test_it_can_be_opened_again() -> None:
    request = AiohttpRequest()
    async with serving(respond(200, '{"result": 1}')) as url:
        for _ in range(2):
            async with request:
                await request.initialize()
                assert await request.post(url) == 1
    with pytest.raises(NetworkError):
        await request.post(url)
