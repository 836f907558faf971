"""Replies to an event: who comes, who waits for a seat, who moves up, who wants to be reminded.

The event's row is locked while a reply is written, so that the last seat is given once, on both databases.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.events.drafting import of
from bot.events.errors import EventBegun, EventCancelled, NoSuchEvent, NotYet, RegistrationOver
from bot.events.following import live_carrier
from storage import attendances, events, occurrences
from storage.attendances import REMINDERS
from storage.models import Attendance, AttendanceState, Event, EventState, Purpose

ANSWERS = ("yes", "maybe", "no")
HAS_SEAT = AttendanceState.COMING
WISHES = {"yes": (HAS_SEAT, AttendanceState.WAITING), "maybe": (AttendanceState.MAYBE,)}
REMINDED = (HAS_SEAT, AttendanceState.MAYBE)


class Replier(NamedTuple):
    """Who replies: as they are called in Telegram, in which language they read."""

    person_id: int
    name: str
    language: str


async def reply(session: AsyncSession, event_id: int, who: Replier, answer: str, *, now: datetime) -> Attendance:
    """Keep a reply (one of ANSWERS); the same one again changes nothing.

    Raises NoSuchEvent, NotYet, EventCancelled, EventBegun, and RegistrationOver for a wish to come after the deadline.
    """
    event = await _open(session, event_id, now=now)
    known = await attendances.by_id(session, event_id, who.person_id)
    if known is not None and known.state in WISHES.get(answer, (AttendanceState.NOT_COMING,)):
        return known
    if answer != "no" and event.deadline and event.deadline <= now:
        raise RegistrationOver(deadline=event.deadline.astimezone(ZoneInfo(event.zone)))
    # A seat may have become free without a reply: somebody had all that is kept of them erased.
    await move_up(session, event, now=now)
    had_seat = known is not None and known.state == HAS_SEAT
    state = await _state_for(session, event, answer)
    event.replies += 1
    if known is None:
        known = Attendance(event_id=event_id, person_id=who.person_id, reminders=0)
        session.add(known)
    known.name, known.language, known.state = who.name, who.language, state
    known.place, known.replied_at, known.moved_up_at = event.replies, now, None
    if state not in REMINDED:
        known.reminders = 0
    await session.flush()
    if had_seat:
        await move_up(session, event, now=now)
    return known


async def move_up(session: AsyncSession, event: Event, *, now: datetime) -> int:
    """Give free seats to those who have waited longest, and plan to tell them; return how many. The event is locked."""
    moved = 0
    while await _has_seat(session, event):
        first = await attendances.next_waiting(session, event.id)
        if first is None:
            break
        event.replies += 1
        # A time of its own for each, so that each is told by a sending of its own.
        first.state, first.moved_up_at = HAS_SEAT, now - timedelta(microseconds=event.replies)
        await session.flush()
        if carrier := await live_carrier(session, event.id):
            await occurrences.plan(
                session, carrier.id, first.moved_up_at, purpose=Purpose.MOVED_UP, expires_at=event.begins_at
            )
        moved += 1
    return moved


async def switch_reminder(
    session: AsyncSession, event_id: int, person_id: int, minutes: int, *, update_id: int, now: datetime
) -> Attendance:
    """Take a reminder in or out; an update does so once. Raises as `reply`, and NoSuchEvent without a reply to it."""
    event = await _open(session, event_id, now=now)
    known = await attendances.by_id(session, event_id, person_id)
    if known is None or known.state not in REMINDED:
        raise NoSuchEvent
    if known.touched_by != update_id and minutes in offers(event, now=now):
        known.reminders ^= REMINDERS[minutes]
        known.touched_by = update_id
        await plan_reminders(session, event, now=now)
    return known


async def plan_reminders(session: AsyncSession, event: Event, *, now: datetime) -> None:
    """Plan each reminder that somebody wants, once; nobody who does not want it is in its audience."""
    await session.flush()
    wanted = await attendances.reminders_wanted(session, event.id)
    carrier = await live_carrier(session, event.id) if wanted else None
    if carrier is None or event.begins_at is None:
        return
    for minutes in offers(event, now=now):
        if wanted & REMINDERS[minutes]:
            await occurrences.plan(
                session,
                carrier.id,
                event.begins_at - timedelta(minutes=minutes),
                purpose=Purpose.REMINDER,
                minutes_before=minutes,
                expires_at=event.begins_at,
            )


def offers(event: Event, *, now: datetime) -> list[int]:
    """Return the reminders, in minutes before the beginning, whose time is still to come."""
    if event.begins_at is None:
        return []
    return [minutes for minutes in REMINDERS if event.begins_at - timedelta(minutes=minutes) > now]


def is_open(event: Event, *, now: datetime) -> bool:
    """Whether one can reply."""
    return event.state == EventState.SUBMITTED and event.begins_at is not None and now < event.begins_at


async def _open(session: AsyncSession, event_id: int, *, now: datetime) -> Event:
    await of(session, event_id)
    event = await events.locked(session, event_id)
    if event is None:
        raise NoSuchEvent
    if event.state == EventState.CANCELLED:
        raise EventCancelled
    if event.state != EventState.SUBMITTED or not await events.is_told(session, event_id):
        raise NotYet
    if not is_open(event, now=now):
        raise EventBegun
    return event


async def _state_for(session: AsyncSession, event: Event, answer: str) -> AttendanceState:
    if answer == "yes":
        return HAS_SEAT if await _has_seat(session, event) else AttendanceState.WAITING
    return AttendanceState(answer)


async def _has_seat(session: AsyncSession, event: Event) -> bool:
    return event.seats is None or await attendances.count(session, event.id, HAS_SEAT) < event.seats
