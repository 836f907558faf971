"""The way a text leaves in a chat: split where too long, marked where it may be a repetition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode

from bot.pages import MESSAGE_LIMIT, split
from bot.telegram.handling import current
from bot.telegram.lanes import Lane
from handlers.context import Context

Button = tuple[str, str]
"""Label and callback data (at most 64 bytes. Source: Bot API, InlineKeyboardButton)."""

Rows = Sequence[Sequence[Button]]


class Reader(NamedTuple):
    """One recipient of something that goes to many; `lane`: of an announcement the slower one."""

    person: int
    language: str
    lane: Lane | None = None


MARK_ROOM = 200
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return the inline keyboard of `rows`, or None without a button."""
    buttons = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows if row]
    return InlineKeyboardMarkup(buttons) if buttons else None


def keyboard_without(markup: InlineKeyboardMarkup | None, prefix: str) -> InlineKeyboardMarkup | None:
    """Return an inline keyboard without the rows whose callback data begins with `prefix`."""
    rows = markup.inline_keyboard if markup else ()
    kept = [row for row in rows if not any(str(button.callback_data).startswith(prefix) for button in row)]
    return InlineKeyboardMarkup(kept) if kept else None


def rows_of(markup: InlineKeyboardMarkup | None) -> list[list[Button]]:
    """Return the rows of an inline keyboard."""
    rows = markup.inline_keyboard if markup else ()
    return [[(button.text, str(button.callback_data)) for button in row] for row in rows]


async def say(
    context: Context,
    chat_id: int,
    html: str,
    *,
    language: str,
    buttons: Rows = (),
    reply_to: int | None = None,
    topic: int | None = None,
) -> None:
    """Send `html`, in a forum to its `topic`; the last part carries the buttons, the first quotes `reply_to`."""
    parts = split(html, MESSAGE_LIMIT - MARK_ROOM)
    for number, part in enumerate(parts, start=1):
        await context.bot.send_message(
            chat_id,
            _marked(context, part, language),
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(buttons) if number == len(parts) else None,
            message_thread_id=topic,
            reply_to_message_id=reply_to if number == 1 else None,
            allow_sending_without_reply=True,
        )


def _marked(context: Context, part: str, language: str) -> str:
    """Add a line when the same message may have arrived before an interruption."""
    handling = current()
    if handling is None or not handling.repeats_next_send():
        return part
    return f"{part}\n\n{context.services.texts.render('repeated.html', language)}"
