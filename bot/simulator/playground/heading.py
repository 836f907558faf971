"""What stands over a chat: its name and menu, the topics of a forum, and the greeting of an empty one."""

from __future__ import annotations

from typing import Any

from bot.simulator import Chat
from bot.simulator.playground import composing
from bot.simulator.playground.markup import template
from bot.simulator.playground.stage import GENERAL_TOPIC, Stage
from bot.simulator.playground.view import View, Window
from bot.simulator.playground.words import Words

GENERAL_COLOUR = 0x8D99A5


def head(stage: Stage, window: Window, view: View, words: Words, *, typing: bool, serial: int) -> str:
    """Return the bar over a chat as HTML; `serial` tells its menu from those of other windows."""
    chat = stage.simulator.chat(window.chat)
    several = len({one.person for one in view.windows}) > 1
    return template("head.html").render(
        chat={**stage.chat_face(chat, words), "subtitle": _subtitle(chat, words)},
        typing=typing,
        as_name=stage.person_face(stage.person(window.person), words) if several else None,
        deeds=_deeds(stage, window, chat),
        serial=serial,
        words=words,
    )


def _subtitle(chat: Chat, words: Words) -> str:
    if chat.is_private:
        return words("bot")
    count = sum(1 for member in chat.members.values() if member.present)
    return words("subscribers" if chat.kind == "channel" else "members", count=count)


def _deeds(stage: Stage, window: Window, chat: Chat) -> list[str]:
    if not chat.is_private:
        return ["location", "leave"] if chat.is_group else ["leave"]
    return [] if composing.obstacle(stage, window) else ["restart", "contact", "location", "block"]


def topics(stage: Stage, window: Window, words: Words) -> str:
    """Return the topics of a forum as HTML, nothing for other chats."""
    chat = stage.simulator.chat(window.chat)
    if not chat.is_forum:
        return ""
    rows = [_topic(stage, window, 0, words("topics_all"))]
    if GENERAL_TOPIC not in chat.topics:
        rows.append(_topic(stage, window, GENERAL_TOPIC, words("topic_general")))
    rows += [
        _topic(stage, window, topic.id, topic.name, topic.icon_color, closed=topic.closed)
        for topic in chat.topics.values()
    ]
    return template("topics.html").render(topics=rows, words=words)


def _topic(
    stage: Stage, window: Window, number: int, name: str, colour: int = GENERAL_COLOUR, *, closed: bool = False
) -> dict[str, Any]:
    chat = stage.simulator.chat(window.chat)
    unread = stage.unread(window.person, chat, number) if number else 0
    chosen = number == window.topic
    return {"id": number, "name": name, "colour": colour, "closed": closed, "chosen": chosen, "unread": unread}


def welcome(stage: Stage, window: Window, words: Words) -> str:
    """Return what an empty chat shows: what the bot says of itself, as HTML."""
    chat = stage.simulator.chat(window.chat)
    description = stage.description(words) if chat.is_private else ""
    title = words("what_can_it_do") if description else words("no_messages")
    return template("welcome.html").render(chat=stage.chat_face(chat, words), title=title, text=description)
