"""The map of the four seats and the value chain as pictures, light or dark, with their text for who cannot see them."""

from __future__ import annotations

import asyncio

from telegram import InputMediaPhoto, Message, Update
from telegram.constants import ChatAction, ParseMode
from telegram.ext import CallbackQueryHandler

from bot import pictures
from handlers.context import App, Context
from handlers.finding.steps import LABELS
from handlers.people import language_of
from handlers.sending import keyboard
from handlers.typing import typing

DRAWN = {
    "map": (pictures.seats_map, pictures.seats_text),
    "steps": (pictures.value_chain, pictures.value_chain_text),
}
OTHER = {"light": "dark", "dark": "light"}


def register(app: App) -> None:
    """The buttons for pictures, and those under them that change the colours."""
    app.add_handler(CallbackQueryHandler(on_picture, pattern=r"^picture:(map|steps):(light|dark)$"))
    app.add_handler(CallbackQueryHandler(on_colours, pattern=r"^colours:(map|steps):(light|dark)$"))


async def on_picture(update: Update, context: Context) -> None:
    """Send a picture with its text."""
    query, chat = update.callback_query, update.effective_chat
    assert query and query.data and chat  # noqa: S101, PT018  the pattern promises it
    await query.answer()
    async with typing(context, chat.id, ChatAction.UPLOAD_PHOTO):
        photo, caption, buttons = await _picture(update, context, query.data)
        await context.bot.send_photo(
            chat.id, photo, caption=caption, parse_mode=ParseMode.HTML, reply_markup=keyboard(buttons)
        )


async def on_colours(update: Update, context: Context) -> None:
    """Show the same picture in the other colours."""
    query = update.callback_query
    assert query and query.data  # noqa: S101, PT018  the pattern promises it
    await query.answer()
    photo, caption, buttons = await _picture(update, context, query.data)
    if isinstance(query.message, Message):
        media = InputMediaPhoto(photo, caption=caption, parse_mode=ParseMode.HTML)
        await query.edit_message_media(media, reply_markup=keyboard(buttons))


async def _picture(update: Update, context: Context, data: str) -> tuple[bytes, str, list[list[tuple[str, str]]]]:
    """Return the picture, its text, and the button for the other colours."""
    _, name, colours = data.split(":")
    language, texts = await language_of(update, context), context.services.texts
    content = context.services.answerer.knowledge.content
    draw, tell = DRAWN[name]
    photo = await asyncio.to_thread(draw, content, texts, language, dark=colours == "dark")
    other = OTHER[colours]
    button = (texts.label(f"picture_{other}", language), f"colours:{name}:{other}")
    lead = [[(texts.label("choose_step", language, source=LABELS), "find")]] if name == "steps" else []
    return photo, tell(content, texts, language), [*lead, [button]]
