"""The reminders of a funding call: 30, 14 and 3 days before its cut-off, in the morning of its own zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.recurrence import located
from storage import funding, occurrences
from storage.models import Announcement, FundingCall, Occurrence, Purpose

DAYS_BEFORE = (30, 14, 3)
MORNING = time(9)
MINUTES_A_DAY = 24 * 60


def reminders(closes_at: datetime, zone: ZoneInfo, *, now: datetime) -> Iterator[tuple[int, datetime]]:
    """Yield the reminders still to come as (days before, time in UTC); `closes_at` and `now` are aware."""
    last = closes_at.astimezone(zone).date()
    for days in DAYS_BEFORE:
        at = located(datetime.combine(last - timedelta(days=days), MORNING), zone).at
        if now < at < closes_at:
            yield days, at


async def plan_reminders(session: AsyncSession, call_id: int, *, now: datetime) -> None:
    """Plan what is still to come, in place of what was planned; a call without a cut-off has no reminders."""
    call = await funding.by_id(session, call_id)
    if call is None:
        return
    await funding.drop_reminders(session, call.announcement_id)
    if call.closes_at is None:
        return
    for days, at in reminders(call.closes_at, ZoneInfo(call.zone), now=now):
        await occurrences.plan(
            session,
            call.announcement_id,
            at,
            purpose=Purpose.REMINDER,
            minutes_before=days * MINUTES_A_DAY,
            expires_at=call.closes_at,
        )


async def follow(session: AsyncSession, call: FundingCall, *, now: datetime) -> None:
    """Let what is under way end at a changed cut-off, and plan the reminders anew, if the call has gone out."""
    await funding.end_at(session, call.announcement_id, call.closes_at)
    if await funding.told(session, call.id) is not None:
        await plan_reminders(session, call.id, now=now)


def is_outdated(occurrence: Occurrence, announcement: Announcement, now: datetime) -> bool:
    """Whether a reminder of a call is so late that the next one is due too."""
    if funding.number_in(announcement.subject) is None:
        return False
    own = (occurrence.minutes_before or 0) // MINUTES_A_DAY
    # Counted from its own time: what goes out at once is kept in UTC, not in the zone of its call.
    return any(now >= occurrence.due_at + timedelta(days=own - days) for days in DAYS_BEFORE if days < own)
