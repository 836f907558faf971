"""The block list: who is on it sends no more, until somebody takes them off again.

Enquiries that are open stay so, since the staff may still answer; what the person writes in them is refused.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import planning
from bot.enquiries.acting import record
from bot.enquiries.errors import PersonBlocked
from bot.enquiries.parties import Actor
from storage import blocked
from storage.models import Enquiry, EnquiryState


async def check(session: AsyncSession, person_id: int) -> None:
    """Raise PersonBlocked for who is on the list."""
    if await blocked.has(session, person_id):
        raise PersonBlocked


async def block(session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, *, now: datetime) -> None:
    """Let the person of an enquiry send no more; what was sent stays as it is."""
    if await blocked.has(session, enquiry.person_id):
        return
    await blocked.add(session, enquiry.person_id, by=actor.user_id, now=now)
    for one in await blocked.open_enquiries(session, enquiry.person_id):
        # The bot answers again, and it cannot be the turn of who may not write.
        one.held_until = None
        if one.state == EnquiryState.WAITING:
            one.state = EnquiryState.CLAIMED if one.claimed_by else EnquiryState.OPEN
        await planning.cards(session, one, now=now)
    await record(session, enquiry, actor, "block", cluster, now=now)


async def unblock(session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, *, now: datetime) -> bool:
    """Let the person of an enquiry send again; return whether they were on the list."""
    done = await blocked.remove(session, enquiry.person_id)
    if done:
        for one in await blocked.open_enquiries(session, enquiry.person_id):
            await planning.cards(session, one, now=now)
        await record(session, enquiry, actor, "unblock", cluster, now=now)
    return done
