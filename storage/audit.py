"""The audit log: written and read, never changed; the database refuses all else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for; None leaves a condition out."""

    clusters: Collection[str] | None = None
    """Only of these clusters; None: of all, and those of no cluster."""
    act: str | None = None
    enquiry_id: int | None = None


async def write(
    session: AsyncSession,
    act: str,
    *,
    now: datetime,
    actor: int | None,
    cluster: str | None = None,
    enquiry_id: int | None = None,
    details: Mapping[str, object] | None = None,
    update_id: int | None = None,
) -> None:
    """Add an entry; an act is noted once for an update. `details` holds no text of a user."""
    statement = insert(session, AuditEntry).values(
        at=now,
        actor=actor,
        act=act,
        cluster=cluster,
        enquiry_id=enquiry_id,
        details=dict(details or {}),
        update_id=update_id,
    )
    await session.execute(statement.on_conflict_do_nothing(index_elements=["update_id", "act"]))


async def page(session: AsyncSession, wanted: Wanted, *, limit: int, offset: int = 0) -> Sequence[AuditEntry]:
    """Return entries, newest first."""
    statement = select(AuditEntry).where(*_conditions(wanted)).order_by(AuditEntry.id.desc())
    return (await session.scalars(statement.limit(limit).offset(offset))).all()


async def count(session: AsyncSession, wanted: Wanted) -> int:
    """Count entries."""
    return (await session.scalars(select(func.count(AuditEntry.id)).where(*_conditions(wanted)))).one()


async def acts(session: AsyncSession, wanted: Wanted) -> Sequence[str]:
    """Return which acts there are among the entries, in the order of the alphabet."""
    statement = select(AuditEntry.act).where(*_conditions(wanted)).distinct().order_by(AuditEntry.act)
    return (await session.scalars(statement)).all()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.clusters is not None:
        conditions.append(AuditEntry.cluster.in_(wanted.clusters))
    if wanted.act is not None:
        conditions.append(AuditEntry.act == wanted.act)
    if wanted.enquiry_id is not None:
        conditions.append(AuditEntry.enquiry_id == wanted.enquiry_id)
    return conditions
