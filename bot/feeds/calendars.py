"""iCalendar: what takes place in the next twelve months, each occurrence of a series by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component

from bot.calendar_values import text_of, value_of
from bot.feeds.errors import BadFeed, Fault

SPAN = timedelta(days=365)
MOST_ENTRIES = 1000
MOST_SERIES = 100
MOST_ITEMS = 100
OLDEST_RULE = timedelta(days=20 * 366)
"""A series that began longer ago is not counted through."""
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
TOO_FINE = ("BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS")
"""Parts of a rule with which one line makes thousands of occurrences a day."""
WEB = ("http://", "https://")
HOUR = timedelta(hours=1)

Entry = tuple[list[str], dict[str, Any], bool]


def read(text: str, zone: ZoneInfo, *, now: datetime) -> tuple[str, list[Entry]]:
    """Return the name of a calendar and what is to come, the next first. Raises BadFeed (NO_FEED)."""
    try:
        calendar = Calendar.from_ical(text)
        entries = [part for part in calendar.walk("VEVENT") if _is_countable(part, zone, now)]
    except Exception:
        # The library raises what its parsers happen to raise.
        raise BadFeed(Fault.NO_FEED) from None
    found: dict[tuple[str, ...], Entry] = {}
    for one in _occurrences(entries[:MOST_ENTRIES], now):
        if (entry := _read(one, zone, now)) is not None:
            found[tuple(entry[0])] = entry
    following = sorted(found.values(), key=lambda entry: str(entry[1]["begins"]))[:MOST_ITEMS]
    return " ".join(str(calendar.get("X-WR-CALNAME", "")).split())[:200], following


def _is_countable(entry: Component, zone: ZoneInfo, now: datetime) -> bool:
    try:
        begins = _moment(value_of(entry, "DTSTART"), zone)
        rules: Any = entry.get("RRULE")
        rules = [] if rules is None else rules if isinstance(rules, list) else [rules]
        often = any(str(value).upper() in TOO_OFTEN for rule in rules for value in rule.get("FREQ", []))
        fine = any(name in rule for rule in rules for name in TOO_FINE)
        return not often and not fine and len(rules) <= 1 and not (rules and now - begins > OLDEST_RULE)
    except Exception:
        # One broken entry does not spoil the others.
        return False


def _occurrences(entries: list[Component], now: datetime) -> Iterator[Component]:
    """Yield what is to come of each entry; those of one series are counted together, for its exceptions."""
    series: dict[str, list[Component]] = {}
    for entry in entries:
        series.setdefault(str(entry.get("UID", "")), []).append(entry)
    counted = 0
    for same in series.values():
        repeats = any("RRULE" in entry or "RDATE" in entry for entry in same)
        counted += repeats
        if repeats and counted > MOST_SERIES:
            continue
        part = Calendar()
        for entry in same:
            part.add_component(entry)
        try:
            yield from islice(recurring_ical_events.of(part, skip_bad_series=True).between(now, now + SPAN), 400)
        except Exception:  # noqa: S112  one series that cannot be counted does not spoil the others
            continue


def _read(entry: Component, zone: ZoneInfo, now: datetime) -> Entry | None:
    try:
        start, title = value_of(entry, "DTSTART"), " ".join(text_of(entry, "SUMMARY").split())
        begins = _moment(start, zone)
        if begins <= now or not title:
            return None
        return _key(entry, begins, title), _content(entry, start, title, zone), _is_cancelled(entry)
    except Exception:
        return None


def _key(entry: Component, begins: datetime, title: str) -> list[str]:
    """UID and RECURRENCE-ID (RFC 5545, 3.8.4.4); what has no UID is known by its title and its time."""
    uid = text_of(entry, "UID").strip()
    recurrence = entry.get("RECURRENCE-ID")
    return [
        uid or title,
        recurrence.to_ical().decode() if recurrence is not None else "" if uid else begins.isoformat(),
    ]


def _content(entry: Component, start: date | datetime, title: str, zone: ZoneInfo) -> dict[str, Any]:
    begins = _moment(start, zone)
    key = getattr(start.tzinfo, "key", None) if isinstance(start, datetime) else None
    # A whole day has no hours: these are asked for.
    ends = _moment(value_of(entry, "DTEND"), zone) if "DTEND" in entry else begins + HOUR
    is_day = not isinstance(start, datetime)
    language = str(getattr(entry.get("SUMMARY"), "params", {}).get("LANGUAGE", "de")).casefold()
    url = text_of(entry, "URL").strip()
    return {
        "title": title,
        "body": text_of(entry, "DESCRIPTION").strip(),
        "language": "en" if language.startswith("en") else "de",
        "begins": begins.isoformat(),
        "ends": None if is_day or ends <= begins else ends.isoformat(),
        "zone": key if isinstance(key, str) and "/" in key else zone.key,
        "place": " ".join(text_of(entry, "LOCATION").split()),
        "url": url if url.casefold().startswith(WEB) else "",
    }


def _is_cancelled(entry: Component) -> bool:
    return text_of(entry, "STATUS").strip().upper() == "CANCELLED"


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(9))
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
