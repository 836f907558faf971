"""Tickets that were handed out, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Invitation, InvitationKind


class Offer(NamedTuple):
    """What a new ticket is good for, and until when."""

    nonce: str
    kind: InvitationKind
    role: str | None
    cluster: str
    expires_at: datetime


async def create(session: AsyncSession, offer: Offer, *, created_by: int, update_id: int, now: datetime) -> Invitation:
    """Keep an invitation; the same update gives the same one again."""
    statement = insert(session, Invitation).values(
        **offer._asdict(), created_by=created_by, created_at=now, update_id=update_id
    )
    await session.execute(statement.on_conflict_do_nothing(index_elements=["update_id"]))
    return (await session.scalars(select(Invitation).where(Invitation.update_id == update_id))).one()


async def by_nonce(session: AsyncSession, nonce: str) -> Invitation | None:
    """Return an invitation."""
    return await session.get(Invitation, nonce)


async def open_ones(session: AsyncSession, kind: InvitationKind, *, now: datetime) -> Sequence[Invitation]:
    """Return what still can be used, the oldest first."""
    wanted = (Invitation.kind == kind, Invitation.expires_at > now)
    unused = (Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
    statement = select(Invitation).where(*wanted, *unused).order_by(Invitation.created_at, Invitation.nonce)
    return (await session.scalars(statement)).all()


async def use(session: AsyncSession, nonce: str, *, used_by: int, now: datetime) -> bool:
    """Use an invitation up; return whether it could be used, which it can once."""
    return await _mark(session, nonce, used_at=now, used_by=used_by)


async def withdraw(session: AsyncSession, nonce: str, *, now: datetime) -> bool:
    """Take an unused invitation back; return whether there was one."""
    return await _mark(session, nonce, revoked_at=now)


async def _mark(session: AsyncSession, nonce: str, **values: object) -> bool:
    unused = (Invitation.nonce == nonce, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
    result = await session.execute(update(Invitation).where(*unused).values(**values))
    return cast("CursorResult[Any]", result).rowcount > 0
