"""A forum topic that somebody closes by hand: whether the enquiry is to be closed too is asked, never assumed.

A topic that is opened again needs nothing. Telegram tells nobody of one that is deleted: the next delivery notices.
"""

from __future__ import annotations

from telegram import Message, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.enquiries import topics
from bot.enquiries.desk import at_desk
from handlers.context import App, Context
from handlers.pressing import pressed
from handlers.staff.speaking import LABELS, desk_of, find_desk

OPEN_ALREADY = "topic_not_modified"


def register(app: App) -> None:
    """What Telegram tells of a closed topic, and the button that opens it again."""
    app.add_handler(MessageHandler(filters.StatusUpdate.FORUM_TOPIC_CLOSED, on_closed))
    app.add_handler(CallbackQueryHandler(on_open_again, pattern=r"^staff:\d{1,9}:topic$"))


async def on_closed(update: Update, context: Context) -> None:
    """Ask the staff about the enquiry of the topic."""
    desk, services = await find_desk(update, context), context.services
    if desk is None or desk.topic is None:
        return
    async with services.database.begin() as session:
        await topics.closed(session, desk.chat_id, desk.topic, update_id=update.update_id, now=services.clock())
    services.outbox.wake()


async def on_open_again(update: Update, context: Context) -> None:
    """Open the topic again; the enquiry was open all the time."""
    desk, query = await desk_of(update, context), update.callback_query
    desk.require()
    async with context.services.database.read() as session:
        await at_desk(session, int(pressed(update)[1]), desk.cluster)
    if desk.topic is not None:
        try:
            await context.bot.reopen_forum_topic(desk.chat_id, desk.topic)
        except BadRequest as refusal:
            if OPEN_ALREADY not in refusal.message.lower():
                raise
    assert query  # noqa: S101  only buttons come here
    await query.answer(context.services.texts.label("done_topic", desk.language, source=LABELS))
    if isinstance(query.message, Message):
        await query.edit_message_reply_markup(None)
