"""Nobody is woken by an announcement."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.quiet import Quiet

BERLIN = ZoneInfo("Europe/Berlin")
USUAL = Quiet(BERLIN, 20 * 60, 8 * 60, sundays=True)


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of November 2026; the 29th is a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (berlin(24, 8), None),
        (berlin(24, 19, 59), None),
        (berlin(24, 20), berlin(25, 8)),
        (berlin(25, 3), berlin(25, 8)),
        (berlin(28, 21), berlin(30, 8)),
        (berlin(29, 12), berlin(30, 8)),
        (berlin(30, 7, 59), berlin(30, 8)),
    ],
)
def test_evenings_nights_and_sundays_are_quiet(moment: datetime, until: datetime | None) -> None:
    assert USUAL.until(moment) == until


def test_hours_at_noon() -> None:
    noon = Quiet(BERLIN, 12 * 60, 13 * 60, sundays=False)
    assert noon.until(berlin(29, 12, 30)) == berlin(29, 13)
    assert noon.until(berlin(29, 13)) is None


def test_the_zone_is_the_subscribers() -> None:
    abroad = Quiet(ZoneInfo("America/New_York"), 20 * 60, 8 * 60, sundays=False)
    assert abroad.until(berlin(24, 9)) == berlin(24, 14)


def test_without_hours_there_is_no_pause() -> None:
    assert Quiet(BERLIN, None, None, sundays=False).until(berlin(29, 3)) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.booleans(),
)
def test_the_end_of_a_pause_is_no_pause(moment: datetime, begins: int, ends: int, sundays: bool) -> None:
    quiet = Quiet(BERLIN, begins, ends, sundays)
    until = quiet.until(moment)
    if until is not None:
        assert moment < until <= moment + timedelta(days=2, hours=25)
        assert quiet.until(until) is None
