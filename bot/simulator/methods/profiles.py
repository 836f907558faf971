"""Methods by which the bot tells of itself."""

from __future__ import annotations

import re
from typing import Any

from bot.simulator.calls import Call
from bot.simulator.errors import bad_request
from bot.simulator.methods.places import chat_of
from bot.simulator.methods.registry import method
from bot.simulator.profile import Command, key

MOST_COMMANDS = 100
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_WHOLE_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_LONGEST = {"name": 64, "description": 512, "short_description": 120}
"""In characters (https://core.telegram.org/bots/api#setmyname and the two after it)."""


@method
def get_me(call: Call) -> dict[str, Any]:
    """https://core.telegram.org/bots/api#getme."""
    return call.world.bot.as_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not call.world.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method
def set_my_commands(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmycommands."""
    commands = call.objects("commands", "can't parse commands: Array of BotCommand expected")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.world.profile.commands[_scope(call)] = [_command(entry) for entry in commands]
    call.world.tell("commands")
    return True


@method
def delete_my_commands(call: Call) -> bool:
    """https://core.telegram.org/bots/api#deletemycommands."""
    call.world.profile.commands.pop(_scope(call), None)
    call.world.tell("commands")
    return True


@method
def get_my_commands(call: Call) -> list[Command]:
    """https://core.telegram.org/bots/api#getmycommands."""
    return call.world.profile.commands.get(_scope(call), [])


def _command(entry: dict[str, Any]) -> Command:
    command, description = str(entry.get("command", "")), str(entry.get("description", "")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command.removeprefix("/"), "description": description}


def _scope(call: Call) -> str:
    scope = call.mapping("scope") or {"type": "default"}
    kind = scope.get("type")
    if not isinstance(kind, str):
        raise bad_request('can\'t parse BotCommandScope: Field "type" must be of type String')
    if kind in _WHOLE_SCOPES:
        return key(kind, _language(call))
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    place = Call(call.world, call.method, scope, {})
    chat = chat_of(place)
    member = f":{place.integer('user_id')}" if kind == "chat_member" else ""
    return key(f"{kind}:{chat.id}{member}", _language(call))


def _language(call: Call) -> str:
    language = call.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _set(call: Call, name: str) -> bool:
    text = call.text(name)
    if len(text) > _LONGEST[name]:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    getattr(call.world.profile, name)[_language(call)] = text
    call.world.tell("profile")
    return True


def _get(call: Call, name: str, default: str = "") -> dict[str, str]:
    texts: dict[str, str] = getattr(call.world.profile, name)
    return {name: texts.get(_language(call)) or texts.get("") or default}


@method
def set_my_name(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmyname."""
    return _set(call, "name")


@method
def get_my_name(call: Call) -> dict[str, str]:
    """https://core.telegram.org/bots/api#getmyname."""
    return _get(call, "name", call.world.bot.first_name)


@method
def set_my_description(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmydescription."""
    return _set(call, "description")


@method
def get_my_description(call: Call) -> dict[str, str]:
    """https://core.telegram.org/bots/api#getmydescription."""
    return _get(call, "description")


@method
def set_my_short_description(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setmyshortdescription."""
    return _set(call, "short_description")


@method
def get_my_short_description(call: Call) -> dict[str, str]:
    """https://core.telegram.org/bots/api#getmyshortdescription."""
    return _get(call, "short_description")


@method
def set_chat_menu_button(call: Call) -> bool:
    """https://core.telegram.org/bots/api#setchatmenubutton."""
    button = call.mapping("menu_button") or {"type": "default"}
    if str(button.get("type")) not in {"commands", "default", "web_app"}:
        raise bad_request("can't parse MenuButton: Unsupported type specified")
    call.world.profile.menu_buttons[call.integer("chat_id")] = button
    call.world.tell("profile")
    return True


@method
def get_chat_menu_button(call: Call) -> dict[str, Any]:
    """https://core.telegram.org/bots/api#getchatmenubutton."""
    buttons = call.world.profile.menu_buttons
    return buttons.get(call.integer("chat_id")) or buttons.get(0) or {"type": "commands"}
