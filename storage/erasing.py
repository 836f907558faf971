"""Enquiries that have had their time lose all that tells who sent them and what was said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Enquiry, EnquiryMessage, OutboxMessage, Outcome, Relayed

NOBODY = 0
"""Whose an enquiry is that has been erased."""
AT_ONCE = 500


async def erase(session: AsyncSession, *, withdrawn_before: datetime, closed_before: datetime) -> None:
    """Erase what was withdrawn or otherwise closed before these times; number, cluster, outcome and rating stay."""
    withdrawn = Enquiry.outcome == Outcome.WITHDRAWN
    due = or_(Enquiry.closed_at < closed_before, and_(withdrawn, Enquiry.closed_at < withdrawn_before))
    query = select(Enquiry.id).where(due, Enquiry.person_id != NOBODY).limit(AT_ONCE)
    ids = (await session.scalars(query)).all()
    for table in (Relayed, OutboxMessage, EnquiryMessage):
        await session.execute(delete(table).where(table.enquiry_id.in_(ids)))
    nothing = {"person_id": NOBODY, "text": "", "firm": "", "contact": None, "rating_text": None}
    staff = {"claimed_by": None, "claimed_name": None}
    await session.execute(update(Enquiry).where(Enquiry.id.in_(ids)).values(**nothing, **staff))
