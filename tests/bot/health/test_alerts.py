"""From which figure on the owners are told, and from which on it is over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.health import LOCAL, Alert, Thresholds, judge
from storage.readings import Readings

THRESHOLDS = Thresholds(60, 300, 10, 2, 10)


def wrong(readings: Readings, errors: int = 0, disk: float = 50) -> set[str]:
    return {str(one.alert) for one in judge(readings, errors, disk, THRESHOLDS) if one.is_wrong}


@pytest.mark.parametrize(
    ("readings", "errors", "disk", "expected"),
    [
        (Readings(), 0, 50.0, set()),
        (Readings(inbox_age=59.9, outbox_age=299), 9, 10.0, set()),
        (Readings(inbox_age=60), 0, 50.0, {"inbox"}),
        (Readings(outbox_age=300), 0, 50.0, {"outbox"}),
        (Readings(), 10, 50.0, {"errors"}),
        (Readings(occurrences={"paused": 1}), 0, 50.0, {"paused"}),
        (Readings(deliveries={"unknown": 1}), 0, 50.0, set()),
        (Readings(deliveries={"unknown": 2, "failed": 9}), 0, 50.0, {"unknown"}),
        (Readings(), 0, 9.9, {"disk"}),
    ],
)
def test_what_is_wrong(readings: Readings, errors: int, disk: float, expected: set[str]) -> None:
    assert wrong(readings, errors, disk) == expected


@given(st.floats(0, 1000), st.integers(0, 30), st.floats(0, 100))
def test_nothing_is_wrong_and_well_at_once_and_all_is_judged(age: float, errors: int, disk: float) -> None:
    judged = judge(Readings(inbox_age=age, outbox_age=age), errors, disk, THRESHOLDS)
    assert {one.alert for one in judged} == set(Alert)
    assert not any(one.is_wrong and one.is_well for one in judged)


def test_it_is_over_well_below_the_threshold_only() -> None:
    states = {age: judge(Readings(inbox_age=age), 0, 50, THRESHOLDS)[0] for age in (60, 45, 30)}
    assert [(one.is_wrong, one.is_well) for one in states.values()] == [(True, False), (False, False), (False, True)]


def test_names_leave_room_for_a_host() -> None:
    assert all(len(alert) <= 8 for alert in LOCAL)
