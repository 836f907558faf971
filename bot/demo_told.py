"""Samples of the demo that count as sent, to nobody: its people have not asked for any."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import announcements, occurrences
from storage.models import Announcement, OccurrenceState


async def note_told(session: AsyncSession, made: Announcement, now: datetime) -> None:
    """Give an announcement the one sending that is over; one that has it keeps it."""
    await session.flush()
    if await announcements.sendings(session, made.id):
        return
    await occurrences.plan(session, made.id, now)
    [one] = await announcements.sendings(session, made.id)
    one.state, one.audience = OccurrenceState.FINISHED, 0
    one.started_at = one.finished_at = now
