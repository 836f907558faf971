"""A small face for other processes: make people, let them act, read chats, inject faults; JSON in and out."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from aiohttp import web

from bot.simulator.errors import NotPossible
from bot.simulator.faces import encoded
from bot.simulator.faults import Fault
from bot.simulator.limits import Limits
from bot.simulator.simulator import Simulator

ACTIONS = frozenset(
    {
        "write",
        "ask",
        "start",
        "edit",
        "delete",
        "press",
        "forward",
        "react",
        "block",
        "unblock",
        "join",
        "leave",
        "open_topic",
    }
    | {"send_photo", "send_document", "send_voice", "share_contact", "share_location"}
    | {"inline_query", "choose_inline_result"}
)
"""What a person can be told to do; the parameters are those of Person's methods, `content` in base64."""

Body = dict[str, Any]
Task = Callable[[Simulator, Body], Awaitable[Any]]


def decoded(body: str) -> Body:
    """Return a JSON object.

    Raises:
        ValueError: it is none.
    """
    given = json.loads(body)
    if not isinstance(given, dict):
        raise ValueError("an object was expected")
    return given


def routes(simulator: Simulator) -> list[web.RouteDef]:
    """Return the routes of the control face.

    POST /simulator/people, groups, act, acts, faults, limits, clear; GET /simulator/counts,
    /simulator/chats, /simulator/chats/{id}. Wrong input gets 400 and {"error": ...}.
    """
    tasks: Mapping[str, Task] = {
        "people": _add_person,
        "groups": _add_group,
        "act": _act,
        "acts": _acts,
        "faults": _add_fault,
        "limits": _limit,
        "clear": _clear,
    }
    posts = [web.post(f"/simulator/{name}", _handler(simulator, task)) for name, task in tasks.items()]
    readers: Mapping[str, Task] = {"counts": _counts, "chats": _chats, "chats/{chat}": _messages}
    return [*posts, *(web.get(f"/simulator/{path}", _handler(simulator, task)) for path, task in readers.items())]


def _handler(simulator: Simulator, task: Task) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            body = decoded(await request.text() or "{}") | dict(request.match_info) | dict(request.query)
            status, result = 200, await task(simulator, body)
        except (KeyError, TypeError, ValueError, NotPossible) as error:
            status, result = 400, {"error": f"{type(error).__name__}: {error}"}
        return web.Response(status=status, body=encoded(result), content_type="application/json")

    return handle


async def _add_person(simulator: Simulator, body: Body) -> Body:
    return asdict(simulator.add_person(**body).account)


async def _add_group(simulator: Simulator, body: Body) -> Body:
    members = [simulator.person(person_id) for person_id in body.pop("members", [])]
    return simulator.add_group(**body, members=members).as_chat()


async def _act(simulator: Simulator, body: Body) -> Body:
    person = simulator.person(body.pop("person"))
    action = body.pop("action")
    if action not in ACTIONS:
        raise ValueError(f"no such action: {action}")
    if "content" in body:
        body["content"] = base64.b64decode(body["content"])
    if isinstance(body.get("button"), list):
        body["button"] = tuple(body["button"])
    result = await getattr(person, action)(**body)
    return {"result": asdict(result) if is_dataclass(result) and not isinstance(result, type) else result}


async def _acts(simulator: Simulator, body: Body) -> Body:
    return {"results": [(await _act(simulator, act))["result"] for act in body["acts"]]}


async def _add_fault(simulator: Simulator, body: Body) -> Body:
    simulator.faults.add(Fault(**body))
    return {}


async def _limit(simulator: Simulator, body: Body) -> Body:
    simulator.limits = Limits.off() if body.pop("off", False) else Limits(**body)
    return {}


async def _clear(simulator: Simulator, body: Body) -> Body:
    """Forget chats, people, updates and counts ("faults": only the faults)."""
    simulator.faults.clear()
    if not body.get("faults"):
        simulator.clear()
    return {}


async def _counts(simulator: Simulator, body: Body) -> Body:
    """Tell how often each method was called, and how many updates wait and messages exist."""
    messages = sum(len(chat.messages) for chat in simulator.chats)
    return {"calls": simulator.calls, "updates": len(simulator.world.updates), "messages": messages}


async def _chats(simulator: Simulator, body: Body) -> Body:
    return {"chats": [chat.as_chat() for chat in simulator.chats]}


async def _messages(simulator: Simulator, body: Body) -> Body:
    viewer = int(body["viewer"]) if "viewer" in body else None
    return {"messages": simulator.messages(int(body["chat"]), viewer)}
