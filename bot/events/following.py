"""What follows an invitation: revisions and the corrections that tell them, a cancellation."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.events.drafting import TOLD, Field, check_draft
from bot.events.errors import Changed, EventCancelled, NoSuchEvent, NothingChanged
from storage import announcements, event_sendings, events, occurrences
from storage.models import Announcement, AnnouncementState, Event, EventState, Purpose


async def live_carrier(session: AsyncSession, event_id: int) -> Announcement | None:
    """Return the announcement that has invited to an event; one that was ended takes part again, for what follows.

    One that is paused stays so: what follows waits for whoever paused it.
    """
    carrier = await event_sendings.carrier(session, event_id)
    if carrier is not None and carrier.state == AnnouncementState.CANCELLED:
        carrier.state = AnnouncementState.SCHEDULED
    return carrier


async def revise(session: AsyncSession, event: Event, person_id: int, *, update_id: int, now: datetime) -> Event:
    """Return a revision, a copy in which everything can be changed, once for an update. Raises EventCancelled."""
    if event.state == EventState.CANCELLED:
        raise EventCancelled
    made = await events.begin(session, update_id=update_id, person_id=person_id, zone=event.zone, now=now)
    if made.revises is None:
        for name in TOLD:
            setattr(made, name, getattr(event, name))
        made.revises, made.base = event.id, event.version
        made.answered = [str(field) for field in Field if field is not Field.OVERVIEW]
        await session.flush()
    return made


def differences(event: Event, revision: Event) -> list[str]:
    """Return the names of what a revision says differently."""
    return [name for name in TOLD if getattr(event, name) != getattr(revision, name)]


async def apply(session: AsyncSession, revision: Event, *, now: datetime) -> tuple[Event, bool]:
    """Let an event say what its revision says, and plan the correction; return it, and whether anybody is told.

    Who has been invited by then gets a correction; who is not yet gets the new text. Those who come keep their seats
    when there are fewer. A correction needs no second person: it is urgent, and goes only to who knows the event.
    Raises NotADraft, NoSuchEvent, EventCancelled, Changed, NothingChanged.
    """
    check_draft(revision)
    event = await events.locked(session, revision.revises or 0)
    if event is None:
        raise NoSuchEvent
    if event.state == EventState.CANCELLED:
        raise EventCancelled
    if event.version != revision.base:
        raise Changed
    changed = differences(event, revision)
    if not changed:
        raise NothingChanged
    for name in changed:
        setattr(event, name, getattr(revision, name))
    event.changed, event.sequence, event.version = changed, event.sequence + 1, event.version + 1
    event.updated_at, event.touched_by = now, revision.update_id
    await events.drop(session, revision.id)
    for announcement in await event_sendings.invitations(session, event.id):
        announcement.texts, announcement.cluster = event.texts, event.cluster
    if "begins_at" in changed and event.begins_at:
        await event_sendings.move(session, event.id, event.begins_at)
    return event, await _follow(session, event, Purpose.CORRECTION, now=now)


async def cancel(session: AsyncSession, event: Event, *, now: datetime) -> bool:
    """Cancel an event and plan to tell everybody who knows of it; return whether anybody is told.

    What has not left yet does not leave. Cancelled once more, nothing happens.
    """
    if event.state == EventState.CANCELLED:
        return False
    event.state, event.sequence, event.version = EventState.CANCELLED, event.sequence + 1, event.version + 1
    event.asks = event.asked_of = None
    event.updated_at = now
    carrier = await event_sendings.carrier(session, event.id)
    for announcement in await event_sendings.invitations(session, event.id):
        await announcements.cancel(session, announcement)
    return carrier is not None and await _follow(session, event, Purpose.CANCELLATION, now=now)


async def _follow(session: AsyncSession, event: Event, purpose: Purpose, *, now: datetime) -> bool:
    """Plan a sending to all who know the event; none where it is over."""
    carrier = await live_carrier(session, event.id)
    if carrier is None or event.ends_at is None or event.ends_at <= now:
        return False
    # A time of its own for each correction, so that none is taken for the one before it.
    due_at = now - timedelta(microseconds=event.sequence)
    await occurrences.plan(session, carrier.id, due_at, purpose=purpose, expires_at=event.ends_at)
    return True
