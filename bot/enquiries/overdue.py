"""What is due about an enquiry, by its record and the terms of its cluster. Pure.

A silence is reported once: the marks of the record (reminded_at ...) count only when they are younger than the silence.
Whoever sits in the office is bothered in office hours only.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from bot.enquiries.hours import OfficeHours
from bot.enquiries.terms import Terms
from storage.models import Enquiry, EnquiryState


class Due(StrEnum):
    """What is to be done."""

    RELEASE = "release"
    """Nobody has written for so long that the bot speaks again in the firm's chat."""
    REMIND = "remind"
    """The firm waits: the staff chat is reminded."""
    ESCALATE = "escalate"
    """The firm waits still: the administrators are told."""
    QUIET = "quiet"
    """Answered, and nobody has said a word since: the staff is asked to close it."""
    WARN = "warn"
    """The staff waits for the firm: it is told that the enquiry will be closed."""
    CLOSE = "close"


def due(enquiry: Enquiry, terms: Terms, hours: OfficeHours, now: datetime) -> list[Due]:
    """Return what is due now; after a long standstill several at once, each of them once."""
    if enquiry.is_closed:
        return []
    found = [Due.RELEASE] if enquiry.held_until is not None and enquiry.held_until <= now else []
    if enquiry.state == EnquiryState.WAITING:
        return found + _of_the_firm(enquiry, terms, now)
    if not hours.is_open(now):
        return found
    if firm_waits(enquiry):
        return found + _of_the_staff(enquiry, terms, hours, now)
    return found + _of_nobody(enquiry, terms, now)


def firm_waits(enquiry: Enquiry) -> bool:
    """Whether the firm has spoken last."""
    return enquiry.last_staff_at is None or enquiry.last_firm_at > enquiry.last_staff_at


def _of_the_firm(enquiry: Enquiry, terms: Terms, now: datetime) -> list[Due]:
    since = enquiry.last_staff_at or enquiry.last_firm_at
    if enquiry.warned_at is None or enquiry.warned_at < since:
        return [Due.WARN] if now >= since + terms.warn_after else []
    return [Due.CLOSE] if now >= enquiry.warned_at + terms.close_after else []


def _of_the_staff(enquiry: Enquiry, terms: Terms, hours: OfficeHours, now: datetime) -> list[Due]:
    if enquiry.reminded_at and enquiry.escalated_at:
        return []
    waited = hours.office_time_between(enquiry.last_firm_at, now)
    found = [Due.REMIND] if enquiry.reminded_at is None and waited >= terms.remind_after else []
    return found + ([Due.ESCALATE] if enquiry.escalated_at is None and waited >= terms.escalate_after else [])


def _of_nobody(enquiry: Enquiry, terms: Terms, now: datetime) -> list[Due]:
    since = enquiry.last_staff_at
    assert since is not None  # noqa: S101  else the firm waits
    reminded = enquiry.reminded_at is not None and enquiry.reminded_at >= since
    return [Due.QUIET] if now >= since + terms.warn_after and not reminded else []
