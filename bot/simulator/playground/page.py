"""One open page: keeps what the browser shows equal to the view and to the simulator."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from nicegui import Client, ui
from nicegui.events import GenericEventArguments

from bot.simulator import CallbackAnswer, Event, NotPossible
from bot.simulator.playground.deeds import DEEDS, Act
from bot.simulator.playground.entities import safe_address
from bot.simulator.playground.markup import template
from bot.simulator.playground.sidebar import sidebar
from bot.simulator.playground.stage import Stage
from bot.simulator.playground.view import THEMES, View, Window
from bot.simulator.playground.window import ChatWindow

TYPING_SECONDS = 5.0
"""Telegram shows a chat action for this long (https://core.telegram.org/bots/api#sendchataction)."""
SOON = 0.02
"""Seconds in which changes are gathered, so that many messages are drawn at once."""


class Page:
    """What one browser tab shows."""

    def __init__(self, stage: Stage, view: View, client: Client) -> None:
        self.stage = stage
        self.client = client
        self.view = self._allowed(view)
        self._open: dict[Window, ChatWindow] = {}
        self._serial = 0
        self._typing: dict[int, float] = {}
        self._soon: asyncio.TimerHandle | None = None
        self._pause = SOON
        self._place = ("", "", "")
        self._build()
        ui.on("act", self._act)
        client.on_delete(stage.simulator.subscribe(self._on_event))
        self.update()

    def _allowed(self, view: View) -> View:
        person = self.stage.person(view.person).id
        current = {window: self.stage.current(window) for window in view.windows}
        windows = tuple(window for window in current.values() if self.stage.has(window))
        front = current.get(view.front) if view.front else None
        front = front if front in windows else None
        language = view.language if view.language in self.stage.texts.languages else ""
        return replace(view, person=person, windows=windows, front=front, language=language)

    def _build(self) -> None:
        with ui.element("div").classes("tg") as self._root:
            self._sidebar = ui.html("", sanitize=False, tag="nav").classes("sidebar")
            with ui.element("div").classes("windows") as self._windows:
                self._empty = ui.html("", sanitize=False).classes("empty-holder")
        self._fixed = ui.html("", sanitize=False)

    def update(self) -> None:
        """Draw everything that has changed."""
        if self.client.is_deleted:
            return
        began = time.monotonic()
        words = self.stage.words(self.stage.person(self.view.person), self.view.language)
        now = datetime.now(UTC)
        typing = {chat for chat, until in self._typing.items() if until > began}
        self._arrange()
        for window in self._open.values():
            window.update(self.view, words, now, typing=window.window.chat in typing)
        self._sidebar.content = sidebar(self.stage, self.view, words, typing, now)
        self._empty.content = template("empty.html").render(words=words)
        self._fixed.content = template("page.html").render(words=words)
        self._keep_address(words.language)
        self._pause = max(SOON, 2 * (time.monotonic() - began))

    def _arrange(self) -> None:
        """Open and close windows until they are those of the view."""
        self.view = self._allowed(self.view)
        for window in [window for window in self._open if window not in self.view.windows]:
            self._open.pop(window).root.delete()
        for place, window in enumerate(self.view.windows):
            if window not in self._open:
                self._serial += 1
                with self._windows:
                    self._open[window] = ChatWindow(self.stage, window, self._serial)
            self._open[window].root.move(target_index=place)
        self._empty.set_visibility(not self.view.windows)
        self._root.classes(remove="several reading")
        self._root.classes(("several " if len(self.view.windows) > 1 else "") + ("reading" if self.view.front else ""))

    def _keep_address(self, language: str) -> None:
        place = (f"?{self.view.query()}", self.view.theme, language)
        if place != self._place:
            self._place = place
            self._run(f"playground.look({', '.join(json.dumps(part) for part in place)})")

    def _run(self, code: str) -> None:
        self.client.run_javascript(code)

    # What happens in the simulator

    def _on_event(self, event: Event) -> None:
        if event.kind == "update":
            return
        if event.kind == "typing":
            self._typing[event.chat_id] = time.monotonic() + TYPING_SECONDS
            asyncio.get_running_loop().call_later(TYPING_SECONDS + SOON, self._update_soon)
        elif event.kind == "message" and self._is_from_bot(event):
            self._typing.pop(event.chat_id, None)
        self._update_soon()

    def _is_from_bot(self, event: Event) -> bool:
        sender: dict[str, Any] = (event.message or {}).get("from", {})
        return bool(sender.get("is_bot"))

    def _update_soon(self) -> None:
        if self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(self._pause, self._update_now)

    def _update_now(self) -> None:
        self._soon = None
        self.update()

    # What happens in the browser

    async def _act(self, event: GenericEventArguments) -> None:
        name, value = str(event.args["deed"]), str(event.args["value"])
        window = Window.parse(str(event.args["window"]))
        if choose := self._choices().get(name):
            self.view = choose(value, window)
            self.update()
        elif name in DEEDS and window in self._open:
            await self._do(name, value, self._open[window], int(event.args["message"]))

    def _choices(self) -> dict[str, Callable[[str, Window | None], View]]:
        return {
            "open": lambda value, _window: self._opened(value),
            "beside": lambda value, _window: self._opened(value, beside=True),
            "person": lambda value, _window: self._as_person(int(value)),
            "person-beside": lambda value, _window: self._as_person(int(value), beside=True),
            "focus": lambda _value, window: self.view.open(window) if window in self._open else self.view,
            "close": lambda _value, window: self.view.close(window) if window else self.view,
            "list": lambda _value, _window: self.view.close_all(),
            "topic": lambda value, window: self._in_topic(window, int(value)),
            "language": lambda value, _window: replace(self.view, language=value),
            "theme": lambda value, _window: replace(self.view, theme=value if value in THEMES else "auto"),
        }

    def _opened(self, value: str, *, beside: bool = False) -> View:
        wanted = Window.parse(value)
        if wanted is None or not self.stage.has(wanted):
            return self.view
        already = next(
            (one for one in self.view.windows if (one.person, one.chat) == (wanted.person, wanted.chat)), wanted
        )
        self._run("playground.writeSoon()")
        return self.view.open(already, beside=beside)

    def _as_person(self, person_id: int, *, beside: bool = False) -> View:
        """Become somebody else: with a chat open, it is their chat with the bot that takes its place."""
        person = self.stage.person(person_id).id
        if self.view.front is None and not beside:
            return replace(self.view, person=person)
        return self.view.open(Window(person, person), beside=beside)

    def _in_topic(self, window: Window | None, topic: int) -> View:
        if window not in self._open:
            return self.view
        shown = self._open.pop(window)
        self._open[shown.choose_topic(topic)] = shown
        windows = tuple(shown.window if one == window else one for one in self.view.windows)
        return replace(self.view, windows=windows, front=shown.window, person=window.person)

    async def _do(self, name: str, value: str, window: ChatWindow, message: int) -> None:
        def show(answer: CallbackAnswer) -> None:
            self._show_answer(answer, window)

        person = self.stage.person(window.window.person)
        try:
            await DEEDS[name](Act(window, person, message, value, self.update, show))
        except (NotPossible, KeyError):
            words = self.stage.words(person, self.view.language)
            self._toast(window, words("refused"))
        self.update()
        if name in {"reply", "edit"}:
            text = window.chat.messages.get(message, {}).get("text", "") if name == "edit" else None
            self._run(f"playground.fill({json.dumps(str(window.window))}, {json.dumps(text)})")
        if name in {"send", "command"}:
            self._run(f"playground.toEnd({json.dumps(str(window.window))})")

    def _show_answer(self, answer: CallbackAnswer, window: ChatWindow) -> None:
        if answer.url and safe_address(answer.url):
            self._run(f"window.open({json.dumps(answer.url)}, '_blank', 'noopener')")
        elif answer.alert:
            self._run(f"playground.alert({json.dumps(answer.text)})")
        elif answer.text:
            self._toast(window, answer.text)

    def _toast(self, window: ChatWindow, text: str) -> None:
        self._run(f"playground.toast({json.dumps(str(window.window))}, {json.dumps(text)})")
