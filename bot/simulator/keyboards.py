"""The keyboards under messages: what Telegram accepts, and how it refuses the rest."""

from __future__ import annotations

from typing import Any

from bot.simulator.calls import Call
from bot.simulator.errors import bad_request
from bot.simulator.links import checked

LONGEST_DATA = 64
"""Bytes of callback_data (https://core.telegram.org/bots/api#inlinekeyboardbutton)."""
MOST_BUTTONS = 100
"""Telegram answers "reply markup is too long" above it (https://limits.tginfo.me)."""

_REPLY_KINDS = ("keyboard", "remove_keyboard", "force_reply")
_INLINE_KINDS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
Markup = dict[str, Any]


def markup(call: Call) -> tuple[Markup, Markup]:
    """Return the inline keyboard and the reply keyboard of a call; at least one of them is empty.

    Raises:
        ApiError: 400 for what Telegram does not accept.
    """
    given = call.structure("reply_markup")
    if not given:
        return {}, {}
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in given:
        rows = _rows(given["inline_keyboard"], "inline keyboard")
        return ({"inline_keyboard": [[_inline(button) for button in row] for row in rows]} if rows else {}), {}
    if "keyboard" in given:
        rows = _rows(given["keyboard"], "reply keyboard")
        return {}, given | {"keyboard": [[_reply(button) for button in row] for row in rows]}
    return {}, given if any(kind in given for kind in _REPLY_KINDS) else {}


def inline(call: Call) -> Markup:
    """Return the inline keyboard of a call that allows no other; empty when there is none."""
    keyboard, other = markup(call)
    if other:
        raise bad_request("inline keyboard expected")
    return keyboard


def _rows(rows: object, kind: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f"can't parse {kind}: Array of Arrays expected")
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in rows if row]


def _inline(button: object) -> Markup:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    kinds = [kind for kind in _INLINE_KINDS if kind in button]
    if not kinds:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if kinds[0] == "callback_data":
        _check_data(button["callback_data"])
    if kinds[0] == "url":
        return button | {"url": _checked_url(button["url"])}
    return button


def _check_data(data: object) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")


def _checked_url(url: object) -> str:
    address = checked(url) if isinstance(url, str) else ""
    if not address:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return address


def _reply(button: object) -> Markup:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return button
