"""The quiet sign that a message was taken: a reaction, and nothing where there can be none."""

from __future__ import annotations

from telegram import Message
from telegram.error import TelegramError

from bot import logs

log = logs.get(__name__)

TAKEN = "👌"
"""Of those that a bot may use. Source: Bot API, ReactionTypeEmoji."""


async def sign(message: Message) -> None:
    """Show that the message was taken; it is but a courtesy."""
    try:
        await message.set_reaction(TAKEN)
    except TelegramError as error:
        log.info("no reaction", error=type(error).__name__)
