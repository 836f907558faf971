"""What one browser window shows, and how its address keeps that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

WINDOW = re.compile(r"(?P<chat>-?\d+)(?:/(?P<topic>\d+))?(?:@(?P<person>\d+))?")
THEMES = ("auto", "light", "dark")
MOST_WINDOWS = 4


@dataclass(frozen=True)
class Window:
    """One chat as one person sees it; `topic` is 0 where all of a forum is shown."""

    person: int
    chat: int
    topic: int = 0

    def __str__(self) -> str:
        topic = f"/{self.topic}" if self.topic else ""
        return f"{self.chat}{topic}@{self.person}"

    @classmethod
    def parse(cls, text: str, person: int = 0) -> Window | None:
        """Read what `str` wrote; a missing person is `person`; anything else is None."""
        match = WINDOW.fullmatch(text)
        return match and cls(int(match["person"] or person), int(match["chat"]), int(match["topic"] or 0))


@dataclass(frozen=True)
class View:
    """The open chats in their order, who is in front, the language and the theme."""

    person: int
    windows: tuple[Window, ...] = ()
    front: Window | None = None
    language: str = ""
    """Empty: the language of the person."""
    theme: str = "auto"

    @classmethod
    def from_query(cls, query: Mapping[str, str], default_person: int) -> View:
        """Read a page's address; what makes no sense in it is left out, and a bare one opens the chat with the bot."""
        if not query:
            return cls(default_person).open(Window(default_person, default_person))
        chosen = query.get("as", "")
        person = int(chosen) if chosen.isdecimal() else default_person
        parts = query.get("chats", "").split(",")
        windows = tuple(dict.fromkeys(window for part in parts if (window := Window.parse(part, person))))[
            :MOST_WINDOWS
        ]
        mine = [window for window in windows if window.person == person]
        theme = query.get("theme", "auto")
        front = mine[-1] if mine else None
        return cls(person, windows, front, query.get("lang", ""), theme if theme in THEMES else "auto")

    def query(self) -> str:
        """Return the part of the address that brings this view back."""
        values = {
            "as": str(self.person),
            "chats": ",".join(str(window).removesuffix(f"@{self.person}") for window in self.windows),
            "lang": self.language,
            "theme": "" if self.theme == "auto" else self.theme,
        }
        return urlencode({name: value for name, value in values.items() if value}, safe=",/@")

    def open(self, window: Window, *, beside: bool = False) -> View:
        """Bring `window` to the front, in place of the front one or beside all; the oldest makes room."""
        windows = self.windows
        if window not in windows:
            replaces = self.front in windows and not beside
            kept = tuple(window if one == self.front else one for one in windows) if replaces else (*windows, window)
            windows = kept[-MOST_WINDOWS:]
        return replace(self, person=window.person, windows=windows, front=window)

    def close(self, window: Window) -> View:
        """Show `window` no longer; its neighbour comes to the front."""
        windows = tuple(one for one in self.windows if one != window)
        if self.front != window:
            return replace(self, windows=windows)
        front = windows[-1] if windows else None
        return replace(self, windows=windows, front=front, person=front.person if front else self.person)

    def close_all(self) -> View:
        """Show the list of chats alone, as a phone does after "back"."""
        return replace(self, windows=(), front=None)
