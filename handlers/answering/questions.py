"""A person asks, or presses a question; the bot answers from what it knows, or says that it does not know."""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers.answering import answers
from handlers.context import App, Context
from handlers.enquiries import conversing
from handlers.finding import asking, typed
from handlers.people import conversation, language_of
from handlers.sending import keyboard_without
from handlers.typing import typing
from storage import questions


class Addressed(filters.MessageFilter):
    """A message of a group that names the bot or replies to it; the bot hears no other."""

    def filter(self, message: Message) -> bool:
        """Whether the bot is meant."""
        bot = message.get_bot()
        answered = message.reply_to_message
        if answered is not None and answered.from_user is not None and answered.from_user.id == bot.id:
            return True
        return f"@{bot.username}".casefold() in (message.text or "").casefold()


def register(app: App) -> None:
    """Plain text is a question, in a group only when the bot is meant; so is a pressed suggestion."""
    written = filters.UpdateType.MESSAGES & filters.TEXT & ~filters.COMMAND
    meant = filters.ChatType.PRIVATE | (filters.ChatType.GROUPS & Addressed())
    app.add_handler(CallbackQueryHandler(on_suggestion, pattern=r"^ask:"))
    app.add_handler(CallbackQueryHandler(on_rating, pattern=r"^rate:\d+:[01]$"))
    app.add_handler(MessageHandler(written & meant, on_question))


async def on_question(update: Update, context: Context) -> None:
    """Answer a written question, unless what is written is for an enquiry."""
    if await conversing.take(update, context):
        return
    message = update.effective_message
    assert message and message.text  # noqa: S101, PT018  the filter promises it
    text = message.text.replace(f"@{context.bot.username}", " ").strip()
    async with typing(context, message.chat_id):
        if await typed.goes_on(context, message, text, await language_of(update, context)):
            return
        reply = context.services.answerer.reply_to(text, await conversation(update, context))
        question = await answers.record(context, update.update_id, text, reply)
        enquiry = message.message_id
        if reply.is_enquiry and await asking.send_route(
            context, message.chat_id, text, reply.language, enquiry=enquiry
        ):
            return
        # What an enquiry can be made of is quoted: the button reads it from there.
        quotes = message.chat.type != ChatType.PRIVATE or (reply.needs_person and reply.kind != "handover")
        quoted = message.message_id if quotes or reply.is_enquiry else None
        await answers.send(context, message.chat_id, reply, question=question, reply_to=quoted)


async def on_suggestion(update: Update, context: Context) -> None:
    """Answer a pressed question."""
    query, chat = update.callback_query, update.effective_chat
    assert query and query.data and chat  # noqa: S101, PT018  the pattern promises it
    await query.answer()
    known = await conversation(update, context)
    reply = context.services.answerer.reply_to_choice(query.data.removeprefix("ask:"), known)
    await answers.send(context, chat.id, reply)


async def on_rating(update: Update, context: Context) -> None:
    """Keep whether the answer helped, thank, and take the two buttons away."""
    query = update.callback_query
    assert query and query.data  # noqa: S101, PT018  the pattern promises it
    _, question, helpful = query.data.split(":")
    services = context.services
    async with services.database.begin() as session:
        await questions.rate(session, int(question), helpful=helpful == "1")
    label = "thanks_helpful" if helpful == "1" else "thanks_not_helpful"
    await query.answer(services.texts.label(label, await language_of(update, context)))
    if isinstance(query.message, Message):
        await query.edit_message_reply_markup(keyboard_without(query.message.reply_markup, "rate:"))
