"""One open chat on the page: its elements, kept equal to the simulator's messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from nicegui import ui
from nicegui.element import Element

from bot.simulator import Chat, Message
from bot.simulator.playground import composing, heading
from bot.simulator.playground.bubbles import Scene
from bot.simulator.playground.markup import template
from bot.simulator.playground.stage import Stage, topic_of
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
        self._forced = 0
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

    def update(self, view: View, words: Words, now: datetime, *, typing: bool) -> None:
        """Show the chat as it is now."""
        messages = self._chosen_messages()
        self._label(view, words)
        self._head.content = heading.head(self.stage, self.window, view, words, typing=typing, serial=self._serial)
        self._topics.content = heading.topics(self.stage, self.window, words)
        self._topics.set_visibility(bool(self._topics.content))
        self._show(timeline(messages[-self.limit :], self._scene(words), now))
        more = len(messages) > self.limit
        self._earlier.content = _button("earlier", words) if more else ""
        self._welcome.content = "" if messages else heading.welcome(self.stage, self.window, words)
        self._to_end.content = template("to_end.html").render(words=words)
        forced = composing.forced_reply(messages)
        if forced > self._forced:
            self._forced = self.draft.reply_to = forced
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
        switch(self.root, "in-front", on=view.front == self.window)
        _set(self.root, {"data-window": str(self.window), "aria-label": title})
        _set(self._messages, {"aria-label": words("messages_of", who=title)})

    def choose_topic(self, topic: int) -> Window:
        """Show one topic of a forum, or all with 0; return the window that this is now."""
        self.window = replace(self.window, topic=topic)
        self.limit = PAGE_OF_MESSAGES
        return self.window


def switch(element: Element, name: str, *, on: bool) -> None:
    """Give a class to an element or take it away; nothing is sent where nothing changes."""
    if on and name not in element.classes:
        element.classes(add=name)
    elif not on and name in element.classes:
        element.classes(remove=name)


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
