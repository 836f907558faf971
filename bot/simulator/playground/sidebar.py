"""The list of chats: who you are, your chats with what was said last, and what you have not read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.simulator import Chat, Person
from bot.simulator.playground.markup import template
from bot.simulator.playground.people import full_name
from bot.simulator.playground.service import excerpt, service_text
from bot.simulator.playground.stage import Stage
from bot.simulator.playground.view import THEMES, View, Window
from bot.simulator.playground.words import Words


def person_bar(stage: Stage, view: View, words: Words) -> str:
    """Return who one is, the menu to become somebody else, and the switches, as HTML."""
    languages = stage.texts.languages
    return template("person_bar.html").render(
        me=stage.person_face(stage.person(view.person), words),
        people=[_person(stage, person, words) for person in stage.people],
        theme=view.theme,
        next_theme=THEMES[(THEMES.index(view.theme) + 1) % len(THEMES)],
        next_language=languages[(languages.index(words.language) + 1) % len(languages)],
        words=words,
    )


def chat_list(stage: Stage, view: View, words: Words, typing: Collection[int], now: datetime) -> str:
    """Return a person's chats as HTML; `typing` are the chats in which the bot is writing."""
    me = stage.person(view.person)
    chats = [_entry(stage, me, chat, view, words, typing, now) for chat in chats_of(me)]
    return template("chat_list.html").render(chats=chats, words=words)


def chats_of(person: Person) -> list[Chat]:
    """Return a person's chats, the one with the newest message first."""
    return sorted(person.chats, key=_newest, reverse=True)


def _newest(chat: Chat) -> int:
    last = next(reversed(chat.messages), None)
    return int(chat.messages[last]["date"]) if last else 0


def _person(stage: Stage, person: Person, words: Words) -> dict[str, Any]:
    unread = sum(stage.unread(person.id, chat) for chat in person.chats)
    return {**stage.person_face(person, words), "unread": unread}


def _entry(  # noqa: PLR0917 - a line of the list shows all of these.
    stage: Stage, me: Person, chat: Chat, view: View, words: Words, typing: Collection[int], now: datetime
) -> dict[str, Any]:
    last = chat.messages[next(reversed(chat.messages))] if chat.messages else None
    return {
        **stage.chat_face(chat, words),
        "window": str(Window(me.id, chat.id)),
        "front": view.front is not None and (view.front.person, view.front.chat) == (me.id, chat.id),
        "open": any((window.person, window.chat) == (me.id, chat.id) for window in view.windows),
        "typing": chat.id in typing,
        "unread": stage.unread(me.id, chat),
        "time": _when(last["date"], words, now) if last else "",
        "excerpt": excerpt(last, words) if last else "",
        "speaker": _speaker(chat, me, last, words) if last else "",
    }


def _when(moment: int, words: Words, now: datetime) -> str:
    today = now.astimezone(words.zone).date()
    return words.clock(moment) if words.local(moment).date() == today else words.short_day(moment)


def _speaker(chat: Chat, me: Person, message: dict[str, Any], words: Words) -> str:
    sender = message.get("from", {})
    if service_text(message, words) is not None or not sender:
        return ""
    if sender["id"] == me.id:
        return words("you")
    return "" if chat.is_private else full_name({"first_name": sender["first_name"]})
