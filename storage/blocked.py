"""The block list: people who send no more enquiries, and what of theirs is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import BlockedPerson, Enquiry, EnquiryState


async def add(session: AsyncSession, person_id: int, *, by: int, now: datetime) -> None:
    """Put a person on the list; who stands there stays as they are."""
    row = {"person_id": person_id, "blocked_by": by, "blocked_at": now}
    await session.execute(insert(session, BlockedPerson).values(row).on_conflict_do_nothing())


async def remove(session: AsyncSession, person_id: int) -> bool:
    """Take a person off the list; return whether they were on it."""
    blocked = await session.get(BlockedPerson, person_id)
    if blocked is not None:
        await session.delete(blocked)
    return blocked is not None


async def has(session: AsyncSession, person_id: int) -> bool:
    """Whether a person is on the list."""
    return await session.get(BlockedPerson, person_id) is not None


async def open_enquiries(session: AsyncSession, person_id: int) -> Sequence[Enquiry]:
    """Return the unclosed enquiries of a person, for nobody else to change meanwhile."""
    theirs = (Enquiry.person_id == person_id, Enquiry.state != EnquiryState.CLOSED)
    return (await session.scalars(select(Enquiry).where(*theirs).order_by(Enquiry.id).with_for_update())).all()
