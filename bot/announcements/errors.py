"""What can go wrong with an announcement and is told to the person who tried."""

# ruff: noqa: N818 - they name what happened, as the texts that explain them do.

from __future__ import annotations

from bot.errors import BotError


class BadRule(BotError):
    """A recurrence rule that cannot be read, or repeats more often than daily."""

    template = "announcements/errors/bad_rule.html"


class UnreadTime(BotError):
    """A time that cannot be read."""

    template = "announcing/errors/unread_time.html"


class TimeMissing(UnreadTime):
    """A day without an hour."""

    template = "announcing/errors/time_missing.html"


class WrongWeekday(UnreadTime):
    """A weekday beside a date (`day`) that is another one."""

    template = "announcing/errors/wrong_weekday.html"


class TimePassed(BotError):
    """A time (`local`, without zone) that is over."""

    template = "announcing/errors/time_passed.html"


class TimeSkipped(BotError):
    """A time (`local`, without zone) that there is not: the clocks go forward."""

    template = "announcing/errors/time_skipped.html"


class TimeTooFar(BotError):
    """A time (`local`, without zone) more than two years ahead: most likely a slip."""

    template = "announcing/errors/time_too_far.html"
