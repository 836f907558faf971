"""A person asks, or presses a question; the bot answers from what it knows, or says that it does not know."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot import answering
from handlers.context import App, Context
from handlers.people import conversation
from handlers.sending import Button, say
from storage import chats


def register(app: App) -> None:
    """Plain text in a private chat is a question; so is a pressed suggestion."""
    app.add_handler(CallbackQueryHandler(on_suggestion, pattern=r"^ask:"))
    app.add_handler(MessageHandler(filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND, on_question))


async def on_question(update: Update, context: Context) -> None:
    """Answer a written question."""
    message = update.effective_message
    assert message and message.text  # noqa: S101, PT018  the filter promises it
    known = await conversation(update, context)
    await _answer(context, message.chat_id, context.services.answerer.reply_to(message.text, known))


async def on_suggestion(update: Update, context: Context) -> None:
    """Answer a pressed question."""
    query, chat = update.callback_query, update.effective_chat
    assert query and query.data and chat  # noqa: S101, PT018  the pattern promises it
    await query.answer()
    known = await conversation(update, context)
    reply = context.services.answerer.reply_to_choice(query.data.removeprefix("ask:"), known)
    await _answer(context, chat.id, reply)


async def _answer(context: Context, chat_id: int, reply: answering.Reply) -> None:
    """Record what a follow-up needs, then send."""
    services = context.services
    async with services.database.begin() as session:
        await chats.remember(
            session, chat_id, context=reply.context.to_json(), last_language=reply.language, now=services.clock()
        )
    text = answering.render(reply, services.texts)
    await say(context, chat_id, text, language=reply.language, buttons=_suggestions(reply))


def _suggestions(reply: answering.Reply) -> list[list[Button]]:
    """One row for each question that the person may have meant or may ask next."""
    return [[(choice.text, f"ask:{choice.payload}")] for choice in (*reply.alternatives, *reply.related)]
