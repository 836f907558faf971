"""From an idea to an announcement that can go out: what is asked for next, and by whom it is filled."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.errors import Changed, NoSuchAnnouncement, NotADraft
from storage import announcements, events
from storage.models import Announcement, AnnouncementState


class Field(StrEnum):
    """What a draft asks for, in this order."""

    TOPIC = "topic"
    CLUSTER = "cluster"
    GERMAN = "de"
    ENGLISH = "en"
    AUDIENCE = "audience"
    WHEN = "when"
    LATE = "late"
    OVERVIEW = "overview"
    REASON = "reason"
    """Why a second person does not agree; asked of that person."""


WRITTEN = frozenset({Field.GERMAN, Field.ENGLISH, Field.WHEN, Field.REASON})
"""What is typed; the others are chosen with buttons."""

AS_IS = "+"
"""Behind a field that is asked for: a message is used as it is."""


async def of(session: AsyncSession, announcement_id: int) -> Announcement:
    """Return an announcement; raises NoSuchAnnouncement."""
    found = await announcements.by_id(session, announcement_id)
    if found is None:
        raise NoSuchAnnouncement
    return found


def check_draft(announcement: Announcement) -> None:
    """Go on only with a draft; raises NotADraft."""
    if announcement.state != AnnouncementState.DRAFT:
        raise NotADraft


def next_field(announcement: Announcement) -> Field:
    """Return what is missing, else the overview."""
    order = [field for field in Field if field not in (Field.OVERVIEW, Field.REASON)]
    return next((field for field in order if field not in announcement.answered), Field.OVERVIEW)


def state_of(announcement: Announcement, *, is_open: bool) -> str:
    """Return the state as people call it: what is scheduled and has no open sending any more is done.

    It can still be sent again, and what it is about can still be corrected; so this is not kept.
    """
    is_done = announcement.state == AnnouncementState.SCHEDULED and not is_open
    return AnnouncementState.DONE if is_done else announcement.state


async def ask(
    session: AsyncSession, announcement: Announcement, field: Field, person_id: int, *, update_id: int
) -> None:
    """Ask a person for a field, and for nothing else; the overview asks for nothing."""
    await announcements.stop_asking(session, person_id)
    await events.stop_asking(session, person_id)
    announcement.touched_by = update_id
    if field in WRITTEN:
        announcement.asks, announcement.asked_of = field, person_id
    else:
        announcement.asks = announcement.asked_of = None
    await session.flush()


def asked(announcement: Announcement) -> tuple[Field, bool]:
    """Return the field that is asked for, and whether what is written next is used as it is."""
    asks = announcement.asks or ""
    return Field(asks.removesuffix(AS_IS)), asks.endswith(AS_IS)


def answer(announcement: Announcement, field: Field, *, now: datetime) -> None:
    """Note that a field is filled; whoever has seen an older version can no longer schedule it."""
    announcement.answered = [*(known for known in announcement.answered if known != field), str(field)]
    announcement.version += 1
    announcement.updated_at = now


def check_version(announcement: Announcement, version: int) -> None:
    """Go on only with what was shown; raises Changed."""
    if announcement.version != version:
        raise Changed
