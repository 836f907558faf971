"""The copies of a message follow it: changed as it was changed, taken back as it was taken back."""

from __future__ import annotations

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.enquiries.errands import Errand
from bot.pages import MESSAGE_LIMIT, split
from bot.telegram.settled import is_settled
from handlers.context import Context
from handlers.relaying.card_texts import cluster_name
from handlers.relaying.entries import rendered
from handlers.relaying.posting import CAPTIONED, fits_caption, post
from handlers.sending import MARK_ROOM, NO_PREVIEW
from storage import enquiries
from storage.models import EnquiryMessage

CANNOT = ("can't be edited", "to edit not found", "can't be deleted", "message_id_invalid")
"""Refusals after which there is another way."""


async def edit(context: Context, errand: Errand) -> None:
    """Change the copies; where that cannot be, send what was corrected."""
    entry, copies = errand.entry, await _copies(context, errand)
    assert entry  # noqa: S101  such a row has one
    if not copies or entry.withdrawn_at is not None:
        return
    if not await _is_edited(context, errand, entry, copies):
        html = rendered(context, errand, entry, is_corrected=True)
        await post(context, errand, html, kind="relay", entry_id=entry.id, reply_to=copies[0])


async def withdraw(context: Context, errand: Errand) -> None:
    """Delete the copies; where they are too old, say that they were withdrawn."""
    for copy in await _copies(context, errand):
        try:
            await context.bot.delete_message(errand.chat_id, copy)
        except BadRequest as refusal:
            if is_settled("deleteMessage", refusal):
                continue
            if not _has_another_way(refusal):
                raise
            await _blank(context, errand, copy)


async def _is_edited(context: Context, errand: Errand, entry: EnquiryMessage, copies: list[int]) -> bool:
    """Change the copies in place; return whether it was possible."""
    html = rendered(context, errand, entry)
    parts = split(html, MESSAGE_LIMIT - MARK_ROOM) if entry.kind == "text" else [html]
    if len(parts) != len(copies) or (entry.kind != "text" and not fits_caption(html)):
        return False
    try:
        for copy, part in zip(copies, parts, strict=True):
            await _change(context, errand, copy, part, has_caption=entry.kind in CAPTIONED)
    except BadRequest as refusal:
        if not _has_another_way(refusal):
            raise
        return False
    return True


async def _blank(context: Context, errand: Errand, copy: int) -> None:
    entry = errand.entry
    assert entry  # noqa: S101  such a row has one
    template = "enquiries/withdrawn.html" if errand.place is None else "staff/withdrawn.html"
    who = cluster_name(context, entry.cluster)
    html = context.services.texts.render(template, errand.language, who=who, number=errand.enquiry.number)
    try:
        await _change(context, errand, copy, html, has_caption=entry.kind in CAPTIONED)
    except BadRequest as refusal:
        if not _has_another_way(refusal):
            raise
        await post(context, errand, html, kind="notice", reply_to=copy)


async def _change(context: Context, errand: Errand, copy: int, html: str, *, has_caption: bool) -> None:
    """Change one message; that it is so already is no error."""
    try:
        if has_caption:
            await context.bot.edit_message_caption(errand.chat_id, copy, caption=html, parse_mode=ParseMode.HTML)
        else:
            await context.bot.edit_message_text(
                html, errand.chat_id, copy, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
            )
    except BadRequest as refusal:
        if not is_settled("editMessageText", refusal):
            raise


async def _copies(context: Context, errand: Errand) -> list[int]:
    """Return the copies in the chat of the errand, in order."""
    async with context.services.database.read() as session:
        found = await enquiries.copies(session, errand.row.entry_id or 0)
    return sorted(copy.message_id for copy in found if copy.chat_id == errand.chat_id)


def _has_another_way(refusal: BadRequest) -> bool:
    return any(words in refusal.message.lower() for words in (*CANNOT, "there is no text", "there is no caption"))
