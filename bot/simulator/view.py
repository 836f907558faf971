"""A chat as a page shows it: the Bot API's messages and what only people see."""

from __future__ import annotations

from typing import Any

from bot.simulator.chats import Chat
from bot.simulator.events import Message
from bot.simulator.world import World


def viewed(world: World, chat: Chat, viewer: int | None) -> list[Message]:
    """Return the messages of a chat, oldest first.

    Each has one more field, "view": `outgoing` (the viewer wrote it), `reactions` ([{"emoji", "count", "chosen"}]),
    `pinned`, and `keyboard` (a reply keyboard that came with it, or {}).
    """
    return [
        {**message, "view": _view(world, chat, message_id, viewer)} for message_id, message in chat.messages.items()
    ]


def _view(world: World, chat: Chat, message_id: int, viewer: int | None) -> dict[str, Any]:
    sender = chat.messages[message_id].get("from", {}).get("id", world.bot.id)
    return {
        "outgoing": viewer is not None and sender == viewer,
        "reactions": _counted(chat.reactions.get(message_id, {}), viewer),
        "pinned": message_id in chat.pinned,
        "keyboard": chat.keyboards.get(message_id, {}),
    }


def _counted(reactions: dict[int, list[dict[str, Any]]], viewer: int | None) -> list[dict[str, Any]]:
    counts: dict[str, dict[str, Any]] = {}
    for account_id, chosen in reactions.items():
        for reaction in chosen:
            emoji = reaction.get("emoji") or reaction.get("custom_emoji_id", "")
            entry = counts.setdefault(emoji, {"emoji": emoji, "count": 0, "chosen": False})
            entry["count"] += 1
            entry["chosen"] |= account_id == viewer
    return list(counts.values())
