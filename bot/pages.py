"""Split a long text into messages that Telegram takes, at paragraphs, with every tag closed and opened again."""

from __future__ import annotations

import re

MESSAGE_LIMIT = 4096
"""Characters of one message, in UTF-16 units. Source: Bot API, sendMessage, `text`."""

TAG = re.compile(r"<(/?)([a-z-]+)([^>]*)>")
# Tried in this order: between paragraphs, lines, sentences, words. Inside a tag or an entity is never a place.
BREAKS = (re.compile(r"\n\n+"), re.compile(r"\n"), re.compile(r"(?<=[.!?:;])\s"), re.compile(r"\s(?![^<]*>)"))
UNBROKEN = re.compile(r"<[^>]*>|&\w+;|&#\d+;|.", re.S)


def length(text: str) -> int:
    """Return the length of `text` in UTF-16 units, as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def split(html: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """Split `html` into parts of at most `limit` UTF-16 units, tags included; raises ValueError below 64."""
    if limit < 64:
        raise ValueError("a limit below 64 leaves no room for tags")
    parts, opened = [], ""
    rest = html.strip()
    while length(opened + rest) > limit:
        head, rest = _cut(rest, limit, opened)
        tags = _open_tags(opened + head)
        parts.append(opened + head + "".join(f"</{name}>" for name, _ in reversed(tags)))
        opened = "".join(tag for _, tag in tags)
    # What remains may be nothing but closing tags: Telegram refuses an empty message.
    return [*parts, opened + rest] if TAG.sub("", rest).strip() else parts


def _cut(text: str, limit: int, opened: str) -> tuple[str, str]:
    """Return what fits and what remains."""
    for pattern in BREAKS:
        for found in reversed(list(pattern.finditer(text, 0, limit))):
            head = text[: found.start()].rstrip()
            if head and _fits(opened + head, limit):
                return head, text[found.end() :].lstrip("\n")
    return _cut_anywhere(text, limit, opened)


def _cut_anywhere(text: str, limit: int, opened: str) -> tuple[str, str]:
    """Cut a text without a single space: before the first character, tag or entity that is too much."""
    end = 0
    for found in UNBROKEN.finditer(text):
        if end and not _fits(opened + text[: found.end()], limit):
            break
        end = found.end()
    return text[:end], text[end:]


def _fits(text: str, limit: int) -> bool:
    closing = sum(len(name) + 3 for name, _ in _open_tags(text))
    return length(text) + closing <= limit


def _open_tags(text: str) -> list[tuple[str, str]]:
    """Return the name and the whole text of each tag that is still open at the end of `text`."""
    tags: list[tuple[str, str]] = []
    for found in TAG.finditer(text):
        if not found[1]:
            tags.append((found[2], found[0]))
        elif tags:
            tags.pop()
    return tags
