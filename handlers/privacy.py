"""What the bot keeps of a person, in plain words."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CommandHandler

from handlers.context import App, Context
from handlers.telling import tell


def register(app: App) -> None:
    """/privacy, demanded by Telegram's terms for developers of bots."""
    app.add_handler(CommandHandler("privacy", on_privacy))


async def on_privacy(update: Update, context: Context) -> None:
    """Say what is kept, why, and for how long."""
    await tell(update, context, "privacy.html")
