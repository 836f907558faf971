"""Whether a person wants to hear more of one call, with proof of what was agreed to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.subscribing import CONSENT_VERSION, Wish, known_or_new
from storage import funding, subscribers


async def wish(session: AsyncSession, person: Wish, call_id: int, *, wanted: bool, now: datetime) -> None:
    """Keep the wish and its proof; who has subscribed to nothing is known from now on, for this call alone."""
    await known_or_new(session, person, now=now)
    if await funding.wish_of(session, call_id, person.person_id) == wanted:
        return
    await funding.wish(session, call_id, person.person_id, wanted=wanted, now=now)
    await subscribers.prove(
        session,
        person.person_id,
        update_id=person.update_id,
        given=wanted,
        topic=funding.subject(call_id)[:16],
        version=CONSENT_VERSION,
        text=person.text,
        now=now,
    )
