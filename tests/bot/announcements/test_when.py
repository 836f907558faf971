"""Written times: each is read as a person means it, or refused; never read as something else."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.announcements.errors import TimeMissing, TimePassed, TimeSkipped, TimeTooFar, UnreadTime, WrongWeekday
from bot.announcements.when import read_when

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""A Tuesday, 13 o'clock in Berlin."""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("heute 18 Uhr", "2026-11-24 18:00"),
        ("today at 6 pm", "2026-11-24 18:00"),
        ("heute Abend um 7", "2026-11-24 19:00"),
        ("18:30", "2026-11-24 18:30"),
        ("um 9", "2026-11-25 09:00"),
        ("morgen 9 Uhr", "2026-11-25 09:00"),
        ("Morgen um 9", "2026-11-25 09:00"),
        ("morgen früh um 8", "2026-11-25 08:00"),
        ("morgen 9 Uhr 30", "2026-11-25 09:30"),
        ("morgen 9.30 Uhr", "2026-11-25 09:30"),
        ("morgen um halb neun", "2026-11-25 08:30"),
        ("tomorrow 9am", "2026-11-25 09:00"),
        ("tomorrow at 14:30", "2026-11-25 14:30"),
        ("noon tomorrow", "2026-11-25 12:00"),
        ("12 pm tomorrow", "2026-11-25 12:00"),
        ("tomorrow 12:15 a.m.", "2026-11-25 00:15"),
        ("übermorgen 14:30", "2026-11-26 14:30"),
        ("uebermorgen 14.30 Uhr", "2026-11-26 14:30"),
        ("the day after tomorrow, 8:00", "2026-11-26 08:00"),
        ("nächsten Dienstag 14 Uhr", "2026-12-01 14:00"),
        ("Dienstag 14 Uhr", "2026-11-24 14:00"),
        ("Dienstag 12 Uhr", "2026-12-01 12:00"),
        ("am Freitag um 9:15", "2026-11-27 09:15"),
        ("um 14 am Freitag", "2026-11-27 14:00"),
        ("kommenden Montag 10 Uhr", "2026-11-30 10:00"),
        ("Mo. 10 Uhr", "2026-11-30 10:00"),
        ("nächste Woche Donnerstag 11 Uhr", "2026-12-03 11:00"),
        ("Thursday next week 11:00", "2026-12-03 11:00"),
        ("next Tuesday 2 pm", "2026-12-01 14:00"),
        ("Friday 9:15", "2026-11-27 09:15"),
        ("on Monday at noon", "2026-11-30 12:00"),
        ("in 3 Tagen um 8", "2026-11-27 08:00"),
        ("in 3 days at 8", "2026-11-27 08:00"),
        ("in zwei Wochen um 10 Uhr", "2026-12-08 10:00"),
        ("in 2 hours", "2026-11-24 15:00"),
        ("in 30 Minuten", "2026-11-24 13:30"),
        ("in einer Stunde", "2026-11-24 14:00"),
        ("24.12. 10:00", "2026-12-24 10:00"),
        ("24.12. um 10.", "2026-12-24 10:00"),
        ("24.12.2026 um 10", "2026-12-24 10:00"),
        ("24.12.26 10 Uhr", "2026-12-24 10:00"),
        ("am 24. Dezember um 10 Uhr", "2026-12-24 10:00"),
        ("24. Dez. 2026, 10:00 Uhr", "2026-12-24 10:00"),
        ("2026-12-24 10:00", "2026-12-24 10:00"),
        ("2026-12-24T10:00", "2026-12-24 10:00"),
        ("December 24 10am", "2026-12-24 10:00"),
        ("Dec 24, 2026 at 10:00", "2026-12-24 10:00"),
        ("the 24th of December 2026 at 10 a.m.", "2026-12-24 10:00"),
        ("Donnerstag, 24.12.2026, 10:00 Uhr", "2026-12-24 10:00"),
        ("3.2. 8 Uhr", "2027-02-03 08:00"),
        ("Mi 2.12. 11 Uhr", "2026-12-02 11:00"),
    ],
)
def test_a_written_time_is_read(written: str, meant: str) -> None:
    found = read_when(written, BERLIN, now=NOW)
    assert found
    assert f"{found.local:%Y-%m-%d %H:%M}" == meant
    assert found.at.astimezone(BERLIN).replace(tzinfo=None) == found.local


@pytest.mark.parametrize("written", ["jetzt", "Sofort!", "now", " right now "])
def test_at_once(written: str) -> None:
    assert read_when(written, BERLIN, now=NOW) is None


@pytest.mark.parametrize(
    "written",
    [
        "bald",
        "",
        "Wo sitzt NieKE?",
        "morgen 25 Uhr",
        "31.2. 10 Uhr",
        "32.1.2027 10:00",
        "morgen 9 Uhr oder 10 Uhr",
        "12/1 10:00",
        "14 pm tomorrow",
        "morgen und übermorgen 9 Uhr",
        "morgen 9 Uhr, außer es regnet",
        "29.2. 10:00 Uhr",
    ],
)
def test_what_is_not_read_whole_is_not_read(written: str) -> None:
    with pytest.raises(UnreadTime):
        read_when(written, BERLIN, now=NOW)


@pytest.mark.parametrize("written", ["morgen", "next Tuesday", "24.12.", "in 3 Tagen"])
def test_a_day_without_an_hour_is_asked_for_the_hour(written: str) -> None:
    with pytest.raises(TimeMissing):
        read_when(written, BERLIN, now=NOW)


@pytest.mark.parametrize("written", ["heute 13 Uhr", "23.11. 10 Uhr", "24.12.2025 10:00", "2026-11-24 09:00"])
def test_what_is_over_is_told(written: str) -> None:
    with pytest.raises(TimePassed):
        read_when(written, BERLIN, now=NOW)


def test_a_weekday_must_be_that_of_the_date() -> None:
    with pytest.raises(WrongWeekday):
        read_when("Mittwoch, 24.12.2026, 10 Uhr", BERLIN, now=NOW)


def test_a_year_too_far_is_a_slip() -> None:
    with pytest.raises(TimeTooFar):
        read_when("24.12.2062 10:00", BERLIN, now=NOW)


def test_the_hour_that_spring_leaves_out_is_refused() -> None:
    with pytest.raises(TimeSkipped):
        read_when("28.3.2027 2:30 Uhr", BERLIN, now=NOW)


def test_the_hour_that_autumn_has_twice_is_the_first() -> None:
    found = read_when("31.10.2027 2:30 Uhr", BERLIN, now=NOW)
    assert found
    assert found.change == "doubled"
    assert found.at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_an_hour_from_now_is_an_hour_also_while_the_clocks_change() -> None:
    found = read_when("in 2 Stunden", BERLIN, now=datetime(2027, 3, 28, 0, 30, tzinfo=UTC))
    assert found
    assert found.at == datetime(2027, 3, 28, 2, 30, tzinfo=UTC)
