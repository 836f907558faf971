"""Occurrences in local time, also in the nights in which the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.errors import BadRule
from bot.announcements.recurrence import Due, Recurrence

BERLIN = ZoneInfo("Europe/Berlin")


def local(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  a rule is counted without a zone


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_once_is_once() -> None:
    once = Recurrence(local(2026, 12, 1, 9), BERLIN)
    assert once.next(utc(2026, 11, 28), 3) == [Due(utc(2026, 12, 1, 8))]
    assert once.next(utc(2026, 12, 1, 8), 3) == []


def test_the_first_tuesday_keeps_its_local_hour_over_winter_and_summer() -> None:
    first_tuesday = Recurrence(local(2027, 3, 2, 9), BERLIN, "FREQ=MONTHLY;BYDAY=1TU")
    assert [due.at for due in first_tuesday.next(utc(2027, 3, 1), 3)] == [
        utc(2027, 3, 2, 8),
        utc(2027, 4, 6, 7),
        utc(2027, 5, 4, 7),
    ]


def test_a_time_that_spring_leaves_out_goes_an_hour_later_once() -> None:
    weekly = Recurrence(local(2027, 3, 21, 2, 30), BERLIN, "FREQ=WEEKLY")
    assert weekly.next(utc(2027, 3, 20), 3) == [
        Due(utc(2027, 3, 21, 1, 30)),
        Due(utc(2027, 3, 28, 1, 30), "skipped"),
        Due(utc(2027, 4, 4, 0, 30)),
    ]


def test_a_time_that_autumn_has_twice_goes_at_the_first_once() -> None:
    weekly = Recurrence(local(2026, 10, 18, 2, 30), BERLIN, "FREQ=WEEKLY")
    assert weekly.next(utc(2026, 10, 17), 3) == [
        Due(utc(2026, 10, 18, 0, 30)),
        Due(utc(2026, 10, 25, 0, 30), "doubled"),
        Due(utc(2026, 11, 1, 1, 30)),
    ]
    assert next(weekly.after(utc(2026, 10, 25, 0, 30))).at == utc(2026, 11, 1, 1, 30)


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=MINUTELY", "every tuesday", "", "FREQ=WEEKLY;BYDAY=XX", "ABC=1"])
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(BadRule):
        Recurrence(local(2026, 12, 1, 9), BERLIN, rule)


def test_a_rule_ends_where_it_says() -> None:
    thrice = Recurrence(local(2026, 12, 1, 9), BERLIN, "FREQ=DAILY;COUNT=3")
    assert len(thrice.next(utc(2026, 11, 1), 10)) == 3


@given(st.datetimes(local(2026, 1, 1), local(2032, 1, 1)), st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY"]))
def test_every_local_date_has_its_occurrence_once(first: datetime, rule: str) -> None:
    start = first.replace(tzinfo=BERLIN).astimezone(UTC) - timedelta(days=1)
    dues = list(islice(Recurrence(first.replace(microsecond=0), BERLIN, rule).after(start), 400))
    dates = [due.at.astimezone(BERLIN).date() for due in dues]
    assert len(set(dates)) == len(dates)
    assert [due.at for due in dues] == sorted({due.at for due in dues})


def test_what_was_missed_can_be_listed() -> None:
    daily = Recurrence(local(2026, 12, 1, 9), BERLIN, "FREQ=DAILY")
    missed = [due.at.day for due in daily.between(utc(2026, 12, 1, 9), utc(2026, 12, 4, 8))]
    assert missed == [2, 3, 4]
