"""The simulator over HTTP."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from telegram import Bot, InputMediaPhoto
from telegram.request import HTTPXRequest

from bot.simulator import Fault, Person, RunningServer, Simulator, serve


@pytest.fixture
async def server(simulator: Simulator) -> AsyncIterator[RunningServer]:
    """The simulator on a free port."""
    server = await serve(simulator)
    yield server
    await server.close()


@pytest.fixture
async def client(server: RunningServer) -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client whose addresses begin at the server."""
    async with aiohttp.ClientSession(server.url) as client:
        yield client


async def answered(response: aiohttp.ClientResponse) -> tuple[int, str]:
    assert response.content_type == "application/json"
    body = await response.json()
    return response.status, body.get("description") or body["result"]["text"]


async def test_a_stock_bot_talks_to_it(
    server: RunningServer, anna: Person, picture: Callable[[int, int], bytes]
) -> None:
    request = HTTPXRequest()
    bot = Bot("1:SIMULATED", f"{server.url}/bot", f"{server.url}/file/bot", request=request)
    async with bot:
        await anna.write("Grüße 😀")
        (update,) = await bot.get_updates(timeout=1)
        assert update.message
        assert update.message.text == "Grüße 😀"
        album = await bot.send_media_group(anna.id, [InputMediaPhoto(picture(9, 9))] * 2, caption="ü")
        file = await bot.get_file(album[0].photo[-1].file_id)
        assert await file.download_as_bytearray() == picture(9, 9)


async def test_parameters_come_in_four_ways(client: aiohttp.ClientSession, anna: Person) -> None:
    values = {"chat_id": "7", "text": "<i>ü&amp;</i>", "parse_mode": "HTML"}
    form = aiohttp.FormData(values)
    form.add_field("unused", b"a", filename="a.txt")
    path = "/bot1:SIMULATED/sendMessage"
    assert await answered(await client.get(path, params=values)) == (200, "ü&")
    assert await answered(await client.post(path, data=values)) == (200, "ü&")
    assert await answered(await client.post(path, json=values | {"chat_id": 7})) == (200, "ü&")
    assert await answered(await client.post(path, data=form)) == (200, "ü&")
    assert await answered(await client.post("/bot1:SIMULATED/SENDmessage", data=values)) == (200, "ü&")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/bot2:SIMULATED/getMe", (401, "Unauthorized")),
        ("/botnonsense/getMe", (404, "Not Found")),
        ("/nothing", (404, "Not Found")),
        ("/bot1:SIMULATED/dance", (404, "Not Found: method not found")),
    ],
)
async def test_wrong_addresses(client: aiohttp.ClientSession, path: str, expected: tuple[int, str]) -> None:
    assert await answered(await client.get(path)) == expected


async def test_wrong_json(client: aiohttp.ClientSession) -> None:
    headers = {"Content-Type": "application/json"}
    for body in ("{", "[]"):
        response = await client.post("/bot1:SIMULATED/getMe", data=body, headers=headers)
        assert await answered(response) == (400, "Bad Request: can't parse JSON object")


async def test_a_request_that_is_too_big(
    client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch, anna: Person
) -> None:
    monkeypatch.setattr("bot.simulator.server.LARGEST_REQUEST", 100)
    server = await serve(Simulator())
    form = aiohttp.FormData({"chat_id": "7"})
    form.add_field("document", bytes(200), filename="a.bin")
    response = await client.post(f"{server.url}/bot1:SIMULATED/sendDocument", data=form)
    assert await answered(response) == (413, "Request Entity Too Large")
    await server.close()


async def test_files_need_token_and_path(client: aiohttp.ClientSession) -> None:
    assert (await client.get("/file/bot2:SIMULATED/photos/file_1.png")).status == 401
    assert (await client.get("/file/bot1:SIMULATED/photos/file_1.png")).status == 404


async def test_a_poll_waits_over_http(client: aiohttp.ClientSession, anna: Person) -> None:
    poll = asyncio.create_task(client.post("/bot1:SIMULATED/getUpdates", json={"timeout": 5}))
    await asyncio.sleep(0.05)
    await anna.write("a")
    (update,) = (await (await asyncio.wait_for(poll, 5)).json())["result"]
    assert update["message"]["text"] == "a"


async def test_the_poll_of_a_caller_that_is_gone_ends(
    server: RunningServer, client: aiohttp.ClientSession, anna: Person
) -> None:
    async with aiohttp.ClientSession(server.url, timeout=aiohttp.ClientTimeout(0.05)) as gone:
        with pytest.raises(TimeoutError):
            await gone.post("/bot1:SIMULATED/getUpdates", json={"timeout": 50})
    response = await client.post("/bot1:SIMULATED/getUpdates", json={"timeout": 0})
    assert (await response.json())["ok"]


