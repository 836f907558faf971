"""What can be done about an announcement: delete the draft, pause, go on, cancel, decide about what is held."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.drafting import check_draft
from bot.announcements.errors import NoSuchAnnouncement
from storage import announcements, event_sendings, events, occurrences
from storage.models import Announcement, AnnouncementState


async def decide(session: AsyncSession, announcement: Announcement, act: str, number: int, *, now: datetime) -> None:
    """Let a sending that was held go out now (`release`), or not at all (`skip`). Raises NoSuchAnnouncement."""
    occurrence = await occurrences.by_id(session, number)
    if occurrence is None or occurrence.announcement_id != announcement.id:
        raise NoSuchAnnouncement
    if act == "release":
        await announcements.release(session, number, now=now)
    else:
        await announcements.skip(session, number)


async def drop(session: AsyncSession, announcement: Announcement) -> None:
    """Delete a draft. Raises NotADraft."""
    check_draft(announcement)
    await announcements.drop(session, announcement.id)


async def pause(session: AsyncSession, announcement: Announcement) -> None:
    """Send nothing more for now; an old button changes nothing."""
    if announcement.state == AnnouncementState.SCHEDULED:
        await announcements.pause(session, announcement)


async def go_on(session: AsyncSession, announcement: Announcement) -> None:
    """Go on with what was paused, by a person or after several refusals."""
    if announcement.state in (AnnouncementState.PAUSED, AnnouncementState.SCHEDULED):
        await announcements.go_on(session, announcement)


async def cancel(session: AsyncSession, announcement: Announcement) -> None:
    """End an announcement. Of an event only its invitation ends: what people were promised with it goes on.

    They rely on reminders and corrections; whoever wants to end these cancels the event.
    """
    if is_about_event(announcement) and await event_sendings.has_begun(session, announcement.id):
        await event_sendings.stop_inviting(session, announcement.id)
    else:
        await announcements.cancel(session, announcement)


def is_about_event(announcement: Announcement) -> bool:
    """Whether it invites to an event."""
    return (announcement.subject or "").startswith(f"{events.KIND}:")


DOERS = {"pause": pause, "resume": go_on, "cancel": cancel, "drop": drop}
