"""The file of hours and terms: what it says, and that a fault names its line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.enquiries.service_terms import FILE, load_service
from bot.enquiries.terms import Terms
from bot.errors import StartError
from bot.names import CLUSTERS


def test_the_shipped_file_says_the_defaults_and_claims_nothing_of_a_cluster() -> None:
    service = load_service()
    assert all(service.terms(cluster) == Terms() for cluster in CLUSTERS)
    assert not any(service.hours(cluster).confirmed for cluster in CLUSTERS)
    assert [service.hours(cluster).land for cluster in CLUSTERS] == ["SH", "NI", "NW", "NW"]


def test_a_cluster_may_have_its_own_values(tmp_path: Path) -> None:
    own = '{land: NI, language: en, remind_after: 30m, hours: {sat: "8:00-12:00, 13:00-14:30"}, closed: [2026-12-05]}'
    service = load_service(_changed(tmp_path, "{land: NI}", own))
    assert service.terms("nieke") == Terms(language="en", remind_after=timedelta(minutes=30))
    hours = service.hours("nieke")
    assert hours.is_open(datetime(2026, 11, 28, 13, 29, tzinfo=UTC))
    assert not hours.is_open(datetime(2026, 11, 28, 11, 30, tzinfo=UTC))
    assert not hours.is_working_day(date(2026, 12, 5))
    assert service.terms("fpi") == Terms()


def test_the_silence_of_the_bot_counts_by_the_clock_or_by_office_hours(tmp_path: Path) -> None:
    friday = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
    assert load_service().terms("nieke").held_until(friday) == friday + timedelta(hours=48)
    service = load_service(_changed(tmp_path, "{land: NI}", "{land: NI, hold_for: 2h, hold_counts: office}"))
    # The office closes at 13:00 on Fridays, an hour after this, and opens on Monday at 9:00, local time.
    assert service.terms("nieke").held_until(friday) == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
    assert service.terms("fpi").held_until(friday) == friday + timedelta(hours=48)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("09:00-13:00", "9-13", "14: defaults.hours.fri: hours are written as in"),
        ("09:00-13:00", "13:00-09:00", "14: defaults.hours.fri: hours begin before they end"),
        ("09:00-13:00", "09:00-13:00, 12:00-14:00", "14: defaults.hours.fri: spans of a day stand in order"),
        ("mon:", "monday:", "14: defaults.hours: hours want at least one day"),
        ("remind_after: 4h", "remind_after: 4", "17: defaults.remind_after: a length is"),
        ("remind_after: 4h", "remind_after: 16h", "escalate_after of foodregio must be longer than remind_after"),
        ("escalate_after: 16h", "escalate_after: 50m", "escalate_after of foodregio"),
        ("close_after: 7d", "close_after: 12h", "close_after and reopen_within of foodregio are days"),
        ("reopen_within: 30d", "reopen_within: 31d", "reopen_within of foodregio is at most 30d"),
        ("hold_counts: clock", "hold_counts: days", "20: defaults.hold_counts:"),
        ("land: NI", "land: XX", "29: clusters.nieke.land: no Land; allowed: BB,"),
        ("  fpi: {land: NW}\n", "", "fpi is missing"),
        ("  fpi: {land: NW}\n", "  fpi: {}\n", "fpi wants land and hours"),
        ("zone: Europe/Berlin", "zone: Europe/Vechta", "13: defaults.zone: no zone"),
        ("closed: []", "clsed: []", "16: defaults.clsed: "),
    ],
)
def test_a_fault_is_one_line_with_its_place(right: str, wrong: str, told: str, tmp_path: Path) -> None:
    path = _changed(tmp_path, right, wrong)
    with pytest.raises(StartError) as error:
        load_service(path)
    assert str(error.value).startswith(f"{path}:")
    assert told in str(error.value)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"none\.yaml: No such file"):
        load_service(tmp_path / "none.yaml")


def _changed(folder: Path, old: str, new: str) -> Path:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = folder / "service.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path
