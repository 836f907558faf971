"""The day in a written time, and spans such as "in 2 hours"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from bot.announcements.calendar_words import DAYS, MONTHS, NEXT, NEXT_WEEK, NUMBERS, WEEKDAYS
from bot.announcements.errors import UnreadTime, WrongWeekday


class Day(NamedTuple):
    """A day; `has_year`: as written; `may_be_today`: a weekday that means today while its hour is to come."""

    date: date
    has_year: bool = True
    may_be_today: bool = False


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


NUMBER = rf"(\d{{1,3}}|{_any(NUMBERS)})"
WEEKDAY = rf"(?P<weekday>{_any(WEEKDAYS)})\.?"
YEAR = r"(?:\s?(?P<year>\d{4})|(?P<short>\d{2}))?(?![\d:])"
SPAN = re.compile(rf"in {NUMBER} (?:(stunden?|hours?|std)|(minuten?|minutes?|min))")
HALF_HOUR = re.compile(r"in (?:einer halben stunde|half an hour)")
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:t(?=\d)|\b)")
DOTTED = re.compile(rf"\b(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.{YEAR}")
NAMED = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s?(?:of )?(?P<month>{_any(MONTHS)})\b\.?(?:\s(?P<year>\d{{4}}))?"
)
AMERICAN = re.compile(
    rf"\b(?P<month>{_any(MONTHS)})\b\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?!\s?[ap]\.?m)(?:\s(?P<year>\d{{4}}))?"
)
AFTER = re.compile(rf"\bin {NUMBER} (?:(tagen?|days?)|(wochen?|weeks?))\b")
FROM_TODAY = re.compile(rf"\b(?:the )?({_any(DAYS)})\b")
OF_NEXT_WEEK = re.compile(
    rf"(?:\b({_any(NEXT_WEEK)}) (?:am )?\b{WEEKDAY}(?!\w))"
    rf"|(?:\b(?P<before>{_any(WEEKDAYS)}) (?:in )?(?:{_any(NEXT_WEEK)})\b)"
)
ON_WEEKDAY = re.compile(rf"\b(?:(?P<next>{_any(NEXT)}) )?{WEEKDAY}(?!\w)")


def read_span(text: str) -> timedelta | None:
    """Return the hours or minutes from now that a text consists of."""
    if HALF_HOUR.fullmatch(text):
        return timedelta(minutes=30)
    found = SPAN.fullmatch(text)
    if found is None:
        return None
    count = _number(found[1])
    return timedelta(hours=count) if found[2] else timedelta(minutes=count)


def read_day(text: str, today: date) -> tuple[Day | None, str]:
    """Return the day that is named, and the text without it. Raises UnreadTime, WrongWeekday."""
    for pattern, read in _READERS:
        found = pattern.search(text)
        if found is None:
            continue
        try:
            day = read(found, today)
        except (ValueError, OverflowError):
            raise UnreadTime from None
        rest = f"{text[: found.start()]} {text[found.end() :]}"
        return _with_weekday(day, rest) if read is _written else (day, rest)
    return None, text


def _with_weekday(day: Day, rest: str) -> tuple[Day, str]:
    """Take a weekday that stands beside a date; it must be that of the date."""
    found = ON_WEEKDAY.search(rest)
    if found is None:
        return day, rest
    if day.has_year and day.date.weekday() != WEEKDAYS[found["weekday"]]:
        raise WrongWeekday(day=day.date)
    return day, f"{rest[: found.start()]} {rest[found.end() :]}"


def _written(found: re.Match[str], today: date) -> Day:
    parts = found.groupdict()
    month = MONTHS.get(parts["month"]) or int(parts["month"])
    year = parts["year"] or (parts.get("short") and f"20{parts['short']}")
    if year:
        return Day(date(int(year), month, int(parts["day"])))
    return Day(date(today.year, month, int(parts["day"])), has_year=False)


def _after(found: re.Match[str], today: date) -> Day:
    count = _number(found[1])
    return Day(today + (timedelta(days=count) if found[2] else timedelta(weeks=count)))


def _from_today(found: re.Match[str], today: date) -> Day:
    return Day(today + timedelta(days=DAYS[found[1]]))


def _of_next_week(found: re.Match[str], today: date) -> Day:
    monday = today + timedelta(days=7 - today.weekday())
    return Day(monday + timedelta(days=WEEKDAYS[found["weekday"] or found["before"]]))


def _on_weekday(found: re.Match[str], today: date) -> Day:
    """A weekday is the coming one; "next" is never today."""
    days = (WEEKDAYS[found["weekday"]] - today.weekday()) % 7
    if days == 0 and found["next"]:
        days = 7
    return Day(today + timedelta(days=days), may_be_today=True)


def _number(word: str) -> int:
    return NUMBERS.get(word) or int(word)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Day]], ...] = (
    (ISO, _written),
    (DOTTED, _written),
    (NAMED, _written),
    (AMERICAN, _written),
    (AFTER, _after),
    (OF_NEXT_WEEK, _of_next_week),
    (ON_WEEKDAY, _on_weekday),
    (FROM_TODAY, _from_today),
)
