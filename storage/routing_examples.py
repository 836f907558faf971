"""What people said fits instead of what the bot had found: examples for the editors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import affected, insert
from storage.models import RoutingExample


@dataclass(frozen=True, slots=True)
class Correction:
    """What the bot read, and what the person chose; regions are ISO 3166 codes, None is anywhere."""

    language: str
    text: str | None
    routed_steps: Sequence[str]
    routed_region: str | None
    chosen_step: str
    chosen_region: str | None


async def record(session: AsyncSession, update_id: int, correction: Correction, *, now: datetime) -> int:
    """Keep a correction and return its id; the same update is kept once."""
    statement = insert(session, RoutingExample).values(
        update_id=update_id,
        created_at=now,
        language=correction.language,
        text=correction.text,
        routed_steps=list(correction.routed_steps),
        routed_region=correction.routed_region,
        chosen_step=correction.chosen_step,
        chosen_region=correction.chosen_region,
    )
    await session.execute(statement.on_conflict_do_nothing(index_elements=["update_id"]))
    return (await session.scalars(select(RoutingExample.id).where(RoutingExample.update_id == update_id))).one()


async def for_editors(session: AsyncSession) -> Sequence[RoutingExample]:
    """Return the corrections of written enquiries whose text is still kept, newest first."""
    statement = select(RoutingExample).where(RoutingExample.text.is_not(None)).order_by(RoutingExample.id.desc())
    return (await session.scalars(statement)).all()


async def forget(session: AsyncSession, *, made_before: datetime) -> int:
    """Erase the texts of old corrections, and return how many; that they were made stays."""
    old = (RoutingExample.created_at < made_before) & RoutingExample.text.is_not(None)
    return await affected(session, update(RoutingExample).where(old).values(text=None))
