"""When the office of a cluster works: its hours, the public holidays of its Land, its own closed days. Pure.

Aware datetimes go in, UTC comes out; hours are local times of the office, so a day of a clock change counts as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holidays.countries.germany import Germany

DAY = timedelta(days=1)
LANGUAGES = {"de": "de", "en": "en_US"}
"""Ours, and what the package `holidays` calls them."""

Span = tuple[time, time]


class Opening(NamedTuple):
    """A time in which the office works."""

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The working time of one office; at least one day of the week has a span."""

    week: Mapping[int, tuple[Span, ...]]
    """Weekday, 0 is Monday, to its spans, in order and without overlap."""
    land: str
    """The Land whose public holidays count: SH, NI, NW ..."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Berlin"))
    closed: frozenset[date] = frozenset()
    """Days on which the office does not work though others do."""
    confirmed: bool = False
    """Whether the cluster has said so; what is only assumed is not told as a fact."""

    def is_open(self, at: datetime) -> bool:
        """Whether the office works at a time."""
        return any(opening.begin <= at < opening.end for opening in self._of(self.day(at)))

    def is_working_day(self, day: date) -> bool:
        """Whether the office works at all on a day."""
        return bool(self._of(day))

    def next_opening(self, at: datetime) -> datetime:
        """Return when the office works next: `at` itself when it works then."""
        return max(next(self._from(at)).begin, at.astimezone(UTC))

    def office_time_between(self, begin: datetime, end: datetime) -> timedelta:
        """Return how much of the time between two times the office works; zero when they stand the wrong way round."""
        total = timedelta()
        for opening in self._from(begin):
            if opening.begin >= end:
                break
            total += min(opening.end, end) - max(opening.begin, begin)
        return total

    def after(self, at: datetime, span: timedelta) -> datetime:
        """Return when that much office time has passed since `at`; a span of zero is over at once."""
        if span <= timedelta():
            return at.astimezone(UTC)
        for opening in self._from(at):
            begin = max(opening.begin, at.astimezone(UTC))
            if opening.end - begin >= span:
                return begin + span
            span -= opening.end - begin
        raise AssertionError("an office opens again")  # pragma: no cover

    def holiday(self, day: date) -> dict[str, str] | None:
        """Return the name of the public holiday on a day, by language; None: it is none."""
        names = {language: _holidays(self.land, of).get(day) for language, of in LANGUAGES.items()}
        return {language: name for language, name in names.items() if name} or None

    def day(self, at: datetime) -> date:
        """Return which day it is at the office."""
        return at.astimezone(self.zone).date()

    def _from(self, at: datetime) -> Iterator[Opening]:
        """Return all openings, endlessly, from the one that has not ended at a time."""
        day = self.day(at)
        while True:
            yield from (opening for opening in self._of(day) if opening.end > at)
            day += DAY

    def _of(self, day: date) -> list[Opening]:
        if day in self.closed or day in _holidays(self.land, "de"):
            return []
        found: list[Opening] = []
        for begin, end in self.week.get(day.weekday(), ()):
            # In the night of a clock change a local time may be missing: then a span is shorter, or empty.
            begins = max(self._utc(day, begin), found[-1].end) if found else self._utc(day, begin)
            opening = Opening(begins, self._utc(day, end))
            if opening.begin < opening.end:
                found.append(opening)
        return found

    def _utc(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


@cache
def _holidays(land: str, language: str) -> Germany:
    return Germany(subdiv=land, language=language)
