"""Drafts of enquiries: one a person, kept until it is sent or dropped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import affected
from storage.models import Draft


async def of(session: AsyncSession, person_id: int) -> Draft | None:
    """Return the draft of a person."""
    return await session.get(Draft, person_id)


async def begin(session: AsyncSession, person_id: int, *, now: datetime) -> Draft:
    """Return the draft of a person, a new one that asks for the text when there is none."""
    draft = await session.get(Draft, person_id)
    if draft is None:
        draft = Draft(person_id=person_id, field="text", steps=[], attachments=[], is_placed=False, updated_at=now)
        session.add(draft)
    return draft


async def drop(session: AsyncSession, person_id: int) -> None:
    """Forget what a person was writing."""
    await session.execute(delete(Draft).where(Draft.person_id == person_id))


async def forget(session: AsyncSession, *, before: datetime) -> int:
    """Drop drafts that nobody has touched since a time, and return how many."""
    return await affected(session, delete(Draft).where(Draft.updated_at < before))
