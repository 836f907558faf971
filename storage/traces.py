"""What a person has left with others: messages in staff chats, seats at events; to be given back when they go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Attendance, AttendanceState, EnquiryPlace, Event, Relayed


class Trace(NamedTuple):
    """What stands about an enquiry in one staff chat; messages oldest first, without the card."""

    chat_id: int
    cluster: str
    topic_id: int | None
    card_id: int | None
    message_ids: tuple[int, ...]


async def of_enquiry(session: AsyncSession, enquiry_id: int) -> list[Trace]:
    """Return what stands where; a chat that the enquiry has left is among them as long as its messages are known."""
    places = {
        place.chat_id: place
        for place in await session.scalars(select(EnquiryPlace).where(EnquiryPlace.enquiry_id == enquiry_id))
        if place.chat_id is not None
    }
    found: dict[int, list[int]] = {chat_id: [] for chat_id in places}
    # Groups have numbers below 0; what stands in the person's own chat is theirs.
    query = select(Relayed.chat_id, Relayed.message_id).where(Relayed.enquiry_id == enquiry_id, Relayed.chat_id < 0)
    for chat_id, message_id in await session.execute(query.order_by(Relayed.message_id)):
        found.setdefault(chat_id, []).append(message_id)
    return [_trace(chat_id, places.get(chat_id), ids) for chat_id, ids in sorted(found.items())]


async def seats_of(session: AsyncSession, person_id: int, *, until: datetime, now: datetime) -> Sequence[Event]:
    """Return the events to come at which a person has taken a seat, until a time."""
    query = (
        select(Event)
        .join(Attendance, Attendance.event_id == Event.id)
        .where(Attendance.person_id == person_id, Attendance.state == AttendanceState.COMING)
        .where(Attendance.replied_at <= until, Event.begins_at > now)
        .order_by(Event.id)
        .with_for_update(of=Event)
    )
    return (await session.scalars(query)).all()


def _trace(chat_id: int, place: EnquiryPlace | None, message_ids: list[int]) -> Trace:
    card = place.card_message_id if place else None
    others = tuple(message_id for message_id in message_ids if message_id != card)
    return Trace(chat_id, place.cluster if place else "", place.topic_id if place else None, card, others)
