"""The parts of an enquiry: a cluster that was brought in says that it has done its own; only the leading one closes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import planning
from bot.enquiries.acting import check_unclosed, record
from bot.enquiries.parties import Actor
from storage import enquiries
from storage.models import Enquiry


async def end_part(session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, *, now: datetime) -> None:
    """Note that a cluster that was brought in has done its part, and tell the leading one. Raises EnquiryClosed."""
    check_unclosed(enquiry)
    place = await enquiries.place(session, enquiry.id, cluster)
    if place is None or cluster == enquiry.cluster or place.done_at is not None:
        return
    place.done_at = now
    await planning.tell_staff(
        session,
        enquiry,
        enquiry.cluster,
        "part_done.html",
        key=str(actor.update_id),
        now=now,
        of=cluster,
        by=actor.name,
    )
    await record(session, enquiry, actor, "part_done", cluster, now=now)


async def take_part(session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, *, now: datetime) -> None:
    """Note that it has something to do again. Raises EnquiryClosed."""
    check_unclosed(enquiry)
    if await work_on(session, enquiry, cluster):
        await record(session, enquiry, actor, "part_open", cluster, now=now)


async def work_on(session: AsyncSession, enquiry: Enquiry, cluster: str) -> bool:
    """Take back that a cluster has done its part, as by what it says to the firm; return whether it had said so."""
    place = await enquiries.place(session, enquiry.id, cluster)
    if place is None or place.done_at is None:
        return False
    place.done_at = None
    return True
