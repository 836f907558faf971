"""One open chat on the page: its elements, kept equal to the simulator's messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from nicegui import ui
from nicegui.element import Element

from bot.simulator import Chat, Message
from bot.simulator.playground import composing
from bot.simulator.playground.bubbles import Scene
from bot.simulator.playground.markup import template
from bot.simulator.playground.stage import GENERAL_TOPIC, Stage, topic_of
from bot.simulator.playground.timeline import Item, timeline
from bot.simulator.playground.view import View, Window
from bot.simulator.playground.words import Words

PAGE_OF_MESSAGES = 120
"""How many messages are drawn at first, and how many more each time that earlier ones are asked for."""


class ChatWindow:
    """A chat as one person sees it."""

    def __init__(self, stage: Stage, window: Window, serial: int) -> None:
        self.stage = stage
        self.window = window
        self.draft = composing.Draft()
        self.pressing: set[tuple[int, int, int]] = set()
        self.limit = PAGE_OF_MESSAGES
        self.keyboard_of = 0
        self._serial = serial
        self._items: dict[str, ui.html] = {}
        self._build()

    def _build(self) -> None:
        with ui.element("section").classes("window") as self.root:
            self._head = _piece("header")
            self._topics = _piece("nav").classes("topics")
            with ui.element("div").classes("scroller") as self._scroller:
                self._earlier = _piece()
                with ui.element("div").classes("messages").props('role="log" aria-live="polite"') as self._messages:
                    pass
                self._welcome = _piece()
            self._to_end = _piece()
            with ui.element("div").classes("bottom-bar"):
                self._context = _piece()
                self._composer = _piece().classes("composer")
                self._keyboard = _piece()

    @property
    def chat(self) -> Chat:
        """The chat that is shown."""
        return self.stage.simulator.chat(self.window.chat)

    def message(self, message_id: int) -> Message:
        """Return a message of the chat; KeyError where it is gone."""
        return self.chat.messages[message_id]

    def update(self, view: View, words: Words, now: datetime, *, typing: bool) -> None:
        """Show the chat as it is now."""
        messages = self._chosen_messages()
        self._label(view, words)
        self._head.content = self._head_html(view, words, typing=typing)
        self._topics.content = self._topics_html(words)
        self._topics.set_visibility(bool(self._topics.content))
        self._show(timeline(messages[-self.limit :], self._scene(words), now))
        more = len(messages) > self.limit
        self._earlier.content = _button("earlier", words) if more else ""
        self._welcome.content = "" if messages else self._welcome_html(words)
        self._to_end.content = template("to_end.html").render(words=words)
        self._context.content = composing.context(self.stage, self.window, self.draft, words)
        self._composer.content = composing.composer(self.stage, self.window, words)
        self.keyboard_of, rows = composing.reply_keyboard(messages, self.window.person)
        self._keyboard.content = composing.keyboard(rows, words)
        self.stage.mark_read(self.window)

    def _chosen_messages(self) -> list[Message]:
        messages = self.stage.simulator.messages(self.window.chat, self.window.person)
        if not self.window.topic:
            return messages
        return [message for message in messages if topic_of(message) == self.window.topic]

    def _scene(self, words: Words) -> Scene:
        return Scene(
            viewer=self.window.person,
            words=words,
            several=not self.chat.is_private,
            pressing=frozenset(self.pressing),
            may_write=composing.obstacle(self.stage, self.window) is None,
        )

    def _show(self, items: list[Item]) -> None:
        """Draw what is new or changed, and take away what is gone; everything else stays as it is in the browser."""
        wanted = {item.key for item in items}
        for key in [key for key in self._items if key not in wanted]:
            self._items.pop(key).delete()
        for index, item in enumerate(items):
            if item.key in self._items:
                self._items[item.key].content = item.html
                continue
            with self._messages:
                self._items[item.key] = _piece(content=item.html)
            if index < len(self._items) - 1:
                self._items[item.key].move(target_index=index)

    def _label(self, view: View, words: Words) -> None:
        title = self.stage.chat_face(self.chat, words)["title"]
        in_front = view.front == self.window
        self.root.classes(add="in-front" if in_front else "", remove="" if in_front else "in-front")
        _set(self.root, {"data-window": str(self.window), "aria-label": title})
        _set(self._messages, {"aria-label": words("messages_of", who=title)})

    def _head_html(self, view: View, words: Words, *, typing: bool) -> str:
        several = len({window.person for window in view.windows}) > 1
        person = self.stage.person(self.window.person)
        face = self.stage.chat_face(self.chat, words)
        return template("head.html").render(
            chat={**face, "subtitle": self._subtitle(words)},
            typing=typing,
            as_name=self.stage.person_face(person, words) if several else None,
            deeds=self._deeds(),
            serial=self._serial,
            words=words,
        )

    def _subtitle(self, words: Words) -> str:
        if self.chat.is_private:
            return words("bot")
        count = sum(1 for member in self.chat.members.values() if member.present)
        return words("subscribers" if self.chat.kind == "channel" else "members", count=count)

    def _deeds(self) -> list[str]:
        if not self.chat.is_private:
            return ["location", "leave"] if self.chat.is_group else ["leave"]
        if composing.obstacle(self.stage, self.window):
            return []
        return ["restart", "contact", "location", "block"]

    def _topics_html(self, words: Words) -> str:
        if not self.chat.is_forum:
            return ""
        general = (
            [] if GENERAL_TOPIC in self.chat.topics else [(GENERAL_TOPIC, words("topic_general"), 0x8D99A5, False)]
        )
        named = [(topic.id, topic.name, topic.icon_color, topic.closed) for topic in self.chat.topics.values()]
        rows: list[dict[str, Any]] = [
            {
                "id": number,
                "name": name,
                "colour": colour,
                "closed": closed,
                "chosen": number == self.window.topic,
                "unread": self.stage.unread(self.window.person, self.chat, number) if number else 0,
            }
            for number, name, colour, closed in [(0, words("topics_all"), 0, False), *general, *named]
        ]
        return template("topics.html").render(topics=rows, words=words)

    def _welcome_html(self, words: Words) -> str:
        face = self.stage.chat_face(self.chat, words)
        description = self.stage.description(words) if self.chat.is_private else ""
        title = words("what_can_it_do") if description else words("no_messages")
        return template("welcome.html").render(chat=face, title=title, text=description)

    def choose_topic(self, topic: int) -> Window:
        """Show one topic of a forum, or all with 0; return the window that this is now."""
        self.window = replace(self.window, topic=topic)
        self.limit = PAGE_OF_MESSAGES
        return self.window


def _piece(tag: str = "div", content: str = "") -> ui.html:
    # The markup is our own and escapes all that others wrote, so the browser need not clean it again.
    return ui.html(content, sanitize=False, tag=tag)


def _button(name: str, words: Words) -> str:
    return template("earlier.html").render(deed=name, text=words(name))


def _set(element: Element, props: dict[str, str]) -> None:
    changed = {name: value for name, value in props.items() if element.props.get(name) != value}
    if changed:
        element.props.update(changed)
        element.update()
