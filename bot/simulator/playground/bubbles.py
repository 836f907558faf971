"""One bubble: a message, or an album, with its quote, media, text, time and buttons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.simulator.playground.entities import safe_address, to_html
from bot.simulator.playground.markup import template
from bot.simulator.playground.media import Piece, pieces
from bot.simulator.playground.people import colour, full_name, initials
from bot.simulator.playground.service import excerpt
from bot.simulator.playground.words import Words

Message = Mapping[str, Any]


@dataclass(frozen=True)
class Scene:
    """For whom a chat is drawn, and what is going on in it."""

    viewer: int
    words: Words
    several: bool = False
    """Whether names and avatars of senders are shown."""
    pressing: frozenset[tuple[int, int, int]] = frozenset()
    """Buttons whose answer is awaited: message, row, column."""
    may_write: bool = True


def render(group: Sequence[Message], scene: Scene, *, first: bool, last: bool) -> str:
    """Return the bubble of a message, or of an album's messages, as HTML."""
    message = group[0]
    worded = next((one for one in group if one.get("text") or one.get("caption")), message)
    media = [piece for one in group for piece in pieces(one, scene.words)]
    return template("bubble.html").render(
        message=message,
        sender=_sender(message),
        mine=_mine(message, scene),
        first=first,
        last=last,
        several=scene.several,
        media=media,
        bare=_is_bare(media, worded),
        body=to_html(*_worded(worded)),
        quote=_quote(message, scene.words),
        origin=_origin(message),
        keyboard=_keyboard(message, scene),
        reactions=message.get("view", {}).get("reactions", ()),
        time=scene.words.clock(message["date"]),
        edited="edit_date" in message,
        editable=_mine(message, scene) and "text" in message,
        may_write=scene.may_write,
        words=scene.words,
    )


def _mine(message: Message, scene: Scene) -> bool:
    return bool(message.get("from", {}).get("id") == scene.viewer)


def _worded(message: Message) -> tuple[str, Sequence[Mapping[str, Any]]]:
    if "text" in message:
        return message["text"], message.get("entities", ())
    return message.get("caption", ""), message.get("caption_entities", ())


def _sender(message: Message) -> dict[str, Any]:
    who = message.get("sender_chat") or message.get("from") or message["chat"]
    name = full_name(who)
    face = {"name": name, "initials": initials(name), "colour": colour(who["id"])}
    return {**face, "bot": bool(who.get("is_bot"))}


def _is_bare(media: Sequence[Piece], worded: Message) -> bool:
    """Whether the bubble is nothing but pictures, so that the time stands on them."""
    return bool(media) and all(piece.kind == "picture" for piece in media) and not worded.get("caption")


def _quote(message: Message, words: Words) -> dict[str, Any] | None:
    replied = message.get("reply_to_message")
    # In a forum every message answers the one that opened its topic; Telegram does not quote that.
    if not replied or "forum_topic_created" in replied:
        return None
    quoted = message.get("quote", {}).get("text") or excerpt(replied, words)
    return {**_sender(replied), "text": quoted, "message_id": replied["message_id"]}


def _origin(message: Message) -> str:
    origin = message.get("forward_origin") or {}
    who = origin.get("sender_user") or origin.get("sender_chat") or origin.get("chat")
    return full_name(who) if who else str(origin.get("sender_user_name", ""))


def _keyboard(message: Message, scene: Scene) -> list[list[dict[str, Any]]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [
        [
            {
                "text": button["text"],
                "url": safe_address(button.get("url") or button.get("web_app", {}).get("url") or ""),
                "copied": button.get("copy_text", {}).get("text", ""),
                "position": f"{row},{column}",
                "waiting": (message["message_id"], row, column) in scene.pressing,
            }
            for column, button in enumerate(buttons)
        ]
        for row, buttons in enumerate(rows)
    ]
