"""What the staff does with an enquiry. Each act changes the record, is audited, and plans what the others are told.

Acts that were done already by the same hand change nothing, since a handler may run twice.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import planning
from bot.enquiries.errors import EnquiryClosed, NotTheLead
from bot.enquiries.parties import Actor
from bot.enquiries.terms import Terms
from storage import audit, blocked
from storage.models import Enquiry, EnquiryState, Outcome


async def claim(
    session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, terms: Terms, *, now: datetime
) -> None:
    """Take the enquiry, also from a colleague: the firm is told that a person has taken over. Raises EnquiryClosed.

    A blocked firm, which can say no more, is not told that it talks to a person now.
    """
    check_unclosed(enquiry)
    if enquiry.claimed_by == actor.user_id and enquiry.state != EnquiryState.OPEN:
        return
    enquiry.claimed_by, enquiry.claimed_name = actor.user_id, actor.name
    if enquiry.state == EnquiryState.OPEN:
        enquiry.state = EnquiryState.CLAIMED
    await hold(session, enquiry, terms, now)
    await record(session, enquiry, actor, "claim", cluster, now=now)
    if enquiry.held_until is not None:
        key = str(actor.update_id)
        await planning.tell_person(
            session, enquiry, "taken_over.html", key=key, now=now, buttons="held", cluster=cluster
        )


async def wait(session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, *, now: datetime) -> None:
    """Say that it is the firm's turn: reminders to the staff stop. Raises EnquiryClosed."""
    check_unclosed(enquiry)
    if enquiry.state != EnquiryState.WAITING:
        enquiry.state, enquiry.last_staff_at = EnquiryState.WAITING, now
        await record(session, enquiry, actor, "wait", cluster, now=now)


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
    """Bring the enquiry to its end and ask the firm how it was; `actor` None: the bot, or the firm itself.

    Raises NotTheLead: a cluster that was brought in has but its part to end.
    """
    if enquiry.is_closed:
        return
    if actor is not None:
        check_leads(enquiry, cluster)
    enquiry.state, enquiry.outcome, enquiry.closed_at, enquiry.held_until = EnquiryState.CLOSED, outcome, now, None
    if outcome != Outcome.SPAM:
        key = f"{enquiry.id}:{int(now.timestamp())}"
        # Who withdraws before anybody has answered has nothing to rate.
        rates = outcome != Outcome.WITHDRAWN or enquiry.first_answer_at is not None
        buttons = "rating" if rates else ""
        await planning.tell_person(session, enquiry, "closed.html", key=key, now=now, buttons=buttons, outcome=outcome)
    await record(session, enquiry, actor, "close", cluster, now=now, outcome=str(outcome))


async def hold(session: AsyncSession, enquiry: Enquiry, terms: Terms, now: datetime) -> None:
    """Keep the bot silent towards the firm for a while from now on; a blocked one keeps the bot."""
    if not await blocked.has(session, enquiry.person_id):
        enquiry.held_until = terms.held_until(now)


def check_unclosed(enquiry: Enquiry) -> None:
    """Raise EnquiryClosed for an enquiry that has come to its end."""
    if enquiry.is_closed:
        raise EnquiryClosed(number=enquiry.number)


def check_leads(enquiry: Enquiry, cluster: str) -> None:
    """Raise NotTheLead for a cluster that was but brought in."""
    if cluster != enquiry.cluster:
        raise NotTheLead(number=enquiry.number)


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
