"""What is written for an event, read: texts, times, the place, seats, links."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.announcements.errors import TimePassed, UnreadTime
from bot.announcements.when import read_when
from bot.announcements.wording import plain, split_title
from bot.events.drafting import Field, ask_again
from bot.events.errors import BadLink, BadPlace, BadSeats, DeadlineTooLate, EndsTooEarly, TextTooLong
from storage.models import Event

LONGEST_TITLE, LONGEST_TEXT, LONGEST_PLACE, LONGEST_LINK = 150, 2500, 250, 250
"""Characters as they are read; with the facts beside them it stays one message (Bot API: 4,096)."""
MOST_SEATS = 100_000
LINK = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+", re.I)
NUMBER = re.compile(r"(\d[\d.,' ]*)\s*(?:plätze|platz|seats?|personen|people)?\.?", re.I)


def fill(event: Event, field: Field, written: str, *, now: datetime) -> None:
    """Keep what was written for a field (`de` and `en`: Telegram HTML). Raises what explains why it cannot be."""
    if field in (Field.GERMAN, Field.ENGLISH):
        fill_text(event, field, written)
    elif field is Field.BEGIN:
        fill_begin(event, written, now=now)
    elif field is Field.END:
        fill_end(event, written)
    elif field is Field.DEADLINE:
        fill_deadline(event, written, now=now)
    elif field is Field.PLACE:
        fill_place(event, written)
    elif field is Field.SEATS:
        event.seats = read_seats(written)
    else:
        event.link = read_link(written)


def fill_text(event: Event, language: str, written: str) -> None:
    """Keep a text: its first line is the title. Raises TextTooLong."""
    title, body = split_title(written)
    if len(title) > LONGEST_TITLE:
        raise TextTooLong(most=LONGEST_TITLE)
    if len(plain(body)) > LONGEST_TEXT:
        raise TextTooLong(most=LONGEST_TEXT)
    event.texts = {**event.texts, language: {"title": title, "body": body}}


def leave_out(event: Event, language: str) -> None:
    """Leave a language out; its readers get the other one, with a line that says so."""
    event.texts = {known: text for known, text in event.texts.items() if known != language}


def fill_begin(event: Event, written: str, *, now: datetime) -> None:
    """Keep the beginning; what depends on it moves with it, or is asked for again. Raises what read_when raises."""
    found = read_when(written, ZoneInfo(event.zone), now=now)
    if found is None:
        raise UnreadTime
    move(event, found.at)


def move(event: Event, begins_at: datetime) -> None:
    """Begin at another time, and last as long as before; a deadline after it is asked for again."""
    if event.begins_at and event.ends_at:
        event.ends_at += begins_at - event.begins_at
    event.begins_at = begins_at
    if event.deadline and event.deadline > begins_at:
        event.deadline = None
        ask_again(event, Field.DEADLINE)


def fill_end(event: Event, written: str) -> None:
    """Keep the end: an hour alone is one of the day of the beginning. Raises EndsTooEarly, and as read_when."""
    if event.begins_at is None:
        raise UnreadTime
    try:
        found = read_when(written, ZoneInfo(event.zone), now=event.begins_at)
    except TimePassed:
        raise EndsTooEarly from None
    if found is None:
        raise UnreadTime
    event.ends_at = found.at


def last(event: Event, minutes: int) -> None:
    """End so many minutes after the beginning."""
    if event.begins_at is not None:
        event.ends_at = event.begins_at + timedelta(minutes=minutes)


def fill_deadline(event: Event, written: str, *, now: datetime) -> None:
    """Keep until when one can register. Raises DeadlineTooLate, and as read_when."""
    found = read_when(written, ZoneInfo(event.zone), now=now)
    if found is None:
        raise UnreadTime
    if event.begins_at is None or found.at > event.begins_at:
        raise DeadlineTooLate
    event.deadline = found.at


def close_before(event: Event, days: int, *, now: datetime) -> None:
    """End registration so many days before the beginning, at the same hour; 0: when it begins. Raises TimePassed."""
    if event.begins_at is None or days == 0:
        event.deadline = None
        return
    zone = ZoneInfo(event.zone)
    local = event.begins_at.astimezone(zone).replace(tzinfo=None) - timedelta(days=days)
    deadline = local.replace(tzinfo=zone).astimezone(UTC)
    if deadline <= now:
        raise TimePassed(local=local)
    event.deadline = deadline


def fill_place(event: Event, written: str) -> None:
    """Keep the address, the link to take part from afar, or both. Raises BadPlace, TextTooLong."""
    links = [found[0].rstrip(".,;)") for found in LINK.finditer(written)]
    address = " ".join(LINK.sub(" ", written).split()).strip(" ,;")
    if "://" in address or not (links or address):
        raise BadPlace
    if len(address) > LONGEST_PLACE:
        raise TextTooLong(most=LONGEST_PLACE)
    event.place, event.online = address or None, read_link(links[0]) if links else None


def read_seats(written: str) -> int:
    """Return a number of seats. Raises BadSeats."""
    found = NUMBER.fullmatch(written.strip())
    digits = re.sub(r"\D", "", found[1]) if found else ""
    if not digits or not 1 <= int(digits[:9]) <= MOST_SEATS:
        raise BadSeats
    return int(digits[:9])


def read_link(written: str) -> str:
    """Return a link. Raises BadLink, TextTooLong."""
    link = written.strip()
    if not LINK.fullmatch(link):
        raise BadLink
    if len(link) > LONGEST_LINK:
        raise TextTooLong(most=LONGEST_LINK)
    return link
