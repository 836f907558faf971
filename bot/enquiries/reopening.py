"""A closed enquiry is opened again, by the firm or by the staff, within the same span."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import planning
from bot.enquiries.acting import check_leads, record
from bot.enquiries.errors import NotHere, NotReopened, TooLateHere, Withdrawn
from bot.enquiries.overdue import firm_waits
from bot.enquiries.parties import Actor
from bot.enquiries.terms import Terms
from storage import enquiries
from storage.erasing import NOBODY
from storage.models import Enquiry, EnquiryState, Outcome


async def reopen(session: AsyncSession, enquiry: Enquiry, terms: Terms, *, now: datetime) -> None:
    """Open it at the wish of the firm, at whoever had it. Raises NotReopened after the span of the cluster."""
    if not enquiry.is_closed:
        return
    _check_time(enquiry, terms, NotReopened, now)
    await _open(session, enquiry)
    enquiry.last_firm_at = now
    await _tell(session, enquiry, "", now=now)
    await record(session, enquiry, None, "reopen", enquiry.cluster, now=now)


async def reopen_by_staff(
    session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, terms: Terms, *, now: datetime
) -> None:
    """Open it at the wish of the leading cluster.

    Raises TooLateHere after the span of the cluster, Withdrawn, NotTheLead, NotHere for what is erased.
    """
    if not enquiry.is_closed:
        return
    _check_staff(enquiry, cluster)
    _check_time(enquiry, terms, TooLateHere, now)
    knows = enquiry.outcome != Outcome.SPAM
    await _open(session, enquiry)
    # Who waits, waits from now on: neither side is reminded of the time in which it was closed.
    if firm_waits(enquiry):
        enquiry.last_firm_at = now
    else:
        enquiry.last_staff_at = now
    await _tell(session, enquiry, actor.name, now=now, firm_too=knows)
    await record(session, enquiry, actor, "reopen", cluster, now=now)


def _check_staff(enquiry: Enquiry, cluster: str) -> None:
    if enquiry.person_id == NOBODY:
        raise NotHere
    check_leads(enquiry, cluster)
    if enquiry.outcome == Outcome.WITHDRAWN:
        raise Withdrawn(number=enquiry.number)


def _check_time(enquiry: Enquiry, terms: Terms, refusal: type[NotReopened], now: datetime) -> None:
    if enquiry.closed_at is None or now > enquiry.closed_at + terms.reopen_within:
        raise refusal(number=enquiry.number, days=terms.reopen_within.days)


async def _open(session: AsyncSession, enquiry: Enquiry) -> None:
    enquiry.state = EnquiryState.CLAIMED if enquiry.claimed_by else EnquiryState.OPEN
    enquiry.closed_at = enquiry.outcome = enquiry.warned_at = enquiry.reminded_at = enquiry.escalated_at = None
    for place in await enquiries.places(session, enquiry.id):
        place.done_at = None


async def _tell(session: AsyncSession, enquiry: Enquiry, by: str, *, now: datetime, firm_too: bool = True) -> None:
    """Tell both sides; `by` is who of the staff did it, told to the staff alone."""
    key = f"{enquiry.id}:{int(now.timestamp())}"
    if firm_too:
        await planning.tell_person(session, enquiry, "reopened.html", key=key, now=now, by_staff=bool(by))
    for cluster in await planning.clusters_at_work(session, enquiry):
        await planning.tell_staff(session, enquiry, cluster, "reopened.html", key=key, now=now, by=by)
