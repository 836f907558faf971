"""What stands under a chat: the field to write in, or what Telegram shows in its place; commands, reply, keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.simulator import Chat, Message
from bot.simulator.playground.markup import template
from bot.simulator.playground.people import full_name
from bot.simulator.playground.service import excerpt
from bot.simulator.playground.stage import Stage
from bot.simulator.playground.view import Window
from bot.simulator.playground.words import Words


@dataclass
class Draft:
    """What the person is about to do: answer a message, change one, choose a command."""

    reply_to: int = 0
    editing: int = 0
    slash: str = ""


def obstacle(stage: Stage, window: Window) -> tuple[str, str] | None:
    """Return the deed that is offered in place of writing and the label on it, or None where one can write."""
    chat = stage.simulator.chat(window.chat)
    member = chat.member(window.person)
    if chat.is_private and chat.member(stage.simulator.world.bot.id).status == "kicked":
        return "unblock", "menu_unblock"
    if chat.is_private and not chat.messages:
        return "start", "start"
    if chat.kind == "channel" and member.status == "member":
        return "none", "read_only"
    if window.topic in chat.topics and chat.topics[window.topic].closed and member.status == "member":
        return "none", "topic_closed"
    return None


def composer(stage: Stage, window: Window, words: Words) -> str:
    """Return the field to write in, or the one button that stands in its place, as HTML."""
    if found := obstacle(stage, window):
        deed, label = found
        return template("instead.html").render(deed=deed, text=words(label))
    chat = stage.simulator.chat(window.chat)
    return template("composer.html").render(
        has_commands=bool(stage.simulator.commands(window.person, window.chat)),
        window=str(window),
        title=stage.chat_face(chat, words)["title"],
        words=words,
    )


def context(stage: Stage, window: Window, draft: Draft, words: Words) -> str:
    """Return what stands above the field: the commands that fit, and the message that is answered or changed."""
    chat = stage.simulator.chat(window.chat)
    return template("context.html").render(
        commands=_commands(stage, window, draft.slash), about=_about(chat, draft, words), words=words
    )


def _commands(stage: Stage, window: Window, slash: str) -> list[dict[str, str]]:
    if not slash.startswith("/") or " " in slash:
        return []
    offered = stage.simulator.commands(window.person, window.chat)
    return [command for command in offered if command["command"].startswith(slash[1:].lower())]


def _about(chat: Chat, draft: Draft, words: Words) -> dict[str, str] | None:
    message = chat.messages.get(draft.editing or draft.reply_to)
    if message is None:
        return None
    if draft.editing:
        return {"kind": "edit", "title": words("edit_message"), "text": excerpt(message, words)}
    sender = full_name(message.get("from") or message.get("sender_chat") or message["chat"])
    return {"kind": "reply", "title": words("reply_to", who=sender), "text": excerpt(message, words)}


def reply_keyboard(messages: Sequence[Message], viewer: int) -> tuple[int, list[list[dict[str, Any]]]]:
    """Return the reply keyboard that is up, with the message that brought it; a one-time keyboard goes after use."""
    used = False
    for message in reversed(messages):
        keyboard = message["view"]["keyboard"]
        if "remove_keyboard" in keyboard:
            break
        if "keyboard" in keyboard:
            hidden = used and keyboard.get("one_time_keyboard")
            return (0, []) if hidden else (message["message_id"], keyboard["keyboard"])
        used = used or message.get("from", {}).get("id") == viewer
    return 0, []


def forced_reply(messages: Sequence[Message]) -> int:
    """Return the last message if it asks for a reply (https://core.telegram.org/bots/api#forcereply), else 0."""
    last = messages[-1] if messages else None
    return last["message_id"] if last and last["view"]["keyboard"].get("force_reply") else 0


def keyboard(rows: list[list[dict[str, Any]]], words: Words) -> str:
    """Return a reply keyboard as HTML."""
    keys = [[{"text": key["text"], "deed": "key"} for key in row] for row in rows]
    return template("keyboard.html").render(rows=keys, words=words)
