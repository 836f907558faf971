"""What the bot keeps of a person, who answers for it, and for how long, in plain words."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CommandHandler

from bot.privacy.operator import Operator
from bot.privacy.retention import Retention
from handlers.context import App, Context
from handlers.telling import tell


def register(app: App) -> None:
    """/privacy, demanded by Telegram's terms for developers of bots."""
    app.add_handler(CommandHandler("privacy", on_privacy))


async def on_privacy(update: Update, context: Context) -> None:
    """Say what is kept, why, and for how long."""
    settings = context.services.settings
    values = {"operator": Operator.of(settings), "days": Retention(settings).days}
    await tell(update, context, "privacy/policy.html", values)
