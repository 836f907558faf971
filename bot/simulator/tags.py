"""What the tags of Telegram's HTML style mean (https://core.telegram.org/bots/api#html-style)."""

from __future__ import annotations

from typing import Any

from bot.simulator.links import checked, linked_user

Entity = dict[str, Any]

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
TAGS = frozenset({*_SIMPLE, "a", "blockquote", "tg-emoji"})


def meaning(tag: str, attributes: dict[str, str], inside: str) -> Entity:
    """Return the entity of a tag without its place; empty when Telegram drops it, as it does bad links."""
    if tag == "a":
        return _link(attributes.get("href") or inside)
    if tag == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    if tag == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        return {"type": "code", "language": attributes["class"].removeprefix("language-")}
    return {"type": _SIMPLE[tag]}


def _link(url: str) -> Entity:
    if user := linked_user(url):
        return {"type": "text_mention", "user": {"id": user}}
    address = checked(url)
    return {"type": "text_link", "url": address} if address else {}
