"""The block list: who is on it sends no more enquiries, until somebody takes them off again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries.acting import record
from bot.enquiries.parties import Actor
from storage import enquiries
from storage.models import Enquiry


async def block(session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, *, now: datetime) -> None:
    """Let the person of an enquiry send no more; what was sent stays as it is."""
    if not await enquiries.is_blocked(session, enquiry.person_id):
        await enquiries.block(session, enquiry.person_id, by=actor.user_id, now=now)
        await record(session, enquiry, actor, "block", cluster, now=now)


async def unblock(session: AsyncSession, enquiry: Enquiry, actor: Actor, cluster: str, *, now: datetime) -> bool:
    """Let the person of an enquiry send again; return whether they were on the list."""
    done = await enquiries.unblock(session, enquiry.person_id)
    if done:
        await record(session, enquiry, actor, "unblock", cluster, now=now)
    return done
