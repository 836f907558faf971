"""The command menu and the bot's own description, in each language."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from bot.texts import SOURCE_LANGUAGE, Texts

PRIVATE = ("start", "help", "language")


async def publish(bot: Bot, texts: Texts) -> None:
    """Set commands, description and short description; raises TelegramError when Telegram refuses."""
    for language in texts.languages:
        # Without a code it is what all other languages see.
        code = "" if language == SOURCE_LANGUAGE else language
        commands = [BotCommand(name, texts.label(f"command_{name}", language)) for name in PRIVATE]
        await bot.set_my_commands(commands, scope=BotCommandScopeAllPrivateChats(), language_code=code)
        await bot.set_my_description(texts.label("description", language), language_code=code)
        await bot.set_my_short_description(texts.label("short_description", language), language_code=code)
