"""What the bot tells of itself: names, descriptions, commands and the menu button."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Command = dict[str, str]


@dataclass(slots=True)
class Profile:
    """Texts by language (empty: for all others) and commands by scope and language."""

    name: dict[str, str] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[Command]] = field(default_factory=dict)
    menu_buttons: dict[int, dict[str, Any]] = field(default_factory=dict)

    def seen_by(self, person_id: int, chat_id: int, language_code: str, *, administrator: bool) -> list[Command]:
        """Return the commands that Telegram offers a person in a chat.

        The order is that of https://core.telegram.org/bots/api#determining-list-of-commands.
        """
        scopes = _private(chat_id) if chat_id > 0 else _group(person_id, chat_id, administrator)
        for scope in scopes:
            for language in (language_code, "") if language_code else ("",):
                if commands := self.commands.get(key(scope, language)):
                    return commands
        return []


def key(scope: str, language_code: str) -> str:
    """Return the name under which the commands of a scope and language are kept."""
    return f"{scope}|{language_code}"


def _private(chat_id: int) -> list[str]:
    return [f"chat:{chat_id}", "all_private_chats", "default"]


def _group(person_id: int, chat_id: int, administrator: bool) -> list[str]:
    administrators = [f"chat_administrators:{chat_id}"] if administrator else []
    all_administrators = ["all_chat_administrators"] if administrator else []
    return [
        f"chat_member:{chat_id}:{person_id}",
        *administrators,
        f"chat:{chat_id}",
        *all_administrators,
        "all_group_chats",
        "default",
    ]
