"""The forum topic of an enquiry, as its staff closes and opens it by hand: the enquiry itself stays as it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries import planning
from storage import enquiries


async def closed(session: AsyncSession, chat_id: int, topic_id: int, *, update_id: int, now: datetime) -> None:
    """Ask the staff in the topic whether the enquiry is to be closed as well, where there is one to close."""
    place = await enquiries.by_topic(session, chat_id, topic_id)
    enquiry = await enquiries.by_id(session, place.enquiry_id) if place else None
    if place is None or enquiry is None or place.is_former or enquiry.is_closed or place.done_at is not None:
        return
    leads = place.cluster == enquiry.cluster
    buttons = "topic_closed" if leads else "topic_closed_joined"
    await planning.tell_staff(
        session, enquiry, place.cluster, "topic_closed.html", key=str(update_id), now=now, buttons=buttons, leads=leads
    )
