"""How people and chats look in lists and beside bubbles: names, initials, colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COLOURS = 7


def full_name(who: Mapping[str, Any]) -> str:
    """Return the name of a Bot API User or Chat."""
    if title := who.get("title"):
        return str(title)
    return f"{who.get('first_name', '')} {who.get('last_name', '')}".strip()


def initials(name: str) -> str:
    """Return up to two letters that stand for `name` on an avatar."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


def colour(account_id: int) -> int:
    """Return which of the seven colours of Telegram belongs to an account or chat."""
    return abs(account_id) % COLOURS
