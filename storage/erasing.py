"""What has had its time, and what a person does not want kept, is erased."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Delete, Update, and_, delete, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import affected
from storage.models import (
    Attendance,
    ChatMemory,
    Consent,
    Delivery,
    Draft,
    Enquiry,
    EnquiryMessage,
    EnquiryState,
    FundingWish,
    InboxUpdate,
    Occurrence,
    OutboxMessage,
    Outcome,
    Question,
    Relayed,
    RoutingExample,
    Subscriber,
    UpdateState,
)

NOBODY = 0
"""Whose an enquiry is that has been erased."""
AT_ONCE = 500
PERSONS = (
    ChatMemory.chat_id,
    Draft.person_id,
    Enquiry.person_id,
    Subscriber.person_id,
    Consent.person_id,
    Delivery.person_id,
    Attendance.person_id,
    FundingWish.person_id,
    InboxUpdate.chat_key,
    OutboxMessage.chat_id,
    Relayed.chat_id,
)


async def erase(session: AsyncSession, *, withdrawn_before: datetime, closed_before: datetime) -> int:
    """Erase what was withdrawn or otherwise closed before these times, and return how many enquiries.

    Number, cluster, outcome and rating stay.
    """
    withdrawn = Enquiry.outcome == Outcome.WITHDRAWN
    due = or_(Enquiry.closed_at < closed_before, and_(withdrawn, Enquiry.closed_at < withdrawn_before))
    query = select(Enquiry.id).where(due, Enquiry.person_id != NOBODY).limit(AT_ONCE)
    ids = (await session.scalars(query)).all()
    await erase_enquiries(session, ids)
    return len(ids)


async def erase_enquiries(session: AsyncSession, ids: Collection[int]) -> None:
    """Erase enquiries, whatever their state."""
    for table in (Relayed, OutboxMessage, EnquiryMessage):
        await session.execute(delete(table).where(table.enquiry_id.in_(ids)))
    nothing = {"person_id": NOBODY, "text": "", "firm": "", "contact": None, "rating_text": None}
    staff = {"claimed_by": None, "claimed_name": None}
    await session.execute(update(Enquiry).where(Enquiry.id.in_(ids)).values(**nothing, **staff))


async def people(session: AsyncSession) -> Sequence[int]:
    """Return everybody of whom something is kept, but for what staff leaves by its work."""
    everybody = union(*(select(column.label("person")).where(column > NOBODY) for column in PERSONS))
    return [person for person in await session.scalars(everybody) if person]


async def forgettable(
    session: AsyncSession, person_id: int, kept: Collection[int], *, until: datetime
) -> Sequence[Enquiry]:
    """Return the enquiries of a person that go: sent until a time, and not those that were to go on and do."""
    goes_on = and_(Enquiry.id.in_(kept), Enquiry.state != EnquiryState.CLOSED)
    query = select(Enquiry).where(Enquiry.person_id == person_id, Enquiry.sent_at <= until, ~goes_on)
    return (await session.scalars(query.order_by(Enquiry.id))).all()


async def forget(session: AsyncSession, person_id: int, kept: Collection[int], *, until: datetime) -> int:
    """Erase what a person has left until a time, but for open enquiries that are `kept`; return how many rows.

    A block stays, and what the person did as staff.
    """
    gone = [enquiry.id for enquiry in await forgettable(session, person_id, kept, until=until)]
    await erase_enquiries(session, gone)
    return len(gone) + sum([await affected(session, statement) for statement in _statements(person_id, until)])


def _statements(person_id: int, until: datetime) -> list[Delete | Update]:
    updates = select(InboxUpdate.update_id).where(InboxUpdate.chat_key == person_id, InboxUpdate.received_at <= until)
    own = select(Enquiry.id).where(Enquiry.person_id == person_id)
    frozen = select(Occurrence.id).where(or_(Occurrence.started_at.is_(None), Occurrence.started_at <= until))
    done = (InboxUpdate.chat_key == person_id, InboxUpdate.received_at <= until, InboxUpdate.done_at.is_not(None))
    emptied = {"chat_key": NOBODY, "payload": None, "state": UpdateState.DONE}
    return [
        delete(ChatMemory).where(ChatMemory.chat_id == person_id, ChatMemory.updated_at <= until),
        delete(Draft).where(Draft.person_id == person_id, Draft.updated_at <= until),
        delete(Subscriber).where(Subscriber.person_id == person_id, Subscriber.updated_at <= until),
        delete(Consent).where(Consent.person_id == person_id, Consent.at <= until),
        delete(Delivery).where(Delivery.person_id == person_id, Delivery.occurrence_id.in_(frozen)),
        delete(Attendance).where(Attendance.person_id == person_id, Attendance.replied_at <= until),
        delete(FundingWish).where(FundingWish.person_id == person_id, FundingWish.at <= until),
        delete(OutboxMessage).where(
            OutboxMessage.chat_id == person_id,
            OutboxMessage.created_at <= until,
            OutboxMessage.enquiry_id.not_in(own),
        ),
        delete(Relayed).where(Relayed.chat_id == person_id, Relayed.enquiry_id.not_in(own)),
        update(Question).where(Question.update_id.in_(updates), Question.text.is_not(None)).values(text=None),
        update(RoutingExample)
        .where(RoutingExample.update_id.in_(updates), RoutingExample.text.is_not(None))
        .values(text=None),
        # The last one: until here the updates tell which questions were the person's.
        update(InboxUpdate).where(*done).values(**emptied),
    ]
