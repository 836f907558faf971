"""Who is speaking: the language and the memory of the chat."""

from __future__ import annotations

from telegram import Update

from bot import answering
from handlers.context import Context
from storage import chats

STAFFS_LANGUAGE = "de"


async def conversation(update: Update, context: Context) -> answering.Context:
    """Return what is known of the chat, as the answerer wants it."""
    chat, user = update.effective_chat, update.effective_user
    assert chat  # noqa: S101  the filters promise it
    async with context.services.database.read() as session:
        memory = await chats.by_id(session, chat.id)
    stored = answering.Context.from_json(memory.context if memory else {})
    return stored.spoken_by(
        language=memory.chosen_language if memory else None,
        last_language=memory.last_language if memory else None,
        language_code=user.language_code if user else None,
    )


async def language_of(update: Update, context: Context) -> str:
    """Return the language for texts that answer no question: chosen, last spoken, or Telegram's."""
    known = await conversation(update, context)
    return context.services.texts.language(known.language, known.last_language, known.language_code)


async def language_for(context: Context, person_id: int) -> str:
    """Return the language for a person to whom the bot writes of its own accord: chosen, or last spoken, or German."""
    async with context.services.database.read() as session:
        memory = await chats.by_id(session, person_id)
    return context.services.texts.language(
        memory.chosen_language if memory else None, memory.last_language if memory else None, STAFFS_LANGUAGE
    )
