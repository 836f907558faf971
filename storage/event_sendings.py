"""The announcements that invite to an event, and what has left of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import events
from storage.models import (
    Announcement,
    AnnouncementState,
    Delivery,
    DeliveryState,
    Occurrence,
    OccurrenceState,
    Purpose,
)

GONE_OUT = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.CLAIMED)
"""Who has the message, may have it, or gets it this moment."""
CARDS = (Purpose.MAIN, Purpose.CORRECTION)
"""What leaves a card of the event in the chat."""
OPEN = (OccurrenceState.PLANNED, OccurrenceState.HELD, OccurrenceState.RUNNING, OccurrenceState.PAUSED)


async def carrier(session: AsyncSession, event_id: int) -> Announcement | None:
    """Return the announcement that has invited to an event, and whose sendings tell what follows; the newest."""
    query = (
        select(Announcement)
        .join(Occurrence, Occurrence.announcement_id == Announcement.id)
        .where(Announcement.subject == events.subject(event_id), Occurrence.started_at.is_not(None))
        .order_by(Announcement.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def invitations(session: AsyncSession, event_id: int) -> Sequence[Announcement]:
    """Return all announcements of an event that are not ended."""
    query = select(Announcement).where(
        Announcement.subject == events.subject(event_id), Announcement.state != AnnouncementState.CANCELLED
    )
    return (await session.scalars(query)).all()


async def card_of(session: AsyncSession, event_id: int, person_id: int) -> int | None:
    """Return the message with the event's card that a person has got last."""
    query = (
        select(Delivery.message_id)
        .join(Occurrence, Occurrence.id == Delivery.occurrence_id)
        .join(Announcement, Announcement.id == Occurrence.announcement_id)
        .where(
            Announcement.subject == events.subject(event_id),
            Occurrence.purpose.in_(CARDS),
            Delivery.person_id == person_id,
            Delivery.message_id.is_not(None),
        )
        .order_by(Delivery.sent_at.desc(), Delivery.message_id.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def move(session: AsyncSession, event_id: int, begins_at: datetime) -> None:
    """Let sendings come too late from a new beginning on, and forget the reminders that were counted from the old."""
    theirs = select(Announcement.id).where(Announcement.subject == events.subject(event_id))
    await session.execute(
        delete(Occurrence).where(
            Occurrence.announcement_id.in_(theirs),
            Occurrence.purpose == Purpose.REMINDER,
            Occurrence.state == OccurrenceState.PLANNED,
        )
    )
    ending = Occurrence.purpose.in_((Purpose.MAIN, Purpose.MOVED_UP, Purpose.REMINDER))
    await session.execute(
        update(Occurrence)
        .where(Occurrence.announcement_id.in_(theirs), Occurrence.state.in_(OPEN), ending)
        .values(expires_at=begins_at)
    )


async def has_begun(session: AsyncSession, announcement_id: int) -> bool:
    """Whether anything of an announcement has begun to go out."""
    query = select(Occurrence.id).where(
        Occurrence.announcement_id == announcement_id, Occurrence.started_at.is_not(None)
    )
    return (await session.scalars(query.limit(1))).first() is not None


async def stop_inviting(session: AsyncSession, announcement_id: int) -> None:
    """Let no further invitation leave; reminders and corrections go on."""
    inviting = select(Occurrence.id).where(
        Occurrence.announcement_id == announcement_id, Occurrence.state.in_(OPEN), Occurrence.purpose == Purpose.MAIN
    )
    await session.execute(
        update(Delivery)
        .where(Delivery.occurrence_id.in_(inviting), Delivery.state == DeliveryState.PLANNED)
        .values(state=DeliveryState.DROPPED)
    )
    await session.execute(update(Occurrence).where(Occurrence.id.in_(inviting)).values(state=OccurrenceState.CANCELLED))
