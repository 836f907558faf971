"""A person is forgotten: what goes, what stays, and that it does not come back with a back-up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import close
from bot.events import replying
from storage import enquiries, erasing, plans, tombstones, traces
from storage.models import Enquiry, OutboxKind, Outcome

MOST_OPEN = 1000


async def unclosed(session: AsyncSession, person_id: int) -> Sequence[Enquiry]:
    """Return the enquiries of a person that have not come to their end, oldest first."""
    found = await enquiries.of_person(session, person_id, limit=MOST_OPEN)
    return sorted((enquiry for enquiry in found if not enquiry.is_closed), key=lambda enquiry: enquiry.id)


async def forget(session: AsyncSession, person_id: int, *, keeps_open: bool, now: datetime) -> Sequence[Enquiry]:
    """Erase what is kept of a person and set the tombstone; return the enquiries that go on.

    Open enquiries are closed as withdrawn, or with `keeps_open` go on and are erased as soon as they are closed.
    """
    going_on = await unclosed(session, person_id)
    if not keeps_open:
        for enquiry in going_on:
            await close(session, enquiry, None, enquiry.cluster, Outcome.WITHDRAWN, now=now)
        await session.flush()
        going_on = []
    kept = [enquiry.id for enquiry in going_on]
    await erase(session, person_id, kept, until=now, now=now)
    await tombstones.put(session, person_id, kept, now=now)
    return going_on


async def erase(session: AsyncSession, person_id: int, kept: Collection[int], *, until: datetime, now: datetime) -> int:
    """Erase what a person has left until a time, here and in the staff chats; return how many rows."""
    seats = await traces.seats_of(session, person_id, until=until, now=now)
    gone = await erasing.forgettable(session, person_id, kept, until=until)
    found = {enquiry.id: await traces.of_enquiry(session, enquiry.id) for enquiry in gone}
    count = await erasing.forget(session, person_id, kept, until=until)
    for enquiry_id, left in found.items():
        for trace in left:
            await plans.plan(
                session,
                f"erase:{enquiry_id}:{trace.chat_id}:{int(now.timestamp())}",
                OutboxKind.ERASE,
                enquiry_id,
                now=now,
                chat_id=trace.chat_id,
                values=trace._asdict(),
            )
    for event in seats:
        await replying.move_up(session, event, now=now)
    return count
