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


class TooLate(BotError):
    """A first time at which the event that it is about has begun, or the call is closed."""

    template = "announcing/errors/too_late.html"


class NoSuchAnnouncement(BotError):
    """An announcement that is not there, or no longer."""

    template = "announcing/errors/none.html"


class NotADraft(BotError):
    """An announcement that is on its way, and can no longer be changed."""

    template = "announcing/errors/not_a_draft.html"


class TextTooLong(BotError):
    """A title or a text longer than `title` or `text` characters."""

    template = "announcing/errors/too_long.html"


class NotCopied(BotError):
    """A message that Telegram lets nobody copy."""

    template = "announcing/errors/not_copied.html"


class Changed(BotError):
    """An announcement that somebody has changed since it was shown."""

    template = "announcing/errors/changed.html"


class SecondPerson(BotError):
    """Somebody wants to agree to what they wrote or submitted themselves."""

    template = "announcing/errors/second_person.html"


class NobodyToApprove(BotError):
    """There is nobody else who may agree."""

    template = "announcing/errors/nobody.html"
