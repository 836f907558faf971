"""What can go wrong with an event and is told to the person who tried."""

# ruff: noqa: N818 - they name what happened, as the texts that explain them do.

from __future__ import annotations

from bot.errors import BotError


class NoSuchEvent(BotError):
    """An event that is not there, or no longer."""

    template = "events/errors/none.html"


class NotYet(BotError):
    """A reply to an event whose invitation has not gone out: a preview or a test."""

    template = "events/errors/not_yet.html"


class EventCancelled(BotError):
    """A reply to an event that does not take place."""

    template = "events/errors/cancelled.html"


class EventBegun(BotError):
    """A reply after the beginning."""

    template = "events/errors/begun.html"


class RegistrationOver(BotError):
    """A wish to come after the deadline (`deadline`, local)."""

    template = "events/errors/registration_over.html"


class NotADraft(BotError):
    """An event that is changed only by a revision, since people know of it."""

    template = "events/errors/not_a_draft.html"


class Changed(BotError):
    """An event that somebody has changed since the revision began."""

    template = "events/errors/changed.html"


class NothingChanged(BotError):
    """A revision that says what the event says already."""

    template = "events/errors/nothing_changed.html"


class TextTooLong(BotError):
    """A title, a text, a place or a link that is too long; `most`: characters."""

    template = "events/errors/too_long.html"


class EndsTooEarly(BotError):
    """An end that is not after the beginning."""

    template = "events/errors/ends_too_early.html"


class DeadlineTooLate(BotError):
    """A deadline for registration after the beginning."""

    template = "events/errors/deadline_too_late.html"


class BadSeats(BotError):
    """A number of seats that is none."""

    template = "events/errors/bad_seats.html"


class BadLink(BotError):
    """A link that does not begin with https:// or http://, or has a blank in it."""

    template = "events/errors/bad_link.html"


class BadPlace(BotError):
    """Neither an address nor a link."""

    template = "events/errors/bad_place.html"


class BadCalendar(BotError):
    """A calendar file that cannot be used; `reason` is a word of bot.events.reading.Fault."""

    template = "events/errors/bad_calendar.html"
