"""What a staff chat still shows of somebody who wants to be forgotten is taken away, as far as Telegram allows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated

from bot.enquiries.errands import Errand
from handlers.context import Context
from handlers.sending import NO_PREVIEW


async def erase(context: Context, errand: Errand) -> None:
    """Empty the card, rename its topic, delete the other messages; those that are too old are emptied."""
    left, number = errand.row.values, errand.enquiry.number
    chat_id = int(left["chat_id"])
    text = context.services.texts.render("privacy/erased.html", errand.language, number=number)
    if left["topic_id"]:
        await _tried(lambda: context.bot.edit_forum_topic(chat_id, int(left["topic_id"]), name=number))
    if left["card_id"]:
        await _empty(context, chat_id, int(left["card_id"]), text)
    for message_id in left["message_ids"]:
        if not await _tried(lambda message_id=message_id: context.bot.delete_message(chat_id, message_id)):  # type: ignore[misc]
            await _empty(context, chat_id, message_id, text)


async def _empty(context: Context, chat_id: int, message_id: int, text: str) -> None:
    """Replace a text, or what stands below a file: the file itself cannot be taken back after two days."""
    changed = await _tried(
        lambda: context.bot.edit_message_text(
            text, chat_id, message_id, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        )
    )
    if not changed:
        await _tried(
            lambda: context.bot.edit_message_caption(chat_id, message_id, caption=text, parse_mode=ParseMode.HTML)
        )


async def _tried(call: Callable[[], Awaitable[object]]) -> bool:
    """Do it, unless Telegram refuses for good, as where a group has become another; return whether it was done."""
    try:
        await call()
    except (BadRequest, ChatMigrated):
        return False
    return True
