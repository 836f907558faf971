"""The list of methods, by their names in lower case, as Telegram ignores case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bot.simulator.calls import Call

Method = Callable[[Call], Any]
"""Takes the call, gives the result or an awaitable of it, raises ApiError to refuse."""

METHODS: dict[str, Method] = {}
_Function = TypeVar("_Function", bound=Method)


def method(function: _Function) -> _Function:
    """Offer `send_message` to the bot as sendMessage."""
    METHODS[function.__name__.replace("_", "")] = function
    return function
