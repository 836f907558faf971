"""The way of a call through faults and limits to its method, and the answer to it."""

from __future__ import annotations

import asyncio
import inspect
from dataclasses import dataclass
from typing import Any

from bot.simulator import groups
from bot.simulator.calls import Call
from bot.simulator.errors import ApiError, NoAnswer
from bot.simulator.faults import Fault, Faults
from bot.simulator.limits import Limits
from bot.simulator.methods import METHODS

_COUNTED = ("send", "copy", "forward")
_UNCOUNTED = frozenset({"sendchataction"})
_PHRASES = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the Bot API sends back: HTTP status and JSON body."""

    status: int
    body: dict[str, Any]


async def answer(call: Call, limits: Limits, faults: Faults) -> Answer:
    """Return Telegram's answer to a call, unless a fault strikes it.

    Raises:
        NoAnswer: a fault on demand took the connection away.
    """
    fault = faults.take(call.method, call.integer("chat_id") or None) if len(faults) else None
    if fault is None:
        return await _obey(call, limits)
    await _before(call, fault)
    if fault.kind == "error":
        return _broken(fault.status)
    result = await _obey(call, limits)
    if fault.kind in {"delay", "timeout", "lost"}:
        await asyncio.sleep(fault.seconds)
    if fault.kind in {"timeout", "lost"}:
        raise NoAnswer(accepted=True, hangs=fault.kind == "timeout")
    return _broken(fault.status) if fault.kind == "error_after" else result


def refusal(error: ApiError) -> Answer:
    """Return the answer that tells the bot of an error."""
    body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    return Answer(error.status, body | ({"parameters": error.parameters} if error.parameters else {}))


async def _obey(call: Call, limits: Limits) -> Answer:
    try:
        method = METHODS.get(call.method)
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        if call.method.startswith(_COUNTED) and call.method not in _UNCOUNTED:
            limits.take(call.world.chats.get(call.integer("chat_id")), _messages(call))
        result = method(call)
        if inspect.isawaitable(result):
            result = await result
    except ApiError as error:
        return refusal(error)
    return Answer(200, {"ok": True, "result": result})


def _messages(call: Call) -> int:
    """Return how many messages a call sends at once."""
    several = call.values.get("media") or call.values.get("message_ids")
    listed = call.structure("media" if "media" in call.values else "message_ids") if several else None
    return max(len(listed), 1) if isinstance(listed, list) else 1


async def _before(call: Call, fault: Fault) -> None:
    if fault.kind == "reset":
        await asyncio.sleep(fault.seconds)
        raise NoAnswer(accepted=False, hangs=False)
    chat = call.world.chats.get(call.integer("chat_id"))
    if fault.kind == "migrate" and chat and not chat.migrated_to:
        groups.migrate(call.world, chat)
    if fault.kind == "delete_topic" and chat:
        groups.delete_topic(call.world, chat.id, call.integer("message_thread_id"))


def _broken(status: int) -> Answer:
    return refusal(ApiError(status, _PHRASES.get(status, "Internal Server Error")))
