"""A message as the enquiries keep it: its kind, its text and its file."""

from __future__ import annotations

from typing import Any

from telegram import Message

from bot.enquiries import Said

FILES = ("animation", "document", "photo", "audio", "sticker", "video", "video_note", "voice")
"""An animation carries a document as well, so it comes first. Source: Bot API, Message, `document`."""
OTHERS = ("venue", "location", "contact", "dice")
"""What has no file but can be copied; a venue carries a location as well."""


def said_of(message: Message) -> Said | None:
    """Return what a message says; None for what cannot be passed on: polls, games, invoices, stories."""
    kind = "text" if message.text is not None else next((name for name in (*FILES, *OTHERS) if message[name]), None)
    if kind is None or message.from_user is None:
        return None
    return Said(
        message.chat_id,
        message.message_id,
        message.from_user.id,
        kind,
        message.text or message.caption or "",
        _file_id(message, kind),
        message.media_group_id,
    )


def _file_id(message: Message, kind: str) -> str | None:
    if kind not in FILES:
        return None
    content: Any = message[kind]
    # The sizes of a picture, the largest last.
    return str(content[-1].file_id if kind == "photo" else content.file_id)
