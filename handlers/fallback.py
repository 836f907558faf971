"""What no other feature takes: unknown commands, pictures, voice; silence would be the worst answer."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers.context import App, Context
from handlers.enquiries import conversing
from handlers.people import language_of
from handlers.telling import tell


def register(app: App) -> None:
    """Must be last in the list."""
    app.add_handler(CallbackQueryHandler(on_old_button))
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGES & ~filters.StatusUpdate.ALL
    app.add_handler(MessageHandler(private & filters.COMMAND, on_unknown_command))
    app.add_handler(MessageHandler(private, on_other_message))


async def on_old_button(update: Update, context: Context) -> None:
    """Say that a button is from an older version."""
    query = update.callback_query
    assert query  # noqa: S101  the handler promises it
    await query.answer(context.services.texts.label("old_button", await language_of(update, context)))


async def on_unknown_command(update: Update, context: Context) -> None:
    """Name the commands that there are."""
    await tell(update, context, "unknown_command.html")


async def on_other_message(update: Update, context: Context) -> None:
    """Pass it on where it is for an enquiry, else ask for text."""
    if await conversing.take(update, context):
        return
    await tell(update, context, "only_text.html")
