"""Whether what a person writes may be passed on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries.errors import MessageRefused, NoSuchEnquiry, TooFast
from storage import blocked, enquiries
from storage.models import Enquiry

SPAN = timedelta(minutes=10)


async def own(session: AsyncSession, person_id: int, enquiry_id: int) -> Enquiry:
    """Return an enquiry of a person, for nobody else to change meanwhile; raises NoSuchEnquiry."""
    found = await enquiries.by_id(session, enquiry_id, lock=True)
    if found is None or found.person_id != person_id:
        raise NoSuchEnquiry
    return found


async def check_may_say(session: AsyncSession, enquiry: Enquiry, *, most: int, now: datetime) -> None:
    """Raise MessageRefused or TooFast (more than `most` messages in SPAN) where its person may say no more now."""
    if await blocked.has(session, enquiry.person_id):
        raise MessageRefused(number=enquiry.number)
    if await enquiries.count_said_since(session, enquiry.person_id, since=now - SPAN) >= most:
        raise TooFast(most=most, minutes=SPAN // timedelta(minutes=1))


async def check_may_change(session: AsyncSession, chat_id: int, message_id: int) -> None:
    """Raise MessageRefused when a blocked person changes what they have said before."""
    entry = await enquiries.entry_at(session, chat_id, message_id)
    enquiry = await enquiries.by_id(session, entry.enquiry_id) if entry else None
    if enquiry is not None and await blocked.has(session, enquiry.person_id):
        raise MessageRefused(number=enquiry.number)
