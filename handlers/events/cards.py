"""An event as its readers see it: the card with their own reply, and its buttons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.events import replying
from bot.names import CLUSTERS
from handlers.context import Context
from handlers.sending import Button
from handlers.subscribing.screens import zone_name
from handlers.team.access import cluster_names
from storage import attendances, events
from storage.attendances import REMINDERS
from storage.models import Attendance, AttendanceState, Event, EventState

LABELS = "events/labels.html"
TOGETHER = "*"
Keys = list[list[Button]]


class Card(NamedTuple):
    """A message and its buttons."""

    html: str
    buttons: Keys


async def card_of(context: Context, event: Event, person_id: int, language: str) -> Card:
    """Return the card of an event with what a person has replied."""
    async with context.services.database.read() as session:
        own = await attendances.by_id(session, event.id, person_id)
        counts = await events.counts(session, event.id)
        is_waiting = own is not None and own.state == AttendanceState.WAITING
        place = await attendances.place_in_line(session, own) if own and is_waiting else 0
    html = context.services.texts.render(
        "events/card.html", language, **shown(context, event, language, counts=counts, own=own, place_in_line=place)
    )
    return Card(html, keys_of(context, event, own, language))


def shown(
    context: Context,
    event: Event,
    language: str,
    *,
    counts: Mapping[str, int] | None = None,
    own: Attendance | None = None,
    place_in_line: int = 0,
) -> dict[str, Any]:
    """Return all that a text about an event needs; its times are those of its own zone."""
    chosen = language if language in event.texts else next(iter(event.texts), "")
    told = event.texts.get(chosen, {"title": "", "body": ""})
    names = cluster_names(context)
    clusters = CLUSTERS if event.cluster == TOGETHER else tuple(name for name in CLUSTERS if name == event.cluster)
    is_elsewhere = event.zone != context.services.settings.timezone
    return {
        "title": told["title"],
        "body": told["body"],
        "other_language": bool(chosen) and chosen != language,
        "clusters": [names[name] for name in clusters],
        "begins": local(event.begins_at, event),
        "ends": local(event.ends_at, event),
        "zone": zone_name(event.zone, language) if is_elsewhere else "",
        "place": event.place,
        "online": event.online,
        "link": event.link,
        "seats": event.seats,
        "free": max(event.seats - (counts or {}).get(AttendanceState.COMING, 0), 0) if event.seats else None,
        "deadline": local(event.deadline, event),
        "is_over": bool(event.deadline and event.deadline <= context.services.clock()),
        "is_cancelled": event.state == EventState.CANCELLED,
        "has_begun": bool(event.begins_at and event.begins_at <= context.services.clock()),
        "own": own.state if own else "",
        "place_in_line": place_in_line,
    }


def local(moment: datetime | None, event: Event) -> datetime | None:
    """Return a moment in the zone of the event."""
    return moment.astimezone(ZoneInfo(event.zone)) if moment else None


def keys_of(context: Context, event: Event, own: Attendance | None, language: str) -> Keys:
    """Return the buttons below a card: the replies, the reminders for who comes, the calendar entry."""
    now = context.services.clock()
    calendar = [
        (label(context, "calendar_cancelled" if _is_off(event) else "calendar", language), f"ev:{event.id}:ics")
    ]
    if not replying.is_open(event, now=now) and event.state != EventState.DRAFT:
        return [calendar]
    rows = [[_answer(context, event, own, answer, language) for answer in replying.ANSWERS]]
    if own is not None and own.state in replying.REMINDED:
        rows.append([_reminder(context, event, own, minutes, language) for minutes in replying.offers(event, now=now)])
    return [*rows, calendar]


def label(context: Context, name: str, language: str, **values: object) -> str:
    """Return a label of events."""
    return context.services.texts.label(name, language, source=LABELS, **values)


def _is_off(event: Event) -> bool:
    return event.state == EventState.CANCELLED


def _answer(context: Context, event: Event, own: Attendance | None, answer: str, language: str) -> Button:
    is_theirs = own is not None and own.state in replying.WISHES.get(answer, (AttendanceState.NOT_COMING,))
    text = label(context, answer, language)
    return label(context, "chosen", language, text=text) if is_theirs else text, f"ev:{event.id}:{answer}"


def _reminder(context: Context, event: Event, own: Attendance, minutes: int, language: str) -> Button:
    text = label(context, f"before_{minutes}", language)
    is_on = bool(own.reminders & REMINDERS[minutes])
    return label(context, "chosen", language, text=text) if is_on else text, f"ev:{event.id}:remind:{minutes}"
