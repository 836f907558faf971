"""Who comes: replies, the waiting list, and who wants to be reminded."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Attendance, AttendanceState

REMINDERS = {7 * 24 * 60: 1, 24 * 60: 2, 60: 4}
"""Minutes before an event begins, and the bit by which the wish to be reminded then is kept."""


async def by_id(session: AsyncSession, event_id: int, person_id: int) -> Attendance | None:
    """Return what a person has replied to an event."""
    return await session.get(Attendance, (event_id, person_id), populate_existing=True)


async def of_person(session: AsyncSession, person_id: int, events: Sequence[int]) -> dict[int, Attendance]:
    """Return what a person has replied to some events, by their ids."""
    query = select(Attendance).where(Attendance.person_id == person_id, Attendance.event_id.in_(events))
    return {one.event_id: one for one in await session.scalars(query)}


async def count(session: AsyncSession, event_id: int, state: AttendanceState) -> int:
    """Count the replies of a kind."""
    query = select(func.count()).select_from(Attendance)
    return (await session.scalars(query.where(Attendance.event_id == event_id, Attendance.state == state))).one()


async def next_waiting(session: AsyncSession, event_id: int) -> Attendance | None:
    """Return who has waited longest."""
    query = select(Attendance).where(Attendance.event_id == event_id, Attendance.state == AttendanceState.WAITING)
    return (await session.scalars(query.order_by(Attendance.place).limit(1))).first()


async def place_in_line(session: AsyncSession, attendance: Attendance) -> int:
    """Return the how manieth on the waiting list somebody is, from 1."""
    query = select(func.count()).select_from(Attendance)
    before = query.where(
        Attendance.event_id == attendance.event_id,
        Attendance.state == AttendanceState.WAITING,
        Attendance.place <= attendance.place,
    )
    return (await session.scalars(before)).one()


async def reminders_wanted(session: AsyncSession, event_id: int) -> int:
    """Return all reminders that anybody wants, as bits."""
    query = select(Attendance.reminders).where(Attendance.event_id == event_id, Attendance.reminders != 0).distinct()
    wanted = 0
    for bits in await session.scalars(query):
        wanted |= bits
    return wanted


async def listed(session: AsyncSession, event_id: int) -> Sequence[Attendance]:
    """Return all replies, in the order in which they came."""
    return (
        await session.scalars(select(Attendance).where(Attendance.event_id == event_id).order_by(Attendance.place))
    ).all()
