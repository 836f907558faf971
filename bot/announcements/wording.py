"""What an announcement says: a title and a text with its formatting, in each language."""

from __future__ import annotations

import html
import re

from bot.announcements.errors import TextTooLong
from storage.models import Announcement

LONGEST_TITLE, LONGEST_TEXT = 200, 3500
"""Characters as they are read; with the lines that we add it stays one message (Bot API: 4,096)."""
TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")


def fill_text(announcement: Announcement, language: str, written: str) -> None:
    """Keep a text (Telegram HTML): its first line is the title. Raises TextTooLong."""
    title, body = split_title(written)
    if len(title) > LONGEST_TITLE or len(plain(body)) > LONGEST_TEXT:
        raise TextTooLong(title=LONGEST_TITLE, text=LONGEST_TEXT)
    announcement.texts = {**announcement.texts, language: {"title": title, "body": body}}


def leave_out(announcement: Announcement, language: str) -> None:
    """Leave a language out; its readers get the other one, with a line that says so."""
    announcement.texts = {known: text for known, text in announcement.texts.items() if known != language}


def split_title(written: str) -> tuple[str, str]:
    """Return the first line as plain text, and the rest as Telegram HTML with its tags closed and opened again."""
    first, _, rest = written.strip().partition("\n")
    opened: list[tuple[str, str]] = []
    for found in TAG.finditer(first):
        if not found[1]:
            opened.append((found[2], found[0]))
        elif opened:
            opened.pop()
    body = "".join(tag for _, tag in opened) + rest.lstrip("\n")
    return plain(first).strip(), body if plain(body).strip() else ""


def plain(written: str) -> str:
    """Return Telegram HTML as it is read, without its formatting."""
    return html.unescape(TAG.sub("", written))
