"""How the firm was served: one to five by a button, and what it wants to add as a reply."""

from __future__ import annotations

from telegram import ForceReply, Message, Update
from telegram.constants import ParseMode
from telegram.ext import CallbackQueryHandler

from bot.enquiries import passing
from handlers.context import App, Context
from handlers.enquiries.draft_steps import label
from handlers.people import language_of
from handlers.pressing import person_of, pressed, take_away
from handlers.telling import tell
from storage import enquiries

KIND = "rating"
"""Of the message that asks for more: a reply to it belongs to the rating."""
MOST = 2000


def register(app: App) -> None:
    """The five buttons under the message that closes an enquiry."""
    app.add_handler(CallbackQueryHandler(on_rating, pattern=r"^rate-enq:\d{1,9}:[1-5]$"))


async def on_rating(update: Update, context: Context) -> None:
    """Keep the rating, and ask whether there is more to say."""
    _, number, value = pressed(update)
    services, person = context.services, person_of(update)
    async with services.database.begin() as session:
        enquiry = await passing.own(session, person, int(number))
        enquiry.rating = int(value)
    await take_away(update, "rate-enq:")
    await ask_for_reply(update, context, "enquiries/rated.html", enquiry.id, KIND, value=int(value))


async def on_reply(update: Update, context: Context, message: Message, enquiry_id: int) -> None:
    """Keep what was said about the rating, and thank."""
    said = message.text or message.caption
    if not said:
        await tell(update, context, "enquiries/rating_in_words.html")
        return
    async with context.services.database.begin() as session:
        enquiry = await passing.own(session, person_of(update), enquiry_id)
        enquiry.rating_text = said[:MOST]
    await tell(update, context, "enquiries/rating_thanks.html")


async def ask_for_reply(
    update: Update, context: Context, template: str, enquiry_id: int, kind: str, **values: object
) -> None:
    """Send a text that opens the reply to it; the reply is about the enquiry."""
    services, person = context.services, person_of(update)
    language = await language_of(update, context)
    sent = await context.bot.send_message(
        person,
        services.texts.render(template, language, **values),
        parse_mode=ParseMode.HTML,
        reply_markup=ForceReply(input_field_placeholder=label(context, "reply_here", language)),
    )
    async with services.database.begin() as session:
        await enquiries.note_relayed(session, person, [sent.message_id], enquiry_id=enquiry_id, kind=kind)
