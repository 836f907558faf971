"""Messages of the record on their way to the other side: texts as ours, all else as copies, albums together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import InputMediaAudio, InputMediaDocument, InputMediaPhoto, InputMediaVideo
from telegram.constants import ParseMode

from bot.enquiries.errands import Copy, Errand
from handlers.context import Context
from handlers.relaying.card_texts import cluster_name
from handlers.relaying.errands import claim_album
from handlers.relaying.posting import CAPTIONED, answering, copy, fits_caption, marked, post
from storage import enquiries, outbox
from storage.models import EnquiryMessage, Side

ALBUM_SECONDS, QUIET_SECONDS, LOOK_SECONDS = 1.5, 0.4, 0.1
"""How long the other parts of an album are waited for: in all, and after the last that came."""
MEDIA = {"photo": InputMediaPhoto, "video": InputMediaVideo, "document": InputMediaDocument, "audio": InputMediaAudio}


async def relay(context: Context, errand: Errand) -> None:
    """Pass on the message of the errand, with the rest of its album."""
    entry = errand.entry
    assert entry  # noqa: S101  a relayed row has one
    if entry.withdrawn_at is not None:
        return
    if entry.media_group_id is None:
        await _one(context, errand, entry)
        return
    await _wait_for_album(context, errand, entry.media_group_id)
    await claim_album(context, errand, entry.media_group_id)
    parts = [part for part in await _entries(context, errand) if part.withdrawn_at is None]
    if len(parts) > 1 and await _album(context, errand, parts):
        return
    for part in parts:
        await _one(context, errand, part)


def rendered(context: Context, errand: Errand, entry: EnquiryMessage, *, is_corrected: bool = False) -> str:
    """Return a message as the other side reads it: below who says it, where that is not plain."""
    template = "enquiries/relayed.html" if errand.place is None else "staff/relayed.html"
    return context.services.texts.render(
        template,
        errand.language,
        number=errand.enquiry.number,
        who=cluster_name(context, entry.cluster) if entry.side == Side.STAFF else "",
        firm=errand.enquiry.firm,
        needs_name=errand.topic_id is None,
        text=entry.text,
        is_corrected=is_corrected,
    )


async def _one(context: Context, errand: Errand, entry: EnquiryMessage) -> None:
    if entry.kind == "text":
        await post(context, errand, rendered(context, errand, entry), kind="relay", entry_id=entry.id)
        return
    html = rendered(context, errand, entry)
    caption = marked(context, errand, html)
    if entry.kind in CAPTIONED and fits_caption(caption):
        await copy(context, errand, entry, caption or None)
        return
    if entry.kind in CAPTIONED:
        await copy(context, errand, entry, "")
    elif not caption:
        await copy(context, errand, entry, None)
        return
    await post(context, errand, html or marked(context, errand, ""), kind="relay", entry_id=entry.id)
    if entry.kind not in CAPTIONED:
        await copy(context, errand, entry, None, reply_to=errand.copies[-1].message_id)


async def _album(context: Context, errand: Errand, parts: Sequence[EnquiryMessage]) -> bool:
    """Send an album, whose first part says who sends it; return whether it can be one."""
    first = marked(context, errand, rendered(context, errand, parts[0]))
    if not (fits_caption(first) and all(part.file_id and part.kind in MEDIA for part in parts)):
        return False
    captions = [first, *(part.text for part in parts[1:])]
    media = [
        MEDIA[part.kind](part.file_id or "", caption=caption or None, parse_mode=ParseMode.HTML if not number else None)
        for number, (part, caption) in enumerate(zip(parts, captions, strict=True))
    ]
    sent = await context.bot.send_media_group(
        errand.chat_id, media, message_thread_id=errand.topic_id, reply_parameters=answering(errand)
    )
    errand.copies += [Copy(message.message_id, "relay", part.id) for message, part in zip(sent, parts, strict=True)]
    return True


async def _wait_for_album(context: Context, errand: Errand, media_group_id: str) -> None:
    """Wait until no further part comes: Telegram delivers an album as single messages."""
    waited = quiet = 0.0
    known = -1
    while errand.row.attempts == 0 and waited < ALBUM_SECONDS and quiet < QUIET_SECONDS:
        async with context.services.database.read() as session:
            found = len(await outbox.album(session, errand.row, media_group_id))
        quiet = quiet + LOOK_SECONDS if found == known else 0.0
        known = found
        waited += LOOK_SECONDS
        await asyncio.sleep(LOOK_SECONDS)


async def _entries(context: Context, errand: Errand) -> list[EnquiryMessage]:
    async with context.services.database.read() as session:
        found = [await enquiries.entry(session, row.entry_id or 0) for row in errand.rows]
    return [entry for entry in found if entry]
