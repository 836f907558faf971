"""What can go wrong with an announcement and is told to the person who tried."""

# ruff: noqa: N818 - they name what happened, as the texts that explain them do.

from __future__ import annotations

from bot.errors import BotError


class BadRule(BotError):
    """A recurrence rule that cannot be read, or repeats more often than daily."""

    template = "announcements/errors/bad_rule.html"
