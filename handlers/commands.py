"""The command menu and the bot's own description, in each language."""

from __future__ import annotations

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.access import Access, Action
from bot.texts import SOURCE_LANGUAGE, Texts

SCOPES: dict[BotCommandScope, tuple[str, ...]] = {
    BotCommandScopeAllPrivateChats(): (
        "start",
        "find",
        "enquire",
        "enquiries",
        "subscribe",
        "events",
        "funding",
        "clusters",
        "help",
        "language",
        "privacy",
        "mydata",
        "forget",
    ),
    BotCommandScopeAllGroupChats(): ("clusters", "privacy"),
}

STAFF: tuple[tuple[str, Action], ...] = (
    ("open", Action.SEE_ENQUIRY),
    ("enquiry", Action.SEE_ENQUIRY),
    ("search", Action.SEE_ENQUIRY),
    ("reopen", Action.ANSWER_ENQUIRY),
    ("staff", Action.SEE_STAFF),
    ("invite", Action.INVITE),
    ("revoke", Action.REVOKE),
    ("link", Action.LINK_CHAT),
    ("unlink", Action.LINK_CHAT),
    ("announce", Action.ANNOUNCE),
    ("announcements", Action.ANNOUNCE),
    ("audit", Action.SEE_AUDIT),
    ("health", Action.SEE_HEALTH),
)
"""The commands of staff, each with what it takes to see it; whether one may is asked again when it is used."""


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


async def publish_for(bot: Bot, texts: Texts, access: Access) -> None:
    """Set one person's menu to what they may do; raises TelegramError when Telegram refuses."""
    scope = BotCommandScopeChat(access.user_id)
    names = [name for name, action in STAFF if access.allows(action)]
    for language in texts.languages:
        code = "" if language == SOURCE_LANGUAGE else language
        if not names:
            await bot.delete_my_commands(scope, language_code=code)
            continue
        shown = (*SCOPES[BotCommandScopeAllPrivateChats()], *names)
        commands = [BotCommand(name, texts.label(f"command_{name}", language)) for name in shown]
        await bot.set_my_commands(commands, scope=scope, language_code=code)
