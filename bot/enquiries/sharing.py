"""An enquiry comes to another cluster: it is handed over, or the other one is brought in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import planning
from bot.enquiries.acting import check_unclosed, record
from bot.enquiries.parties import Actor
from storage import enquiries
from storage.models import Enquiry, EnquiryPlace, EnquiryState


async def hand_over(
    session: AsyncSession, enquiry: Enquiry, actor: Actor, old: str, new: str, *, now: datetime
) -> None:
    """Give the enquiry with its history to another cluster; both and the firm are told. Raises EnquiryClosed."""
    check_unclosed(enquiry)
    before = await enquiries.place(session, enquiry.id, old)
    if old == new or before is None or before.is_former:
        return
    before.is_former = True
    await _enter(session, enquiry, new, now=now)
    if enquiry.cluster == old:
        enquiry.cluster = new
        enquiry.state, enquiry.claimed_by, enquiry.claimed_name = EnquiryState.OPEN, None, None
        enquiry.held_until = enquiry.reminded_at = enquiry.escalated_at = None
        # The new cluster's time begins now, not when the firm wrote.
        enquiry.last_firm_at = now
    key = str(actor.update_id)
    await planning.tell_staff(session, enquiry, old, "handed_over.html", key=key, now=now, to=new, by=actor.name)
    await planning.tell_staff(session, enquiry, new, "received.html", key=key, now=now, old=old, by=actor.name)
    await planning.tell_person(session, enquiry, "handed_over.html", key=key, now=now, old=old, new=new)
    await record(session, enquiry, actor, "hand_over", old, now=now, to=new)


async def bring_in(
    session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, new: str, *, now: datetime
) -> None:
    """Let another cluster join: one record, one lead, a card in each staff chat. Raises EnquiryClosed."""
    check_unclosed(enquiry)
    known = await enquiries.place(session, enquiry.id, new)
    if known is not None and not known.is_former:
        return
    await _enter(session, enquiry, new, now=now)
    key = str(actor.update_id)
    await planning.tell_staff(session, enquiry, new, "brought_in.html", key=key, now=now, old=cluster, by=actor.name)
    await planning.tell_person(session, enquiry, "brought_in.html", key=key, now=now, cluster=new)
    await record(session, enquiry, actor, "bring_in", cluster, now=now, to=new)


async def _enter(session: AsyncSession, enquiry: Enquiry, cluster: str, *, now: datetime) -> None:
    """Give the enquiry a place at a cluster, with the card first and then all that was said."""
    place = await enquiries.place(session, enquiry.id, cluster)
    if place is None:
        place = EnquiryPlace(enquiry_id=enquiry.id, cluster=cluster)
        session.add(place)
    place.is_former, place.done_at = False, None
    await session.flush()
    await planning.history(session, enquiry, cluster, now=now)
