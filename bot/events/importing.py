"""A draft out of an entry of a calendar file; what the file does not say is asked for."""

from __future__ import annotations

import html
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.events.drafting import Field, answer
from bot.events.errors import BadLink, BadPlace, TextTooLong
from bot.events.filling import LONGEST_TEXT, LONGEST_TITLE, fill_place, read_link
from bot.events.reading import Read
from storage.models import Event


def keep(event: Event, read: Read, *, now: datetime) -> None:
    """Fill a draft with what a calendar file says; a text that is too long is cut, to be looked at in the overview."""
    title, body = str(read["title"])[:LONGEST_TITLE], str(read["body"])[:LONGEST_TEXT]
    event.texts = {str(read["language"]): {"title": title, "body": html.escape(body, quote=False)}}
    event.zone, event.begins_at = str(read["zone"]), datetime.fromisoformat(read["begins"])
    event.ends_at = datetime.fromisoformat(read["ends"]) if read["ends"] else None
    event.choices = None
    filled = [Field(str(read["language"]))]
    if event.ends_at:
        filled += [Field.BEGIN, Field.END]
    if _place(event, str(read["place"])):
        filled.append(Field.PLACE)
    if _link(event, str(read["url"])):
        filled.append(Field.LINK)
    for field in filled:
        answer(event, field, now=now)


def _place(event: Event, written: str) -> bool:
    try:
        fill_place(event, written)
    except (BadPlace, BadLink, TextTooLong):
        return False
    return True


def _link(event: Event, written: str) -> bool:
    try:
        event.link = read_link(written)
    except (BadLink, TextTooLong):
        return False
    return True


def listed(found: list[Read]) -> list[dict[str, Any]]:
    """Return the entries as a list shows them: title, begin in the zone of each."""
    return [
        {
            "title": str(one["title"]),
            "begins": datetime.fromisoformat(one["begins"]).astimezone(ZoneInfo(str(one["zone"]))),
        }
        for one in found
    ]
