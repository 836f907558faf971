"""Lists of enquiries for the staff: what is open, what was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from storage import transcripts
from storage.models import Enquiry, EnquiryPlace


class Line(NamedTuple):
    """One enquiry of a list; `waits` is how long it has been the turn of whose turn it is."""

    enquiry: Enquiry
    place: EnquiryPlace | None
    """Where its card stands at the leading cluster."""
    waits: timedelta


async def lines(session: AsyncSession, found: Collection[Enquiry], *, now: datetime) -> Sequence[Line]:
    """Return a line for each enquiry, in the same order."""
    places = await transcripts.cards(session, [enquiry.id for enquiry in found])
    return [Line(enquiry, places.get((enquiry.id, enquiry.cluster)), now - _since(enquiry)) for enquiry in found]


def _since(enquiry: Enquiry) -> datetime:
    """Return when the last of both sides spoke."""
    return max(enquiry.last_firm_at, enquiry.last_staff_at or enquiry.last_firm_at)
