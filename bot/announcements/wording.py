"""What an announcement says in each language: a text with its formatting, a picture or a file, or a whole message.

A text is kept as `title` and `body` (Telegram HTML), with `photo` or `document` (Telegram's file_id) if something goes
along. Of a message that is used as it is, `chat` and `messages` say where it stands; several are an `album`.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from bot.announcements.errors import TextTooLong
from storage.models import Announcement

LONGEST_TITLE, LONGEST_TEXT = 200, 3500
"""Characters as they are read; with the lines that we add it stays one message (Bot API: 4,096)."""
TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
FILES = ("photo", "document")
LANGUAGES = ("de", "en")


class Used(NamedTuple):
    """A message that is used as it is; `title` names it in lists, `album` its group if it has one."""

    chat_id: int
    message_id: int
    title: str
    album: str = ""


def fill_text(announcement: Announcement, language: str, written: str) -> None:
    """Keep a text (Telegram HTML): its first line is the title. Raises TextTooLong."""
    title, body = split_title(written)
    if len(title) > LONGEST_TITLE or len(plain(body)) > LONGEST_TEXT:
        raise TextTooLong(title=LONGEST_TITLE, text=LONGEST_TEXT)
    kept = {kind: file for kind, file in announcement.texts.get(language, {}).items() if kind in FILES}
    announcement.texts = {**announcement.texts, language: {"title": title, "body": body, **kept}}


def fill_file(announcement: Announcement, language: str, kind: str, file_id: str) -> None:
    """Let a picture or a file (`photo` or `document`) go along with a text, in place of another one."""
    told = announcement.texts.get(language, {})
    told = {} if "messages" in told else told
    text = {"title": told.get("title", ""), "body": told.get("body", ""), kind: file_id}
    announcement.texts = {**announcement.texts, language: text}


def fill_message(announcement: Announcement, language: str, message: Used) -> None:
    """Use a message as it is, or another one of the album that is used already."""
    told = announcement.texts.get(language, {})
    before = [told["messages"]] if message.album and told.get("album") == message.album else []
    text = {
        "title": told["title"] if before else message.title[:LONGEST_TITLE],
        "body": "",
        "chat": str(message.chat_id),
        "messages": ",".join([*before, str(message.message_id)]),
        **({"album": message.album} if message.album else {}),
    }
    announcement.texts = {**announcement.texts, language: text}


def without_file(announcement: Announcement, language: str) -> None:
    """Let nothing go along with a text; a message that was used as it is goes too."""
    told = announcement.texts.get(language, {})
    text = {name: told.get(name, "") for name in ("title", "body")}
    announcement.texts = {**announcement.texts, language: text}


def kind_of(texts: dict[str, dict[str, str]], language: str) -> str:
    """Return what goes along in a language: photo, document, message, or nothing; what one language has, both have."""
    told = texts.get(language, {})
    if "messages" in told:
        return "message"
    return next((kind for one in (told, *texts.values()) for kind in FILES if kind in one), "")


def leave_out(announcement: Announcement, language: str) -> None:
    """Leave a language out; its readers get the other one, with a line that says so."""
    announcement.texts = {known: text for known, text in announcement.texts.items() if known != language}
    if not announcement.texts:
        announcement.answered = [field for field in announcement.answered if field not in LANGUAGES]


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
