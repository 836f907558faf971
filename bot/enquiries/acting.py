"""What the staff does with an enquiry. Each act changes the record, is audited, and plans what the others are told.

Acts that were done already by the same hand change nothing, since a handler may run twice.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import planning
from bot.enquiries.errors import EnquiryClosed
from bot.enquiries.parties import Actor
from bot.enquiries.terms import Terms
from storage import audit, enquiries
from storage.models import Enquiry, EnquiryPlace, EnquiryState, Outcome


async def claim(
    session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, terms: Terms, *, now: datetime
) -> None:
    """Take the enquiry, also from a colleague: the firm is told that a person has taken over. Raises EnquiryClosed."""
    check_unclosed(enquiry)
    if enquiry.claimed_by == actor.user_id and enquiry.state != EnquiryState.OPEN:
        return
    enquiry.claimed_by, enquiry.claimed_name = actor.user_id, actor.name
    if enquiry.state == EnquiryState.OPEN:
        enquiry.state = EnquiryState.CLAIMED
    hold(enquiry, terms, now)
    await record(session, enquiry, actor, "claim", cluster, now=now)
    await planning.tell_person(
        session, enquiry, "taken_over.html", key=str(actor.update_id), now=now, buttons="held", cluster=cluster
    )


async def wait(session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, *, now: datetime) -> None:
    """Say that it is the firm's turn: reminders to the staff stop. Raises EnquiryClosed."""
    check_unclosed(enquiry)
    if enquiry.state != EnquiryState.WAITING:
        enquiry.state, enquiry.last_staff_at = EnquiryState.WAITING, now
        await record(session, enquiry, actor, "wait", cluster, now=now)


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


async def hand_back(session: AsyncSession, enquiry: Enquiry, *, update_id: int, now: datetime) -> None:
    """Let the bot speak again in the firm's chat; the enquiry stays as it is."""
    if enquiry.held_until is None:
        return
    enquiry.held_until = None
    await planning.tell_person(session, enquiry, "handed_back.html", key=str(update_id), now=now)
    await planning.cards(session, enquiry, now=now)


async def close(
    session: AsyncSession, enquiry: Enquiry, actor: Actor | None, cluster: str, outcome: Outcome, *, now: datetime
) -> None:
    """Bring the enquiry to its end and ask the firm how it was; `actor` None: the bot, or the firm itself."""
    if enquiry.is_closed:
        return
    enquiry.state, enquiry.outcome, enquiry.closed_at, enquiry.held_until = EnquiryState.CLOSED, outcome, now, None
    if outcome != Outcome.SPAM:
        key = f"{enquiry.id}:{int(now.timestamp())}"
        await planning.tell_person(session, enquiry, "closed.html", key=key, now=now, buttons="rating", outcome=outcome)
    await record(session, enquiry, actor, "close", cluster, now=now, outcome=str(outcome))


def hold(enquiry: Enquiry, terms: Terms, now: datetime) -> None:
    """Keep the bot silent towards the firm for a while from now on."""
    enquiry.held_until = now + terms.hold_for


def check_unclosed(enquiry: Enquiry) -> None:
    """Raise EnquiryClosed for an enquiry that has come to its end."""
    if enquiry.is_closed:
        raise EnquiryClosed(number=enquiry.number)


async def record(
    session: AsyncSession,
    enquiry: Enquiry,
    actor: Actor | None,
    act: str,
    cluster: str | None,
    *,
    now: datetime,
    **details: str,
) -> None:
    """Write the act to the audit log and have the cards show it."""
    await audit.write(
        session,
        f"enquiry.{act}",
        actor=actor.user_id if actor else None,
        cluster=cluster,
        enquiry_id=enquiry.id,
        details=details,
        update_id=actor.update_id if actor else None,
        now=now,
    )
    await planning.cards(session, enquiry, now=now)


async def _enter(session: AsyncSession, enquiry: Enquiry, cluster: str, *, now: datetime) -> None:
    """Give the enquiry a place at a cluster, with the card first and then all that was said."""
    place = await enquiries.place(session, enquiry.id, cluster)
    if place is None:
        place = EnquiryPlace(enquiry_id=enquiry.id, cluster=cluster)
        session.add(place)
    place.is_former = False
    await session.flush()
    await planning.history(session, enquiry, cluster, now=now)
