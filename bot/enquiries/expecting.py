"""What a firm may expect when it sends an enquiry: on which day somebody works on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from bot.enquiries.hours import OfficeHours, Span

MONDAY = date(2024, 1, 1)


class Times(NamedTuple):
    """The same spans on days that follow each other; both days stand for their weekdays."""

    first: date
    last: date
    spans: tuple[Span, ...]


class Expectation(NamedTuple):
    """What is told of the office of a cluster."""

    is_today: bool
    """Whether somebody works today, now or later."""
    day: date
    """The next working day; today, if it is one still."""
    holiday: Mapping[str, str] | None
    """What public holiday today is, by language."""
    times: tuple[Times, ...]
    """The usual hours; empty as long as the cluster has not confirmed them."""


def expectation(hours: OfficeHours, now: datetime) -> Expectation:
    """Return what a firm may expect that sends an enquiry now."""
    today = hours.day(now)
    day = hours.day(hours.next_opening(now))
    return Expectation(day == today, day, hours.holiday(today), _times(hours) if hours.confirmed else ())


def _times(hours: OfficeHours) -> tuple[Times, ...]:
    # Days with the same hours that follow each other have the same difference of day and place.
    days = [(weekday, hours.week[weekday]) for weekday in sorted(hours.week) if hours.week[weekday]]
    runs = groupby(enumerate(days), key=lambda one: (one[1][0] - one[0], one[1][1]))
    found = []
    for (_, spans), run in runs:
        weekdays = [weekday for _, (weekday, _) in run]
        found.append(Times(_named(weekdays[0]), _named(weekdays[-1]), spans))
    return tuple(found)


def _named(weekday: int) -> date:
    return MONDAY + timedelta(days=weekday)
