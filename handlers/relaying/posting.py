"""The ways in which a delivery leaves: as a text of ours, or as a copy of what somebody sent."""

from __future__ import annotations

from typing import Any

from telegram import ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.enquiries.errands import Copy, Errand
from bot.pages import MESSAGE_LIMIT, length, split
from handlers.context import Context
from handlers.sending import MARK_ROOM, NO_PREVIEW, Rows, keyboard
from storage.models import EnquiryMessage

CAPTION_LIMIT = 1024
"""Characters, in UTF-16 units. Source: Bot API, copyMessage, `caption`."""
CAPTIONED = ("photo", "document", "video", "animation", "audio", "voice")
"""What can carry a caption."""


async def post(
    context: Context,
    errand: Errand,
    html: str,
    *,
    kind: str,
    buttons: Rows = (),
    entry_id: int | None = None,
    reply_to: int | None = None,
) -> None:
    """Send a text, in parts where it is too long; each that arrives is kept in `errand.copies`."""
    parts = split(html, MESSAGE_LIMIT - MARK_ROOM)
    for number, part in enumerate(parts, start=1):
        sent = await context.bot.send_message(
            errand.chat_id,
            marked(context, errand, part),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            message_thread_id=errand.topic_id,
            reply_parameters=answering(errand, reply_to),
            reply_markup=keyboard(buttons) if number == len(parts) else None,
        )
        errand.copies.append(Copy(sent.message_id, kind, entry_id))


async def copy(
    context: Context, errand: Errand, entry: EnquiryMessage, caption: str | None, *, reply_to: int | None = None
) -> None:
    """Copy what somebody sent, without their name; `caption` replaces what stands below it.

    What was deleted where it was written is sent by its file, which Telegram keeps.
    """
    place: dict[str, Any] = {
        "message_thread_id": errand.topic_id,
        "reply_parameters": answering(errand, reply_to),
    }
    if entry.kind in CAPTIONED:
        place |= {"caption": caption, "parse_mode": ParseMode.HTML if caption else None}
    try:
        message_id = (
            await context.bot.copy_message(errand.chat_id, entry.chat_id, entry.message_id, **place)
        ).message_id
    except BadRequest as refusal:
        if "message to copy not found" not in refusal.message.lower() or entry.file_id is None:
            raise
        send = getattr(context.bot, f"send_{entry.kind}")
        message_id = (await send(errand.chat_id, **{entry.kind: entry.file_id}, **place)).message_id
    errand.copies.append(Copy(message_id, "relay", entry.id))


def answering(errand: Errand, reply_to: int | None = None) -> ReplyParameters | None:
    """Return what the message replies to: `reply_to`, or the card where there are no topics."""
    answered = reply_to or errand.card_id
    return ReplyParameters(answered, allow_sending_without_reply=True) if answered else None


def marked(context: Context, errand: Errand, html: str) -> str:
    """Add a line when the same message may have arrived before."""
    if not errand.is_marked:
        return html
    mark = context.services.texts.render("repeated.html", errand.language)
    return f"{html}\n\n{mark}" if html else mark


def fits_caption(html: str) -> bool:
    """Whether Telegram takes a text as a caption; the tags are counted too, to be safe."""
    return length(html) <= CAPTION_LIMIT
