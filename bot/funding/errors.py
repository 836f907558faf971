"""What can go wrong with a funding call and is told to the person who tried."""

# ruff: noqa: N818 - they name what happened, as the texts that explain them do.

from __future__ import annotations

from bot.errors import BotError


class NoSuchCall(BotError):
    """A call that is not there, was never sent, or was withdrawn."""

    template = "funding/errors/none.html"


class CallClosed(BotError):
    """A call whose cut-off (`closes_at`) has passed, or will have when it is to be sent."""

    template = "funding/errors/closed.html"


class ClosesTooEarly(BotError):
    """A cut-off that is not after the day on which the call opens."""

    template = "funding/errors/closes_too_early.html"


class BadLink(BotError):
    """What is no address of a page."""

    template = "funding/errors/bad_link.html"


class FactTooLong(BotError):
    """A fact longer than `most` characters."""

    template = "funding/errors/too_long.html"
