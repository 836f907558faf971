"""Below a call: be reminded of it, or hear no more of it."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.announcements.subscribing import Wish
from bot.answering.rendering import plain
from bot.funding.errors import NoSuchCall
from bot.funding.wishing import wish
from handlers.context import App, Context
from handlers.funding.cards import label, reminding
from handlers.people import language_of
from handlers.pressing import person_of, pressed
from handlers.sending import keyboard, rows_of
from storage import funding


def register(app: App) -> None:
    """`fc:<number>:wish:<0 or 1>`."""
    app.add_handler(CallbackQueryHandler(on_wish, pattern=r"^fc:\d{1,9}:wish:[01]$"))


async def on_wish(update: Update, context: Context) -> None:
    """Keep what was pressed, and let the buttons follow; the message stays. Raises NoSuchCall."""
    _, number, _, value = pressed(update)
    wanted, query, services = value == "1", update.callback_query, context.services
    assert query  # noqa: S101  only buttons come here
    language = await language_of(update, context)
    said = "reminded" if wanted else "declined"
    wording = (
        plain(services.texts.render("funding/consent.html", language)) if wanted else label(context, said, language)
    )
    person = Wish(person_of(update), update.update_id, wording, language, services.settings.timezone)
    async with services.database.begin() as session:
        found = await funding.told(session, int(number))
        if found is None:
            raise NoSuchCall
        await wish(session, person, int(number), wanted=wanted, now=services.clock())
    await query.answer(label(context, said, language))
    if isinstance(query.message, Message):
        others = [row for row in rows_of(query.message.reply_markup) if not row[0][1].startswith(f"fc:{number}:wish")]
        rows = [*others[:1], *reminding(context, found[0], wanted, language), *others[1:]]
        await query.edit_message_reply_markup(keyboard(rows))
