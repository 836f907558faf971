"""A calendar file of anybody: read, or refused with the reason; never a fault, never for long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events import calendar, importing, reading
from bot.events.errors import BadCalendar
from storage.models import Event, EventState

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LINES = st.lists(
    st.sampled_from(
        (
            "BEGIN:VEVENT",
            "END:VEVENT",
            "BEGIN:VCALENDAR",
            "END:VCALENDAR",
            "BEGIN:VTIMEZONE",
            "END:VTIMEZONE",
            "BEGIN:VALARM",
            "END:VALARM",
            "TZID:Europe/Berlin",
            "SUMMARY:Tag",
            "SUMMARY;LANGUAGE=en:Day",
            "DTSTART:20261203T140000Z",
            "DTSTART;TZID=Nowhere/Land:20261203T140000",
            "DTSTART;VALUE=DATE:20261203",
            "DTSTART:99999999T999999",
            "DTSTART:",
            "DTEND:20201203T140000Z",
            "DURATION:P99999999999D",
            "DURATION:-PT1H",
            "RRULE:FREQ=SECONDLY",
            "RRULE:FREQ=DAILY;COUNT=0",
            "RRULE:FREQ=WEEKLY;BYDAY=XX",
            "RRULE:FREQ=YEARLY;UNTIL=2026",
            "LOCATION:Halle 1",
            "URL:javascript:alert(1)",
            "STATUS:CANCELLED",
            "X-ÄÖ:\x00",
            " folded",
        )
    )
    | st.text(max_size=40),
    max_size=30,
)


def entry(*lines: str, summary: str = "SUMMARY:Tag") -> bytes:
    inside = ["BEGIN:VEVENT", "UID:1", summary, *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *inside, "END:VCALENDAR", ""]).encode()


def read(content: bytes) -> list[reading.Read]:
    return reading.read(content, BERLIN, now=NOW)


def read_or_reason(content: bytes) -> tuple[list[reading.Read], object]:
    try:
        return read(content), None
    except BadCalendar as refusal:
        return [], refusal.values["reason"]


@given(LINES)
@settings(max_examples=300, deadline=2000)
def test_any_file_is_read_or_refused_with_a_reason(lines: list[str]) -> None:
    for content in ("\r\n".join(["BEGIN:VCALENDAR", *lines]).encode(), entry(*lines)):
        found, reason = read_or_reason(content)
        assert (reason in list(reading.Fault)) != bool(found)
        assert len(found) <= reading.MOST_CHOICES
        for one in found:
            assert datetime.fromisoformat(one["begins"]) > NOW
            assert one["title"]
            importing.keep(Event(answered=[], version=1), one, now=NOW)


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(BadCalendar):
        read(content)


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=80).filter(str.strip),
    st.integers(1, 400 * 24 * 3600).map(lambda seconds: NOW + timedelta(seconds=seconds)),
    st.integers(1, 5000),
)
def test_what_is_written_is_read_again(title: str, begins: datetime, minutes: int) -> None:
    event = Event(
        id=1,
        uid="u",
        sequence=3,
        texts={"de": {"title": title, "body": "a &amp; b"}},
        begins_at=begins,
        ends_at=begins + timedelta(minutes=minutes),
        zone="Europe/Berlin",
        place="Halle 1",
        state=EventState.SUBMITTED,
        updated_at=NOW,
    )
    [one] = read(calendar.write(event, "de", "FPI", now=NOW).content)
    assert one["title"] == " ".join(title.split())
    assert (one["body"], one["place"]) == ("a & b", "Halle 1")
    assert datetime.fromisoformat(one["begins"]) == event.begins_at
    assert datetime.fromisoformat(one["ends"]) == event.ends_at


@pytest.mark.parametrize(
    ("start", "begins"),
    [
        ("DTSTART:20261203T140000", "2026-12-03T13:00:00+00:00"),
        ("DTSTART:20261203T140000Z", "2026-12-03T14:00:00+00:00"),
        ("DTSTART;TZID=Europe/London:20261203T140000", "2026-12-03T14:00:00+00:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261203T140000", "2026-12-03T13:00:00+00:00"),
    ],
)
def test_times_are_those_of_their_zone_else_of_ours(start: str, begins: str) -> None:
    [one] = read(entry(start))
    assert one["begins"] == begins


def test_a_day_without_hours_asks_for_them() -> None:
    [one] = read(entry("DTSTART;VALUE=DATE:20261203"))
    event = Event(answered=[], version=1)
    importing.keep(event, one, now=NOW)
    assert not {"begin", "end"} & set(event.answered)


@pytest.mark.parametrize(
    ("rule", "begins"),
    [
        ("FREQ=WEEKLY", "2026-11-25T13:00:00+00:00"),
        ("FREQ=MONTHLY;BYDAY=1WE", "2026-12-02T13:00:00+00:00"),
        ("FREQ=WEEKLY;UNTIL=20261231T000000Z", "2026-11-25T13:00:00+00:00"),
    ],
)
def test_of_a_series_the_next_time_counts(rule: str, begins: str) -> None:
    [one] = read(entry("DTSTART;TZID=Europe/Berlin:20260107T140000", f"RRULE:{rule}"))
    assert one["begins"] == begins


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=WEEKLY;UNTIL=20260201T000000Z", "FREQ=WEEKLY;COUNT=2"])
def test_a_series_that_is_over_or_cannot_be_counted_is_left_out(rule: str) -> None:
    with pytest.raises(BadCalendar):
        read(entry("DTSTART;TZID=Europe/Berlin:20260107T140000", f"RRULE:{rule}"))


def test_the_language_of_the_title_is_that_of_the_text() -> None:
    [one] = read(entry("DTSTART:20261203T140000Z", summary="SUMMARY;LANGUAGE=en:Day"))
    assert one["language"] == "en"
