"""The command menu and the bot's own description, in each language."""

from __future__ import annotations

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.texts import SOURCE_LANGUAGE, Texts

SCOPES: dict[BotCommandScope, tuple[str, ...]] = {
    BotCommandScopeAllPrivateChats(): ("start", "find", "clusters", "help", "language", "privacy"),
    BotCommandScopeAllGroupChats(): ("clusters", "privacy"),
}


async def publish(bot: Bot, texts: Texts) -> None:
    """Set commands, description and short description; raises TelegramError when Telegram refuses."""
    for language in texts.languages:
        # Without a code it is what all other languages see.
        code = "" if language == SOURCE_LANGUAGE else language
        for scope, names in SCOPES.items():
            commands = [BotCommand(name, texts.label(f"command_{name}", language)) for name in names]
            await bot.set_my_commands(commands, scope=scope, language_code=code)
        await bot.set_my_description(texts.label("description", language), language_code=code)
        await bot.set_my_short_description(texts.label("short_description", language), language_code=code)
