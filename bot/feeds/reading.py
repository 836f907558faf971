"""What a feed holds, whatever its kind: items of one form, each with a key by which it is known again."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.feeds import articles, calendars
from bot.feeds.decoding import decode
from bot.feeds.errors import BadFeed, Fault


class Kind(StrEnum):
    """What the items of a feed become."""

    EVENT = "event"
    NEWS = "news"


class Item(NamedTuple):
    """One event or article, as JSON keeps it.

    `content` of an event is what bot.events.importing.keep takes; of news: title, body (Telegram HTML), language.
    """

    key: str
    content: dict[str, Any]
    is_gone: bool = False
    """The source has cancelled it."""

    @property
    def digest(self) -> str:
        """Tells whether it has changed."""
        return digest_of([self.content, self.is_gone])


class Feed(NamedTuple):
    """A feed that was read."""

    kind: Kind
    title: str
    items: list[Item]


def read(content: bytes, charset: str | None, zone: ZoneInfo, *, now: datetime) -> Feed:
    """Read an iCalendar, RSS or Atom feed; times without a zone are those of `zone`. Raises BadFeed.

    It takes its time: run it in a thread.
    """
    text = decode(content, charset)
    start = text.lstrip("\ufeff \t\r\n")[:200].upper()
    if start.startswith("BEGIN:VCALENDAR"):
        title, entries = calendars.read(text, zone, now=now)
        kind = Kind.EVENT
    elif start.startswith("<") and not start.startswith("<!DOCTYPE HTML"):
        title, entries = articles.read(text, now=now)
        kind = Kind.NEWS
    else:
        raise BadFeed(Fault.NO_FEED)
    once = {digest_of(key): Item(digest_of(key), told, is_gone) for key, told, is_gone in reversed(entries)}
    return Feed(kind, title, list(once.values())[::-1])


def digest_of(value: Any) -> str:
    """Return what two equal values have in common, in 32 characters."""
    written = json.dumps(value, sort_keys=True, ensure_ascii=True).encode()
    return hashlib.sha256(written).hexdigest()[:32]
