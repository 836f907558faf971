"""What a person chooses to see, by the names that the markup gives to its buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.simulator.playground.stage import Stage
from bot.simulator.playground.view import THEMES, View, Window

Choice = Callable[[Stage, View, str, Window | None], View]
"""Makes the next view from the button's value and the window that it stands in."""


def _open(stage: Stage, view: View, value: str, *, beside: bool = False) -> View:
    wanted = Window.parse(value)
    if wanted is None or not stage.has(wanted):
        return view
    # A forum of which one topic is open already counts as open.
    same = (one for one in view.windows if (one.person, one.chat) == (wanted.person, wanted.chat))
    return view.open(next(same, wanted), beside=beside)


def _become(stage: Stage, view: View, value: str, *, beside: bool = False) -> View:
    """Become somebody else: where a chat is open, their chat with the bot takes its place."""
    person = stage.person(int(value)).id
    if view.front is None and not beside:
        return replace(view, person=person)
    return view.open(Window(person, person), beside=beside)


def _focus(_stage: Stage, view: View, _value: str, window: Window | None) -> View:
    return view.open(window) if window in view.windows else view


def _close(_stage: Stage, view: View, _value: str, window: Window | None) -> View:
    return view.close(window) if window else view


def _topic(_stage: Stage, view: View, value: str, window: Window | None) -> View:
    if window not in view.windows:
        return view
    chosen = replace(window, topic=int(value))
    windows = dict.fromkeys(chosen if one == window else one for one in view.windows)
    return replace(view, windows=tuple(windows), front=chosen, person=chosen.person)


def _theme(_stage: Stage, view: View, value: str, _window: Window | None) -> View:
    return replace(view, theme=value if value in THEMES else "auto")


CHOICES: dict[str, Choice] = {
    "open": lambda stage, view, value, _window: _open(stage, view, value),
    "beside": lambda stage, view, value, _window: _open(stage, view, value, beside=True),
    "person": lambda stage, view, value, _window: _become(stage, view, value),
    "person-beside": lambda stage, view, value, _window: _become(stage, view, value, beside=True),
    "focus": _focus,
    "close": _close,
    "list": lambda _stage, view, _value, _window: view.close_all(),
    "topic": _topic,
    "language": lambda _stage, view, value, _window: replace(view, language=value),
    "theme": _theme,
}
