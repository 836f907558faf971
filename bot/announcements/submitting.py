"""A draft is scheduled, waits for a second person, or comes back with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.drafting import check_draft
from bot.announcements.errors import TimePassed, TooLate
from bot.announcements.starting import schedule
from bot.announcements.timing import times
from storage import subjects
from storage.models import Announcement, AnnouncementState

TOGETHER = "*"


async def submit(session: AsyncSession, announcement: Announcement, person_id: int, *, now: datetime) -> None:
    """Schedule a complete draft, or let it wait for a second person. Raises NotADraft, TimePassed, TooLate."""
    check_draft(announcement)
    check_time(announcement, now=now)
    await check_subject(session, announcement, now=now)
    announcement.submitted_by, announcement.rejection, announcement.updated_at = person_id, None, now
    announcement.asks = announcement.asked_of = None
    if needs_approval(announcement):
        announcement.state = AnnouncementState.WAITING
    else:
        await put_on(session, announcement, now=now)


async def put_on(session: AsyncSession, announcement: Announcement, *, now: datetime) -> None:
    """Schedule it. Raises TimePassed, TooLate."""
    check_time(announcement, now=now)
    await check_subject(session, announcement, now=now)
    if announcement.first_at is None:
        # In UTC, where no hour is there twice.
        announcement.first_at, announcement.zone = now.astimezone(UTC).replace(tzinfo=None).isoformat(), "UTC"
    await schedule(session, announcement, now=now)


def reject(announcement: Announcement, reason: str, *, now: datetime) -> None:
    """Give it back to its author with a reason."""
    announcement.state, announcement.rejection = AnnouncementState.DRAFT, reason.strip()[:500]
    announcement.asks = announcement.asked_of = None
    announcement.updated_at = now


def may_approve(announcement: Announcement, person_id: int) -> bool:
    """Whether a person is a second one: neither the author nor who submitted it."""
    return person_id not in (announcement.created_by, announcement.submitted_by)


def needs_approval(announcement: Announcement) -> bool:
    """Whether a second person has to agree: what goes out in the name of all."""
    return announcement.cluster == TOGETHER


def check_time(announcement: Announcement, *, now: datetime) -> None:
    """Go on only while a time is to come; raises TimePassed."""
    if announcement.first_at and not times(announcement, now=now, count=1):
        raise TimePassed(local=datetime.fromisoformat(announcement.first_at))


async def check_subject(session: AsyncSession, announcement: Announcement, *, now: datetime) -> None:
    """Go on only while what it is about is still to come at its first time; raises TooLate."""
    ends = await subjects.ends(session, announcement)
    first = times(announcement, now=now, count=1)
    if ends is not None and ends <= (first[0].at if first else now):
        raise TooLate