async def test_faults_over_http(
    server: RunningServer, client: aiohttp.ClientSession, simulator: Simulator, anna: Person
) -> None:
    values = {"chat_id": 7, "text": "a"}
    for kind, count in (("reset", 1), ("lost", 2)):
        simulator.faults.add(Fault(kind))  # type: ignore[arg-type]
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.post("/bot1:SIMULATED/sendMessage", json=values)
        assert len(simulator.messages(7)) == count
    simulator.faults.add(Fault("timeout"))
    timeout = aiohttp.ClientTimeout(0.5)
    with pytest.raises(TimeoutError):
        await client.post("/bot1:SIMULATED/sendMessage", json=values, timeout=timeout)
    assert len(simulator.messages(7)) == 3


async def test_the_port_is_free_after_closing(simulator: Simulator) -> None:
    first = await serve(simulator)
    port = int(first.url.rpartition(":")[2])
    await first.close()
    second = await serve(simulator, port=port)
    assert second.url == first.url
    await second.close()


async def test_the_control_face_drives_a_chat(client: aiohttp.ClientSession) -> None:
    async def post(path: str, **body: object) -> dict[str, object]:
        result: dict[str, object] = await (await client.post(f"/simulator/{path}", json=body)).json()
        return result

    assert (await post("people", first_name="Carl", person_id=9))["id"] == 9
    assert (await post("groups", title="Club", members=[9], chat_id=-5, forum=True))["is_forum"] is True
    written = await post("act", person=9, action="write", text="hi")
    assert written["result"]["text"] == "hi"  # type: ignore[index]
    content = "aGVsbG8="
    await post("acts", acts=[{"person": 9, "action": "send_document", "content": content, "name": "a.txt"}] * 2)
    messages = (await (await client.get("/simulator/chats/9?viewer=9")).json())["messages"]
    assert [message["view"]["outgoing"] for message in messages] == [True] * 3
    assert messages[1]["document"]["file_size"] == 5
    assert [chat["id"] for chat in (await (await client.get("/simulator/chats")).json())["chats"]] == [9, -5]
    await client.get("/bot1:SIMULATED/getMe")
    counts = await (await client.get("/simulator/counts")).json()
    assert counts == {"calls": {"getme": 1}, "updates": 4, "messages": 3}


async def test_the_control_face_presses_and_injects(client: aiohttp.ClientSession, anna: Person) -> None:
    markup = json.dumps({"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]})
    sent = {"chat_id": 7, "text": "?", "reply_markup": markup}
    await client.post("/bot1:SIMULATED/sendMessage", data=sent)
    press = {"person": 7, "action": "press", "message_id": 2, "button": [0, 0], "seconds": 0.01}
    pressed = await client.post("/simulator/act", json=press)
    assert await pressed.json() == {"result": None}
    await client.post("/simulator/faults", json={"kind": "error", "status": 500, "times": None})
    assert (await client.get("/bot1:SIMULATED/getMe")).status == 500
    await client.post("/simulator/clear", json={"faults": True})
    assert (await client.get("/bot1:SIMULATED/getMe")).status == 200
    await client.post("/simulator/limits", json={"per_second": 1})
    answers = [await client.post("/bot1:SIMULATED/sendMessage", data=sent) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 429]
    await client.post("/simulator/limits", json={"off": True})
    assert (await client.post("/bot1:SIMULATED/sendMessage", data=sent)).status == 200
    await client.post("/simulator/clear")
    assert (await (await client.get("/simulator/counts")).json())["messages"] == 0


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("act", {"person": 99, "action": "write", "text": "a"}, "KeyError: 99"),
        ("act", {"person": 7, "action": "dance"}, "ValueError: no such action: dance"),
        ("act", {"person": 7, "action": "write", "text": " "}, "NotPossible: an empty text cannot be sent"),
        ("faults", {"kind": "earthquake"}, "ValueError: no such fault: earthquake"),
        ("people", [], "ValueError: an object was expected"),
    ],
)
async def test_the_control_face_says_what_is_wrong(
    client: aiohttp.ClientSession, anna: Person, path: str, body: object, error: str
) -> None:
    response = await client.post(f"/simulator/{path}", json=body)
    assert (response.status, await response.json()) == (400, {"error": error})


async def test_three_thousand_messages_a_second(simulator: Simulator, anna: Person) -> None:
    values = {"chat_id": "7", "text": "<b>Hallo</b>, wie geht es?", "parse_mode": "HTML"}
    begun = time.process_time()
    for _ in range(3000):
        await simulator.call("sendMessage", values)
    assert time.process_time() - begun < 1
