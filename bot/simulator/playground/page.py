"""One open page: keeps what the browser shows equal to the view and to the simulator."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from nicegui import Client, ui
from nicegui.events import GenericEventArguments

from bot.simulator import CallbackAnswer, Event, NotPossible
from bot.simulator.links import deep_link
from bot.simulator.playground.choosing import CHOICES
from bot.simulator.playground.deeds import DEEDS, Act
from bot.simulator.playground.entities import safe_address
from bot.simulator.playground.markup import template
from bot.simulator.playground.sidebar import chat_list, person_bar
from bot.simulator.playground.stage import Stage
from bot.simulator.playground.view import View, Window
from bot.simulator.playground.window import ChatWindow, switch

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
            with ui.element("nav").classes("sidebar"):
                self._person = ui.html("", sanitize=False)
                self._list = ui.html("", sanitize=False).classes("list")
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
        self._person.content = person_bar(self.stage, self.view, words)
        self._list.content = chat_list(self.stage, self.view, words, typing, now)
        self._empty.content = template("empty.html").render(words=words)
        self._fixed.content = template("page.html").render(words=words)
        self._keep_address(words.language)
        # A page that is slow to draw leaves the loop to others for as long as it took.
        self._pause = max(SOON, time.monotonic() - began)

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
        switch(self._root, "several", on=len(self.view.windows) > 1)
        switch(self._root, "reading", on=self.view.front is not None)

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
        if choose := CHOICES.get(name):
            if name == "topic" and window in self._open:
                self._in_topic(window, int(value))
            self.view = choose(self.stage, self.view, value, window)
            self.update()
            if name in {"open", "beside"}:
                self._run("playground.writeSoon()")
        elif name in DEEDS and window in self._open:
            await self._do(name, value, self._open[window], int(event.args["message"]))

    def _in_topic(self, window: Window, topic: int) -> None:
        """Show another topic of a forum in the window that is there."""
        shown = self._open.pop(window)
        if replace(window, topic=topic) in self._open:
            shown.root.delete()
        else:
            self._open[shown.choose_topic(topic)] = shown

    async def _do(self, name: str, value: str, window: ChatWindow, message: int) -> None:
        def show(answer: CallbackAnswer | None) -> None:
            self._show_answer(answer or CallbackAnswer(words("no_answer")), window)

        person = self.stage.person(window.window.person)
        words = self.stage.words(person, self.view.language)
        try:
            await DEEDS[name](Act(window, person, message, value, self.update, show))
        except (NotPossible, KeyError):
            self._toast(window, words("refused"))
        self.update()
        if name in {"reply", "edit"}:
            text = window.chat.messages.get(message, {}).get("text", "") if name == "edit" else None
            self._run(f"playground.fill({json.dumps(str(window.window))}, {json.dumps(text)})")
        if name in {"send", "command"}:
            self._run(f"playground.toEnd({json.dumps(str(window.window))})")

    def _show_answer(self, answer: CallbackAnswer, window: ChatWindow) -> None:
        if deep_link(answer.url, self.stage.simulator.world.bot.username):
            person = window.window.person
            self.view = self.view.open(Window(person, person))
        elif answer.url and safe_address(answer.url):
            self._run(f"window.open({json.dumps(answer.url)}, '_blank', 'noopener')")
        elif answer.alert:
            self._run(f"playground.alert({json.dumps(answer.text)})")
        elif answer.text:
            self._toast(window, answer.text)

    def _toast(self, window: ChatWindow, text: str) -> None:
        self._run(f"playground.toast({json.dumps(str(window.window))}, {json.dumps(text)})")
