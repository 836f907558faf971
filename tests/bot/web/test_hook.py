"""The webhook, called rightly and wrongly: what is answered 200 is kept, and nothing else is."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncGenerator
from io import BytesIO
from ipaddress import ip_network

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.web import hook
from bot.web.callers import Callers
from bot.web.hook import LARGEST, SECRET_HEADER, secret_from
from bot.web.storing import MOST, Storing
from tests.bot.web.conftest import SECRET, Caller, Store

NETWORKS = (ip_network("149.154.160.0/20"),)
PROXIES = (ip_network("127.0.0.0/8"),)
UPDATE = {"update_id": 7, "message": {"chat": {"id": 5}, "text": "hello"}}


async def test_an_update_is_kept_and_then_acknowledged(caller: Caller, store: Store) -> None:
    store.gate.clear()
    call = asyncio.create_task(caller.post(UPDATE))
    await asyncio.sleep(0.05)
    assert not call.done()
    store.gate.set()
    assert await call == 200
    assert store.updates == [UPDATE]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({SECRET_HEADER: ""}, 403),
        ({SECRET_HEADER: "S3cret"}, 403),
        ({SECRET_HEADER: "s3cret2"}, 403),
        ({SECRET_HEADER: "s3cre\xe9"}, 403),
        ({"Content-Type": ""}, 415),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Encoding": "gzip"}, 415),
        ({"Content-Type": "application/json; charset=utf-8"}, 200),
    ],
)
async def test_what_is_not_telegrams_is_refused(
    caller: Caller, store: Store, headers: dict[str, str], status: int
) -> None:
    assert await caller.post(UPDATE, **headers) == status
    assert bool(store.updates) is (status == 200)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_only_post_is_allowed(caller: Caller, store: Store, method: str) -> None:
    assert await caller.send(b"", method) == 405
    assert not store.updates


async def test_two_secrets_are_none(caller: Caller, store: Store) -> None:
    answer = await caller.raw(
        b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n"
        + f"{SECRET_HEADER}: wrong\r\n{SECRET_HEADER}: {SECRET}\r\n\r\n".encode()
        + b'{"update_id":1}'
    )
    assert answer.startswith(b"HTTP/1.1 403 ")
    assert not store.updates


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'{"update_id": "1"}', b'{"update_id": 1, "x": NaN}', b"\xff\xfe"])
async def test_bad_json_is_refused_and_not_kept(caller: Caller, store: Store, body: bytes) -> None:
    assert await caller.send(body) == 400
    assert not store.updates


async def test_a_large_body_is_refused_whatever_it_says_of_its_length(caller: Caller, store: Store) -> None:
    body = b'{"update_id": 1, "x": "' + b"a" * LARGEST + b'"}'

    async def in_chunks() -> AsyncGenerator[bytes]:
        for at in range(0, len(body), 65_536):
            yield body[at : at + 65_536]

    headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
    for data in (BytesIO(body), in_chunks()):
        try:
            async with caller.session.post(caller.url, data=data, headers=headers) as answer:
                assert answer.status == 413
        except aiohttp.ClientOSError:
            # The server has answered and closed while the body was still on its way.
            assert caller.face.meters.registry.get_sample_value("gfcbot_webhook_requests_total", {"status": "413"})
    assert not store.updates


async def test_a_body_that_does_not_come_is_not_waited_for(
    caller: Caller, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "BODY_SECONDS", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", caller.port)
    writer.write(
        b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
        + f"{SECRET_HEADER}: {SECRET}\r\n\r\n".encode()
        + b'{"update_id"'
    )
    assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 408 ")
    writer.close()
    assert not store.updates


async def test_a_connection_that_breaks_in_the_body_leaves_nothing(caller: Caller, store: Store) -> None:
    await caller.raw(
        b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
        + f"{SECRET_HEADER}: {SECRET}\r\n\r\n".encode()
        + b'{"update_id": 1}',
        breaks_off=True,
    )
    assert not store.updates
    assert await caller.post(UPDATE) == 200


@pytest.mark.parametrize("error", [OSError("gone"), RuntimeError("not running"), ValueError("refused")])
async def test_what_could_not_be_kept_is_to_come_again(caller: Caller, store: Store, error: Exception) -> None:
    store.error = error
    assert await caller.post(UPDATE) == 503
    store.error = None
    assert await caller.post(UPDATE) == 200
    assert store.updates == [UPDATE]


async def test_a_database_that_is_away_is_not_waited_for_and_what_waits_is_kept_once(
    caller: Caller, store: Store
) -> None:
    store.gate.clear()
    assert await asyncio.gather(*(caller.post(UPDATE) for _ in range(5))) == [503] * 5
    store.gate.set()
    assert await caller.post(UPDATE | {"update_id": 8}) == 200
    assert sorted(update["update_id"] for update in store.updates) == [7, 8]


async def test_no_more_waits_than_can_be_held(store: Store) -> None:
    store.gate.clear()
    storing = Storing(store.receive, seconds=0.01)
    assert not any(await asyncio.gather(*(storing.store({"update_id": number}) for number in range(MOST + 50))))
    store.gate.set()
    await asyncio.sleep(0.01)
    assert len(store.updates) == MOST
    assert await storing.store({"update_id": MOST + 60})


async def test_a_full_inbox_takes_nothing(caller: Caller, store: Store) -> None:
    store.has_room = False
    assert await caller.post(UPDATE) == 503
    store.has_room = True
    assert await caller.post(UPDATE) == 200


async def test_who_is_not_in_the_networks_is_refused(caller: Caller, store: Store) -> None:
    caller.face.callers = Callers(allowed=NETWORKS)
    assert await caller.post(UPDATE, X_Forwarded_For="149.154.167.220") == 403
    caller.face.callers = Callers(NETWORKS, PROXIES)
    assert await caller.post(UPDATE, X_Forwarded_For="203.0.113.7") == 403
    assert not store.updates
    assert await caller.post(UPDATE, X_Forwarded_For="203.0.113.7, 149.154.167.220") == 200


async def test_refusals_do_not_fill_the_log_and_tell_nothing(caller: Caller) -> None:
    with capture_logs() as lines:
        for _ in range(5):
            await caller.post(UPDATE, **{SECRET_HEADER: "wrong"})
    assert [line["status"] for line in lines] == [403]
    assert "hello" not in str(lines)
    assert "wrong" not in str(lines)


async def test_nothing_says_what_runs_here(caller: Caller) -> None:
    async with caller.session.get(f"http://127.0.0.1:{caller.port}/metrics") as answer:
        assert answer.status == 404
        assert answer.headers["Server"] == "gfcbot"


@given(st.text(min_size=1))
def test_the_secret_is_made_of_what_telegram_allows_and_not_ours(key: str) -> None:
    made = secret_from(key)
    assert len(made) == 64
    assert made.isalnum()
    assert made.isascii()
    assert made == secret_from(key) != secret_from(key + "x")


async def test_the_secret_is_compared_in_constant_time(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    monkeypatch.setattr(hmac, "compare_digest", lambda *given: compared.append(given))
    assert await caller.post(UPDATE, **{SECRET_HEADER: "guess"}) == 403
    assert compared == [(b"guess", SECRET.encode())]
