"""An event as calendars read it (RFC 5545, RFC 5546): one identity for ever, a number that rises with each change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from icalendar import Calendar, vCalAddress
from icalendar import Event as Entry

from bot.announcements.wording import plain
from storage.models import Event, EventState

PRODUCT = "-//German Food Clusters//Bot//EN"
NOBODY = "invalid:nomail"
"""The organiser's address where there is none; replies go through the bot."""


class File(NamedTuple):
    """A calendar file."""

    name: str
    content: bytes


def write(event: Event, language: str, organiser: str, *, now: datetime) -> File:
    """Return the entry of an event in a language; that of a cancelled one takes it out of the calendar again.

    Times are in UTC: every calendar shows them in the zone of its reader. Raises ValueError for one without times.
    """
    if event.begins_at is None or event.ends_at is None:
        raise ValueError("an event without times")
    is_cancelled = event.state == EventState.CANCELLED
    told = event.texts.get(language) or next(iter(event.texts.values()))
    calendar, entry = Calendar(), Entry()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("last-modified", event.updated_at.astimezone(UTC))
    entry.add("dtstart", event.begins_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", told["title"])
    if description := "\n\n".join(part for part in (plain(told["body"]), event.online) if part):
        entry.add("description", description)
    if place := event.place or event.online:
        entry.add("location", place)
    if link := event.link or event.online:
        entry.add("url", link)
    address = vCalAddress(NOBODY)
    address.params["CN"] = organiser
    entry.add("organizer", address, encode=False)
    calendar.add_component(entry)
    return File(f"event-{event.id}.ics", calendar.to_ical())
