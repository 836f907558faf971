"""From an idea to an event that can be announced: what is asked for next, and when it is whole."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.events.errors import NoSuchEvent, NotADraft
from storage import announcements, events
from storage.models import Event, EventState


class Field(StrEnum):
    """What a draft asks for, in this order."""

    CLUSTER = "cluster"
    GERMAN = "de"
    ENGLISH = "en"
    BEGIN = "begin"
    END = "end"
    PLACE = "place"
    SEATS = "seats"
    DEADLINE = "deadline"
    LINK = "link"
    OVERVIEW = "overview"


WRITTEN = frozenset(Field) - {Field.CLUSTER, Field.OVERVIEW}
"""What can be typed; the others are chosen with buttons."""
TOLD = ("cluster", "texts", "begins_at", "ends_at", "zone", "place", "online", "link", "seats", "deadline")
"""What a revision replaces."""


async def of(session: AsyncSession, event_id: int) -> Event:
    """Return an event; raises NoSuchEvent."""
    found = await events.by_id(session, event_id)
    if found is None:
        raise NoSuchEvent
    return found


def check_draft(event: Event) -> None:
    """Go on only with a draft or a revision; raises NotADraft."""
    if event.state != EventState.DRAFT:
        raise NotADraft


def next_field(event: Event) -> Field:
    """Return what is missing, else the overview."""
    order = [field for field in Field if field != Field.OVERVIEW]
    return next((field for field in order if field not in event.answered), Field.OVERVIEW)


async def ask(session: AsyncSession, event: Event, field: Field, person_id: int, *, update_id: int) -> None:
    """Ask a person for a field, and for nothing else, also not for an announcement; the overview asks for nothing."""
    await events.stop_asking(session, person_id)
    await announcements.stop_asking(session, person_id)
    event.touched_by = update_id
    if field in WRITTEN:
        event.asks, event.asked_of = field, person_id
    else:
        event.asks = event.asked_of = None
    await session.flush()


def answer(event: Event, field: Field, *, now: datetime) -> None:
    """Note that a field is filled."""
    event.answered = [*(known for known in event.answered if known != field), str(field)]
    event.version += 1
    event.updated_at = now


def ask_again(event: Event, *fields: Field) -> None:
    """Let fields be asked for once more, since what they rest on has changed."""
    event.answered = [known for known in event.answered if known not in fields]


def submit(event: Event, *, now: datetime) -> None:
    """End the draft: from now on it is changed by revisions. Raises NotADraft."""
    check_draft(event)
    event.state, event.asks, event.asked_of, event.updated_at = EventState.SUBMITTED, None, None, now
