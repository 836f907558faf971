"""What can go wrong with a feed or a file, each in one word that a template explains."""

# ruff: noqa: N818 - they name what happened, as the texts that explain them do.

from __future__ import annotations

from enum import StrEnum

from bot.errors import BotError


class Fault(StrEnum):
    """Why an address or a file cannot be used; at most 16 characters."""

    ADDRESS = "address"
    """Not http or https, another port than 80 and 443, or with a password."""
    PRIVATE = "private"
    """The host is in a network that is nobody else's business."""
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    REDIRECTS = "redirects"
    REFUSED = "refused"
    """The server says so: not found, forbidden, out of order."""
    TOO_LARGE = "too_large"
    PACKED = "packed"
    """Compressed in a way that cannot be undone."""
    ENCODING = "encoding"
    ENTITIES = "entities"
    """It declares entities: no feed needs them, and a few lines of them fill the memory."""
    NO_FEED = "no_feed"


class BadFeed(BotError):
    """A feed or a file that cannot be used; `reason` is a Fault."""

    template = "feeds/errors/bad_feed.html"

    def __init__(self, reason: Fault) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class NoSuchFeed(BotError):
    """A feed, a draft out of one or an import that is not there, or no longer."""

    template = "feeds/errors/none.html"


class BadTable(BotError):
    """A table that cannot be read at all; `reason`: too_large, encoding, columns (`missing`), empty."""

    template = "feeds/errors/bad_table.html"
