"""Lists of enquiries for the staff: what is open, what was found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from storage import enquiries, transcripts
from storage.models import Enquiry, EnquiryPlace


class Line(NamedTuple):
    """One enquiry of a list; `waits` is how long it has been the turn of whose turn it is."""

    enquiry: Enquiry
    place: EnquiryPlace
    """Where it stands at the cluster for which it is listed."""
    waits: timedelta

    @property
    def is_joined(self) -> bool:
        """Whether another cluster leads it."""
        return self.place.cluster != self.enquiry.cluster


async def unclosed(session: AsyncSession, clusters: Collection[str], *, now: datetime) -> Sequence[Line]:
    """Return a line for each enquiry that a cluster leads or was brought into, oldest first, until it is closed."""
    return [_line(enquiry, place, now) for enquiry, place in await enquiries.at_work(session, clusters)]


async def lines(
    session: AsyncSession, found: Collection[Enquiry], clusters: Collection[str], *, now: datetime
) -> Sequence[Line]:
    """Return a line for each enquiry at work in one of the clusters, in the same order; where it leads, if it can."""
    places = await transcripts.places(session, [enquiry.id for enquiry in found], clusters)
    leads = {enquiry.id: enquiry.cluster for enquiry in found}
    best: dict[int, EnquiryPlace] = {}
    for place in places:
        if place.enquiry_id not in best or place.cluster == leads[place.enquiry_id]:
            best[place.enquiry_id] = place
    return [_line(enquiry, best[enquiry.id], now) for enquiry in found if enquiry.id in best]


def _line(enquiry: Enquiry, place: EnquiryPlace, now: datetime) -> Line:
    # Since the last of both sides spoke.
    return Line(enquiry, place, now - max(enquiry.last_firm_at, enquiry.last_staff_at or enquiry.last_firm_at))
