"""Put the next question in the place of the last, when a button was pressed."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ParseMode

from handlers.context import Context
from handlers.people import language_of
from handlers.pressing import acknowledge
from handlers.sending import NO_PREVIEW, Rows, keyboard
from handlers.team.access import cluster_names


async def replace(update: Update, context: Context, template: str, *, buttons: Rows = (), **values: object) -> None:
    """Show a template, which is given the names of the clusters too, instead of the message with the button."""
    language = await language_of(update, context)
    text = context.services.texts.render(template, language, **{"clusters": cluster_names(context), **values})
    await put(update, text, buttons)


async def put(update: Update, text: str, buttons: Rows = ()) -> None:
    """Show a text, as Telegram HTML, instead of the message with the button."""
    query = await acknowledge(update)
    await query.edit_message_text(
        text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW, reply_markup=keyboard(buttons)
    )
