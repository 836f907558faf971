"""Whom the sendings of an event are for, when they are frozen and when they leave."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage.attendances import REMINDERS
from storage.event_sendings import CARDS, GONE_OUT
from storage.events import subject
from storage.models import (
    Announcement,
    Attendance,
    AttendanceState,
    Delivery,
    DeliveryState,
    Event,
    Occurrence,
    Purpose,
    Subscriber,
)
from storage.occurrences import Audience

INTERESTED = (AttendanceState.COMING, AttendanceState.MAYBE, AttendanceState.WAITING)
TOLD_OF_CHANGES = (Purpose.CORRECTION, Purpose.CANCELLATION)


async def ends(session: AsyncSession, event_id: int) -> datetime | None:
    """An invitation that comes after the beginning is worse than none."""
    return await session.scalar(select(Event.begins_at).where(Event.id == event_id))


def audience(event_id: int, occurrence: Occurrence, subscribed: Audience) -> Audience:
    """Return who is invited and was not yet, who is reminded, who moved up, or everybody who got it or replied."""
    if occurrence.purpose in TOLD_OF_CHANGES:
        return _all_who_know(event_id)
    if occurrence.purpose == Purpose.MAIN:
        return subscribed.where(Subscriber.person_id.not_in(_invited(event_id)))
    return select(Attendance.person_id, Attendance.language, _planned()).where(*_chosen(event_id, occurrence))


async def still_meant(
    session: AsyncSession, event_id: int, occurrence: Occurrence, people: Collection[int], wanting: Collection[int]
) -> Collection[int]:
    """Who replied is told of changes, subscribed or not; others as long as they want events."""
    if occurrence.purpose == Purpose.MAIN:
        return wanting
    chosen = _chosen(event_id, occurrence)
    found = set(await session.scalars(select(Attendance.person_id).where(*chosen, Attendance.person_id.in_(people))))
    return found | set(wanting) if occurrence.purpose in TOLD_OF_CHANGES else found


def _chosen(event_id: int, occurrence: Occurrence) -> list[ColumnElement[bool]]:
    if occurrence.purpose == Purpose.REMINDER:
        bit = REMINDERS.get(occurrence.minutes_before or 0, 0)
        states = Attendance.state.in_((AttendanceState.COMING, AttendanceState.MAYBE))
        return [Attendance.event_id == event_id, states, Attendance.reminders.bitwise_and(bit) != 0]
    if occurrence.purpose == Purpose.MOVED_UP:
        is_theirs = and_(Attendance.state == AttendanceState.COMING, Attendance.moved_up_at == occurrence.due_at)
        return [Attendance.event_id == event_id, is_theirs]
    return [Attendance.event_id == event_id, Attendance.state.in_(INTERESTED)]


def _planned() -> ColumnElement[str]:
    return literal(str(DeliveryState.PLANNED))


def _invited(event_id: int) -> Select[int]:
    query = select(Delivery.person_id).join(Occurrence, Occurrence.id == Delivery.occurrence_id)
    query = query.join(Announcement, Announcement.id == Occurrence.announcement_id)
    return query.where(
        Announcement.subject == subject(event_id), Occurrence.purpose.in_(CARDS), Delivery.state.in_(GONE_OUT)
    )


def _all_who_know(event_id: int) -> Audience:
    """Whoever got the card or replied, each once."""
    got = _invited(event_id).with_only_columns(Delivery.person_id, Delivery.language)
    replied = select(Attendance.person_id, Attendance.language).where(
        Attendance.event_id == event_id, Attendance.state.in_(INTERESTED)
    )
    all_ = union_all(got, replied).subquery()
    return select(all_.c.person_id, func.max(all_.c.language), _planned()).group_by(all_.c.person_id)
