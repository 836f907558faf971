"""A calendar file that somebody sends: which events it holds, or in one word why it cannot be used."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, vRecur

from bot.announcements.errors import BadRule
from bot.announcements.recurrence import Recurrence
from bot.calendar_values import text_of, value_of
from bot.events.errors import BadCalendar

MOST_BYTES = 256 * 1024
MOST_ENTRIES = 500
"""Entries that are looked at; a calendar of years has more, and none of them would be meant."""
MOST_CHOICES = 8
OLDEST_RULE = timedelta(days=20 * 366)
"""A series that began longer ago is not counted through."""
HOUR = timedelta(hours=1)

Read = dict[str, Any]
"""What a draft is made of, as JSON keeps it: title, body, language, begins, ends (ISO, UTC), zone, place, url."""


class Fault(StrEnum):
    """Why a file cannot be used."""

    TOO_LARGE = "too_large"
    NO_CALENDAR = "no_calendar"
    NO_EVENT = "no_event"
    ALL_OVER = "all_over"


def read(content: bytes, zone: ZoneInfo, *, now: datetime) -> list[Read]:
    """Return the events to come, the next first, at most MOST_CHOICES; of a series its next one.

    Times without a zone are those of `zone`. What is cancelled is left out. Raises BadCalendar with a Fault.
    """
    if len(content) > MOST_BYTES:
        raise BadCalendar(reason=Fault.TOO_LARGE)
    entries = _entries(content)
    if not entries:
        raise BadCalendar(reason=Fault.NO_EVENT)
    found = [one for entry in entries[:MOST_ENTRIES] if (one := _read(entry, zone, now)) is not None]
    if not found:
        raise BadCalendar(reason=Fault.ALL_OVER)
    return sorted(found, key=lambda one: str(one["begins"]))[:MOST_CHOICES]


def _entries(content: bytes) -> list[Component]:
    if b"BEGIN:VCALENDAR" not in content.upper():
        raise BadCalendar(reason=Fault.NO_CALENDAR)
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        return [entry for calendar in calendars for entry in calendar.walk("VEVENT")]
    except Exception:
        # The library raises what its parsers happen to raise: ValueError, KeyError, IndexError, and others.
        raise BadCalendar(reason=Fault.NO_CALENDAR) from None


def _read(entry: Component, zone: ZoneInfo, now: datetime) -> Read | None:
    """Return an entry that is to come; None for one that is over, cancelled or cannot be read."""
    try:
        if str(entry.get("STATUS", "")).upper() == "CANCELLED":
            return None
        return _described(entry, *_times(entry, zone, now))
    except Exception:
        # One broken entry does not spoil the others.
        return None


def _described(entry: Component, begins: datetime, ends: datetime | None, zone: str) -> Read | None:
    title = " ".join(text_of(entry, "SUMMARY").split())
    if not title:
        return None
    summary = entry.get("SUMMARY")
    language = str(getattr(summary, "params", {}).get("LANGUAGE", "de")).casefold()
    return {
        "title": title,
        "body": text_of(entry, "DESCRIPTION").strip(),
        "language": "en" if language.startswith("en") else "de",
        "begins": begins.astimezone(UTC).isoformat(),
        "ends": ends.astimezone(UTC).isoformat() if ends else None,
        "zone": zone,
        "place": " ".join(text_of(entry, "LOCATION").split()),
        "url": text_of(entry, "URL").strip(),
    }


def _times(entry: Component, zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime | None, str]:
    """Return begin and end, aware, and the zone. Raises ValueError for what is over."""
    start = value_of(entry, "DTSTART")
    begins, key = _moment(start, zone)
    span = _span(entry, begins, zone)
    if "RRULE" in entry:
        begins = _next_of(entry, begins, ZoneInfo(key), now)
    if begins <= now:
        raise ValueError("over")
    # A whole day has no hours: these are asked for.
    is_day = not isinstance(start, datetime)
    return begins, None if is_day or not span else begins + span, key


def _moment(value: date | datetime, zone: ZoneInfo) -> tuple[datetime, str]:
    """Return a moment in UTC, and the zone in which it is told."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(9))
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    key = getattr(value.tzinfo, "key", None)
    is_named = isinstance(key, str) and "/" in key
    return value.astimezone(UTC), key if is_named and key else zone.key


def _span(entry: Component, begins: datetime, zone: ZoneInfo) -> timedelta:
    if "DTEND" in entry:
        return max(_moment(value_of(entry, "DTEND"), zone)[0] - begins, timedelta())
    return max(value_of(entry, "DURATION"), timedelta()) if "DURATION" in entry else HOUR


def _next_of(entry: Component, begins: datetime, zone: ZoneInfo, now: datetime) -> datetime:
    """Return the next time of a series. Raises ValueError where there is none, or it cannot be counted."""
    rule: Any = entry["RRULE"]
    if isinstance(rule, list) or now - begins > OLDEST_RULE:
        raise ValueError("cannot be counted")
    # Our rules are counted in local time, and want the end of a series so too.
    kept = {name: value for name, value in rule.items() if name.upper() != "UNTIL"}
    until = rule.get("UNTIL", [None])[0]
    written = vRecur(kept).to_ical().decode()  # type: ignore[no-untyped-call]
    try:
        found = Recurrence(begins.astimezone(zone).replace(tzinfo=None), zone, written).next(now, 1)
    except BadRule:
        raise ValueError("cannot be counted") from None
    if not found or (until is not None and _moment(until, zone)[0] < found[0].at):
        raise ValueError("over")
    return found[0].at
