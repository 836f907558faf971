"""A time as people write it, in German or English: "morgen 9 Uhr", "next Tuesday 2 pm", "24.12. 10:00".

A grammar of our own: dateparser 1.5 was tried on the same table and takes "heute 18 Uhr" for 13 o'clock without a word.
What is not read whole is not read at all, since a misread time sends to a thousand people.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.announcements.calendar_words import AT_ONCE, FILLERS
from bot.announcements.errors import TimeMissing, TimePassed, TimeSkipped, TimeTooFar, UnreadTime
from bot.announcements.recurrence import Change, located
from bot.announcements.written_days import Day, read_day, read_span
from bot.announcements.written_hours import read_hour

FARTHEST = timedelta(days=2 * 366)
MINUTE = timedelta(minutes=1)
FULL_STOP = re.compile(r"(?<!\d\.\d)(?<!\d\.\d\d)\.$")
"""The end of a sentence, not that of "24.12."."""
JUST_PASSED = timedelta(days=31)
"""A day without a year that lies no longer back than this was meant, and is over; an older one is next year's."""


class When(NamedTuple):
    """A local time without zone, the moment that it is (UTC), and what the clocks do to it in that night."""

    local: datetime
    at: datetime
    change: Change | None = None


def read_when(text: str, zone: ZoneInfo, *, now: datetime) -> When | None:
    """Return the time that a text names in a zone; None: at once. `now` is aware.

    Raises UnreadTime, TimeMissing (a day without an hour), TimePassed, TimeTooFar, and TimeSkipped for an hour that
    there is not, in the night in which the clocks go forward.
    """
    plain = FULL_STOP.sub("", " ".join(re.sub(r"[,;!?]", " ", text.casefold()).split()))
    if plain in AT_ONCE:
        return None
    if span := read_span(plain):
        # Counted in real time, so that an hour is an hour in the nights of the clock changes too.
        local = (now + span + MINUTE - timedelta(microseconds=1)).astimezone(zone).replace(second=0, microsecond=0)
        return _checked(local.replace(tzinfo=None, fold=0), zone, now)
    return _read(plain, zone, now)


def _read(text: str, zone: ZoneInfo, now: datetime) -> When:
    today = now.astimezone(zone).replace(tzinfo=None)
    day, rest = read_day(text, today.date())
    hour, rest = read_hour(rest)
    if [word for word in re.split(r"[\s.]+", rest) if word and word not in FILLERS]:
        raise UnreadTime
    if hour is None:
        raise UnreadTime if day is None else TimeMissing
    if day is None:
        # An hour alone is the next such hour.
        day = Day(today.date() + timedelta(days=hour <= today.time()))
    found = datetime.combine(_year_of(day, today.date()), hour)
    if day.may_be_today and found.date() == today.date() and found <= today:
        found += timedelta(weeks=1)
    return _checked(found, zone, now)


def _year_of(day: Day, today: date) -> date:
    """Return the day, of next year where none was named and this year's is long over."""
    if day.has_year or day.date >= today - JUST_PASSED:
        return day.date
    try:
        return day.date.replace(year=day.date.year + 1)
    except ValueError:
        raise UnreadTime from None


def _checked(local: datetime, zone: ZoneInfo, now: datetime) -> When:
    due = located(local, zone)
    if due.change == "skipped":
        raise TimeSkipped(local=local)
    if due.at <= now:
        raise TimePassed(local=local)
    if due.at > now + FARTHEST:
        raise TimeTooFar(local=local)
    return When(local, due.at, due.change)
