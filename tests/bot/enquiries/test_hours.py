"""Office hours: working days, holidays of the Land, and the two days of a clock change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.enquiries.expecting import MONDAY, expectation
from bot.enquiries.hours import OfficeHours, Span

BERLIN = ZoneInfo("Europe/Berlin")
USUAL: tuple[Span, ...] = ((time(9), time(16)),)
FRIDAY: tuple[Span, ...] = ((time(9), time(13)),)
HOURS = OfficeHours({0: USUAL, 1: USUAL, 2: USUAL, 3: USUAL, 4: FRIDAY}, land="NI")
NIGHTS = OfficeHours(dict.fromkeys(range(7), ((time(1), time(2, 30)), (time(3), time(4)))), land="NI")
"""An office that works when the clocks change."""

times = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.timedeltas(timedelta(), timedelta(days=3))
offices = st.sampled_from([HOURS, NIGHTS])


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    """A local time of the office, by default in November 2026; the 23rd is a Monday."""
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("when", "works"),
    [
        (at(23, 8, 59), False),
        (at(23, 9), True),
        (at(23, 15, 59), True),
        (at(23, 16), False),
        (at(27, 13), False),
        (at(28, 10), False),
        (at(25, 10, month=12), False),
    ],
)
def test_it_works_from_the_first_minute_until_before_the_last(when: datetime, works: bool) -> None:
    assert HOURS.is_open(when) is works


def test_a_holiday_counts_only_in_its_land() -> None:
    corpus_christi = date(2026, 6, 4)
    assert HOURS.is_working_day(corpus_christi)
    assert not OfficeHours(HOURS.week, land="NW").is_working_day(corpus_christi)
    assert OfficeHours(HOURS.week, land="NW").holiday(corpus_christi) == {"de": "Fronleichnam", "en": "Corpus Christi"}


def test_an_office_may_close_on_other_days() -> None:
    closed = OfficeHours(HOURS.week, land="NI", closed=frozenset({date(2026, 11, 23)}))
    assert closed.next_opening(at(23, 10)) == at(24, 9)


def test_the_next_opening_is_after_weekend_and_holidays() -> None:
    assert HOURS.next_opening(at(23, 10)) == at(23, 10)
    assert HOURS.next_opening(at(27, 13)) == at(30, 9)
    # Christmas Eve is a Thursday; then two holidays and a Sunday.
    assert HOURS.next_opening(at(24, 16, month=12)) == at(28, 9, month=12)


def test_office_time_leaves_the_night_out() -> None:
    assert HOURS.office_time_between(at(23, 15), at(24, 10)) == timedelta(hours=2)
    assert HOURS.office_time_between(at(27, 12), at(30, 9)) == timedelta(hours=1)
    assert HOURS.office_time_between(at(24, 10), at(23, 15)) == timedelta()
    assert HOURS.after(at(23, 15), timedelta(hours=2)) == at(24, 10)
    assert HOURS.after(at(28, 3), timedelta(hours=7)) == at(30, 16)


def test_the_working_day_after_the_clocks_change_is_a_whole_one() -> None:
    for before, after in ((at(27, 12, month=3), at(30, 10, month=3)), (at(23, 12, month=10), at(26, 10, month=10))):
        assert HOURS.office_time_between(before, after) == timedelta(hours=2)


def test_an_hour_that_is_missing_or_comes_twice_counts_as_it_is() -> None:
    spring, autumn = at(29, 0, month=3), at(25, 0, month=10)
    assert NIGHTS.office_time_between(spring, spring.replace(hour=12)) == timedelta(hours=2)
    assert NIGHTS.office_time_between(autumn, autumn.replace(hour=12)) == timedelta(hours=2, minutes=30)


@given(offices, times, spans)
def test_after_and_between_are_each_others_reverse(office: OfficeHours, begin: datetime, span: timedelta) -> None:
    end = office.after(begin, span)
    assert end.tzinfo is UTC
    assert end - begin >= span
    assert office.office_time_between(begin, end) == span


@given(offices, st.tuples(times, times, times))
def test_office_time_adds_up(office: OfficeHours, three: tuple[datetime, ...]) -> None:
    first, second, third = sorted(three)
    parts = office.office_time_between(first, second) + office.office_time_between(second, third)
    assert office.office_time_between(first, third) == parts


@given(offices, times)
def test_the_next_opening_is_open_and_nothing_before_it(office: OfficeHours, when: datetime) -> None:
    opens = office.next_opening(when)
    assert office.is_open(opens)
    assert office.office_time_between(when, opens) == timedelta()
    assert (opens == when) is office.is_open(when)


def test_what_a_firm_may_expect() -> None:
    assert expectation(HOURS, at(23, 7))[:3] == (True, date(2026, 11, 23), None)
    assert expectation(HOURS, at(23, 17))[:3] == (False, date(2026, 11, 24), None)
    holiday = expectation(HOURS, at(25, 10, month=12))
    assert (holiday.is_today, holiday.day) == (False, date(2026, 12, 28))
    assert holiday.holiday == {"de": "Erster Weihnachtstag", "en": "Christmas Day"}


def test_the_hours_are_told_only_when_they_are_confirmed() -> None:
    assert expectation(HOURS, at(23, 10)).times == ()
    week = {0: USUAL, 1: USUAL, 3: USUAL, 4: FRIDAY}
    told = expectation(OfficeHours(week, land="NI", confirmed=True), at(23, 10)).times
    days = [MONDAY + timedelta(days=weekday) for weekday in range(5)]
    assert told == ((days[0], days[1], USUAL), (days[3], days[3], USUAL), (days[4], days[4], FRIDAY))
