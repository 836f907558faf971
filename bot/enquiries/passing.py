"""Whether what a person writes may be passed on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries.errors import NoSuchEnquiry, PersonBlocked, TooFast
from storage import enquiries
from storage.models import Enquiry

SPAN = timedelta(minutes=10)


async def own(session: AsyncSession, person_id: int, enquiry_id: int) -> Enquiry:
    """Return an enquiry of a person, for nobody else to change meanwhile; raises NoSuchEnquiry."""
    found = await enquiries.by_id(session, enquiry_id, lock=True)
    if found is None or found.person_id != person_id:
        raise NoSuchEnquiry
    return found


async def check_may_say(session: AsyncSession, person_id: int, *, most: int, now: datetime) -> None:
    """Raise PersonBlocked or TooFast (more than `most` messages in SPAN) for who may say no more now."""
    if await enquiries.is_blocked(session, person_id):
        raise PersonBlocked
    if await enquiries.count_said_since(session, person_id, since=now - SPAN) >= most:
        raise TooFast(most=most, minutes=SPAN // timedelta(minutes=1))
