"""Choose the language of the bot, or let it follow."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from handlers.context import App, Context
from handlers.people import language_of
from handlers.sending import keyboard, say
from storage import chats

FOLLOW = "auto"


def register(app: App) -> None:
    """/language and its buttons."""
    app.add_handler(CommandHandler("language", on_language, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_choice, pattern=r"^language:"))


async def on_language(update: Update, context: Context) -> None:
    """Offer the languages."""
    chat = update.effective_chat
    assert chat  # noqa: S101  the filter promises it
    texts, language = context.services.texts, await language_of(update, context)
    rows = [[(texts.label("own_name", code), f"language:{code}")] for code in texts.languages]
    rows.append([(texts.label("follow_me", language), f"language:{FOLLOW}")])
    await say(context, chat.id, texts.render("language.html", language), language=language, buttons=rows)


async def on_choice(update: Update, context: Context) -> None:
    """Keep the choice and confirm it in the chosen language."""
    query, chat = update.callback_query, update.effective_chat
    assert query and query.data and chat  # noqa: S101, PT018  the pattern promises it
    wish = query.data.removeprefix("language:")
    services = context.services
    chosen = wish if wish in services.texts.languages else None
    async with services.database.begin() as session:
        await chats.choose_language(session, chat.id, chosen, now=services.clock())
    language = await language_of(update, context)
    await query.answer()
    await query.edit_message_text(
        services.texts.render("language_chosen.html", language, follows=chosen is None),
        reply_markup=keyboard([]),
    )
