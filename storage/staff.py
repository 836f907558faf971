"""Who works for which cluster, and as what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import StaffRole

NAME_LIMIT = 160


async def roles_of(session: AsyncSession, user_id: int) -> tuple[tuple[str, str], ...]:
    """Return the roles of a person, each with its cluster or `*`."""
    statement = select(StaffRole.role, StaffRole.cluster).where(StaffRole.user_id == user_id)
    rows = await session.execute(statement.order_by(StaffRole.role, StaffRole.cluster))
    return tuple((role, cluster) for role, cluster in rows)


async def everyone(session: AsyncSession) -> Sequence[StaffRole]:
    """Return all roles of all people, in the order of name."""
    # The names are sealed: the database cannot sort them.
    return sorted(await session.scalars(select(StaffRole)), key=lambda role: (role.name, role.user_id))


async def by_key(session: AsyncSession, user_id: int, role: str, cluster: str) -> StaffRole | None:
    """Return one role of one person."""
    return await session.get(StaffRole, (user_id, role, cluster))


async def with_role(session: AsyncSession, cluster: str, roles: Collection[str]) -> Sequence[int]:
    """Return the people who have one of the roles for the cluster itself or for all."""
    statement = select(StaffRole.user_id).where(StaffRole.cluster.in_((cluster, "*")), StaffRole.role.in_(roles))
    return (await session.scalars(statement.distinct().order_by(StaffRole.user_id))).all()


async def names(session: AsyncSession) -> dict[int, str]:
    """Return the name of everybody who has a role."""
    rows = await session.execute(select(StaffRole.user_id, StaffRole.name).order_by(StaffRole.granted_at))
    return {user_id: name for user_id, name in rows}  # noqa: C416  a Result of pairs is not yet a dict's argument


async def grant(
    session: AsyncSession, user_id: int, role: str, cluster: str, *, name: str, granted_by: int, now: datetime
) -> None:
    """Give a role; who has it already keeps it as it was given."""
    statement = insert(session, StaffRole).values(
        user_id=user_id, role=role, cluster=cluster, name=name[:NAME_LIMIT], granted_by=granted_by, granted_at=now
    )
    await session.execute(statement.on_conflict_do_nothing())


async def revoke(session: AsyncSession, user_id: int, role: str, cluster: str) -> bool:
    """Take a role; return whether there was one."""
    key = (StaffRole.user_id == user_id, StaffRole.role == role, StaffRole.cluster == cluster)
    result = await session.execute(delete(StaffRole).where(*key))
    return cast("CursorResult[Any]", result).rowcount > 0
