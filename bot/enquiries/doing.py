"""The acts of the staff by their names, as the buttons carry them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import acting, blocking, parts, reopening, sharing
from bot.enquiries.desk import at_desk
from bot.enquiries.parties import Actor
from bot.enquiries.terms import Terms
from storage import enquiries, plans
from storage.models import Enquiry, EnquiryPlace, Outcome


class Doer(NamedTuple):
    """Who does something at which cluster; `value` is the other cluster or the outcome."""

    actor: Actor
    cluster: str
    terms: Terms
    now: datetime
    value: str = ""


Doing = Callable[[AsyncSession, Enquiry, Doer], Awaitable[None]]


async def do(session: AsyncSession, enquiry_id: int, act: str, doer: Doer) -> EnquiryPlace:
    """Do one of DOINGS and have the card show what is true; return where it stands.

    Raises KeyError for another act, NoSuchEnquiry, FormerPlace, EnquiryClosed, NotTheLead, NotReopened, Withdrawn.
    """
    enquiry = await at_desk(session, enquiry_id, doer.cluster)
    await DOINGS[act](session, enquiry, doer)
    # Also where nothing changed: a menu may stand in the place of the buttons.
    await plans.plan_card(session, enquiry.id, doer.cluster, now=doer.now, anew=True)
    place = await enquiries.place(session, enquiry_id, doer.cluster)
    assert place  # noqa: S101  at_desk found it
    return place


async def _nothing(_session: AsyncSession, _enquiry: Enquiry, _deed: Doer) -> None:
    """Show the card as it is."""


async def _claim(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await acting.claim(session, enquiry, doer.actor, doer.cluster, doer.terms, now=doer.now)


async def _wait(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await acting.wait(session, enquiry, doer.actor, doer.cluster, now=doer.now)


async def _hand_back(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    if enquiry.held_until is not None:
        await acting.hand_back(session, enquiry, update_id=doer.actor.update_id, now=doer.now)
        await acting.record(session, enquiry, doer.actor, "hand_back", doer.cluster, now=doer.now)


async def _close(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await acting.close(session, enquiry, doer.actor, doer.cluster, Outcome(doer.value), now=doer.now)


async def _hand_over(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await sharing.hand_over(session, enquiry, doer.actor, doer.cluster, doer.value, now=doer.now)


async def _bring_in(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await sharing.bring_in(session, enquiry, doer.actor, doer.cluster, doer.value, now=doer.now)


async def _block(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await blocking.block(session, enquiry, doer.actor, doer.cluster, now=doer.now)


async def _unblock(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await blocking.unblock(session, enquiry, doer.actor, doer.cluster, now=doer.now)


async def _reopen(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await reopening.reopen_by_staff(session, enquiry, doer.actor, doer.cluster, doer.terms, now=doer.now)


async def _end_part(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await parts.end_part(session, enquiry, doer.actor, doer.cluster, now=doer.now)


async def _take_part(session: AsyncSession, enquiry: Enquiry, doer: Doer) -> None:
    await parts.take_part(session, enquiry, doer.actor, doer.cluster, now=doer.now)


DOINGS: dict[str, Doing] = {
    "menu": _nothing,
    "claim": _claim,
    "wait": _wait,
    "back": _hand_back,
    "close": _close,
    "hand!": _hand_over,
    "bring!": _bring_in,
    "block!": _block,
    "unblock": _unblock,
    "reopen": _reopen,
    "ready": _end_part,
    "unready": _take_part,
}
