"""The hour in a written time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

from bot.announcements.calendar_words import AFTERNOON, MORNING, NUMBERS
from bot.announcements.errors import UnreadTime

HALF = re.compile(rf"\bhalb ({'|'.join(NUMBERS)}|\d{{1,2}})\b")
NOON = re.compile(r"\b(?:noon|mittags|mittag)\b")
WITH_UHR = re.compile(r"(?<![\d.])(\d{1,2})(?:[:.](\d{2}))?\s?(?:uhr|h\b)(?:\s(\d{2})\b)?")
WITH_HALF_DAY = re.compile(r"(?<![\d.:])(\d{1,2})(?:[:.](\d{2}))?\s?([ap])\.?m\b\.?")
WITH_COLON = re.compile(r"(?<![\d.:])(\d{1,2}):(\d{2})(?::00)?(?![\d:])")
BARE = re.compile(r"(?<![\d.:])(\d{1,2})(?![\d.:])")
PART_OF_DAY = re.compile(rf"\b(?:(?P<late>{'|'.join(AFTERNOON)})|{'|'.join(MORNING)})\b")


def read_hour(text: str) -> tuple[time | None, str]:
    """Return the hour that is named, and the text without it. Raises UnreadTime for one such as 25:00."""
    part = PART_OF_DAY.search(text)
    if part:
        text = f"{text[: part.start()]} {text[part.end() :]}"
    for pattern, read in _READERS:
        found = pattern.search(text)
        if found is None:
            continue
        hour, minute = read(found)
        if part and part["late"] and hour < 12:
            hour += 12
        try:
            return time(hour, minute), f"{text[: found.start()]} {text[found.end() :]}"
        except ValueError:
            raise UnreadTime from None
    return None, text


def _half(found: re.Match[str]) -> tuple[int, int]:
    """Half nine, in German, is half past eight."""
    return (NUMBERS.get(found[1]) or int(found[1])) - 1, 30


def _noon(_found: re.Match[str]) -> tuple[int, int]:
    return 12, 0


def _plain(found: re.Match[str]) -> tuple[int, int]:
    return int(found[1]), int(found[2] or 0)


def _with_uhr(found: re.Match[str]) -> tuple[int, int]:
    return int(found[1]), int(found[2] or found[3] or 0)


def _half_day(found: re.Match[str]) -> tuple[int, int]:
    hour, minute = int(found[1]), int(found[2] or 0)
    if not 1 <= hour <= 12:
        # "um 14 am Freitag": not the English half of the day, but the German "on".
        return (hour, minute) if found[3] == "a" else (99, minute)
    return hour % 12 + (12 if found[3] == "p" else 0), minute


def _bare(found: re.Match[str]) -> tuple[int, int]:
    return int(found[1]), 0


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]], ...] = (
    (HALF, _half),
    (WITH_UHR, _with_uhr),
    (WITH_HALF_DAY, _half_day),
    (WITH_COLON, _plain),
    (NOON, _noon),
    (BARE, _bare),
)
