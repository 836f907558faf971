"""The invitation to an event: an announcement about it, which then takes the ways of all announcements."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import drafting as announcing
from bot.events.drafting import submit
from bot.events.errors import EventBegun, EventCancelled
from storage import announcements, events
from storage.models import Announcement, Event, EventState

TOPIC = "events"


async def invite(
    session: AsyncSession, event: Event, person_id: int, *, update_id: int, zone: str, now: datetime
) -> Announcement:
    """Begin the announcement of an event, once for an update; what remains is to whom, when, and what if it is late.

    Raises EventBegun, EventCancelled.
    """
    if event.state == EventState.CANCELLED:
        raise EventCancelled
    if event.begins_at is None or event.begins_at <= now:
        raise EventBegun
    if event.state == EventState.DRAFT:
        submit(event, now=now)
    made = await announcements.begin(session, update_id=update_id, person_id=person_id, zone=zone, now=now)
    if made.subject is None:
        made.subject = events.subject(event.id)
        made.topic, made.cluster, made.texts = TOPIC, event.cluster, event.texts
        for field in (announcing.Field.TOPIC, announcing.Field.CLUSTER, *event.texts):
            announcing.answer(made, announcing.Field(field), now=now)
        if "en" not in event.texts:
            announcing.answer(made, announcing.Field.ENGLISH, now=now)
        if "de" not in event.texts:
            announcing.answer(made, announcing.Field.GERMAN, now=now)
    return made
