"""RSS and Atom: the newest articles, their HTML in Telegram's tags."""

from __future__ import annotations

import html
from calendar import timegm
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import feedparser

from bot.feeds.cleaning import LINK, clean, plain_line
from bot.feeds.errors import BadFeed, Fault

MOST_ITEMS = 20
"""The newest; a feed that is new brings no more drafts than somebody can look through."""
OLDEST = timedelta(days=60)
LONGEST_TITLE, LONGEST_TEXT = 200, 2500

Entry = tuple[list[str], dict[str, Any], bool]
"""What makes its key, its content, whether the source has cancelled it."""


def read(text: str, *, now: datetime) -> tuple[str, list[Entry]]:
    """Return the title of a feed and its articles of the last 60 days, newest first. Raises BadFeed (NO_FEED)."""
    try:
        # A stream: a text alone would be taken for an address or a file, and fetched.
        found = feedparser.parse(BytesIO(text.encode()), sanitize_html=False, resolve_relative_uris=False)
        version, feed, entries = str(found.get("version") or ""), found.feed, list(found.entries)
    except Exception:
        # The library raises what its parsers happen to raise.
        raise BadFeed(Fault.NO_FEED) from None
    if not version:
        raise BadFeed(Fault.NO_FEED)
    language = "en" if str(feed.get("language", "")).casefold().startswith("en") else "de"
    dated = [(_when(entry) or now, place, entry) for place, entry in enumerate(entries)]
    newest = sorted((one for one in dated if one[0] > now - OLDEST), key=lambda one: (-one[0].timestamp(), one[1]))
    read_ones = [_read(entry, language) for _, _, entry in newest[:MOST_ITEMS]]
    return plain_line(str(feed.get("title", "")), LONGEST_TITLE), [one for one in read_ones if one is not None]


def _when(entry: Any) -> datetime | None:
    # The dictionary of the library answers for one date with another, and warns of it.
    for name in ("published_parsed", "updated_parsed"):
        parsed = dict.get(entry, name)
        if parsed:
            try:
                return datetime.fromtimestamp(timegm(parsed), UTC)
            except (ValueError, OverflowError, OSError):
                return None
    return None


def _read(entry: Any, language: str) -> Entry | None:
    title = plain_line(_text(entry, "title"), LONGEST_TITLE)
    link = _text(entry, "link").strip()
    link = link if LINK.match(link) else ""
    key = _text(entry, "id").strip() or link
    if not title or not key:
        return None
    body = clean(_body(entry), LONGEST_TEXT)
    return (
        [key],
        {
            "title": title,
            "body": "\n\n".join(part for part in (body, html.escape(link, quote=False)) if part),
            "language": language,
        },
        False,
    )


def _body(entry: Any) -> str:
    if summary := _text(entry, "summary"):
        return summary
    content = dict.get(entry, "content") or [{}]
    return str(content[0].get("value", ""))


def _text(entry: Any, name: str) -> str:
    value = dict.get(entry, name)
    if value is None and name == "link":
        value = next((one.get("href") for one in dict.get(entry, "links") or () if one.get("href")), None)
    return str(value or "")
