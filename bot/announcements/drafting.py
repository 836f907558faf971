"""From an idea to an announcement that can go out: what is asked for next, what fills it, who must agree."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.errors import (
    BadRule,
    Changed,
    NoSuchAnnouncement,
    NotADraft,
    TextTooLong,
    TimePassed,
    TooLate,
)
from bot.announcements.recurrence import Due, Recurrence
from bot.announcements.starting import recurrence_of, schedule
from bot.announcements.when import read_when
from storage import announcements, events, subjects
from storage.models import Announcement, AnnouncementState, LatePolicy

TOGETHER = "*"
LONGEST_TITLE, LONGEST_TEXT = 200, 3500
"""Characters as they are read; with the lines that we add it stays one message (Bot API: 4,096)."""
LONGEST_RULE = 200
RULES = {"once": None, "weekly": "FREQ=WEEKLY", "biweekly": "FREQ=WEEKLY;INTERVAL=2"}
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")


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


def answer(announcement: Announcement, field: Field, *, now: datetime) -> None:
    """Note that a field is filled; whoever has seen an older version can no longer schedule it."""
    announcement.answered = [*(known for known in announcement.answered if known != field), str(field)]
    announcement.version += 1
    announcement.updated_at = now


def fill_text(announcement: Announcement, language: str, written: str) -> None:
    """Keep a text (Telegram HTML): its first line is the title. Raises TextTooLong."""
    title, body = split_title(written)
    if len(title) > LONGEST_TITLE or len(plain(body)) > LONGEST_TEXT:
        raise TextTooLong(title=LONGEST_TITLE, text=LONGEST_TEXT)
    announcement.texts = {**announcement.texts, language: {"title": title, "body": body}}


def leave_out(announcement: Announcement, language: str) -> None:
    """Leave a language out; its readers get the other one, with a line that says so."""
    announcement.texts = {known: text for known, text in announcement.texts.items() if known != language}


def fill_when(announcement: Announcement, written: str, *, now: datetime) -> None:
    """Keep a written time; with a new time it is sent once until a rule is chosen. Raises what read_when raises."""
    found = read_when(written, ZoneInfo(announcement.zone), now=now)
    announcement.first_at = found.local.isoformat() if found else None
    announcement.rule = None


def choose_rule(announcement: Announcement, name: str) -> None:
    """Keep how often it is sent: once, weekly, biweekly, or monthly on the weekday and its place of the first time."""
    if announcement.first_at is None:
        return
    first = datetime.fromisoformat(announcement.first_at)
    monthly = f"FREQ=MONTHLY;BYDAY=+{place_in_month(first)}{DAY_CODES[first.weekday()]}"
    announcement.rule = RULES.get(name, monthly)


def is_rule(written: str) -> bool:
    """Whether somebody writes a rule as calendars do, and not a time."""
    return written.strip().upper().removeprefix("RRULE:").startswith("FREQ=")


def fill_rule(announcement: Announcement, written: str, *, now: datetime) -> None:
    """Keep a written rule (RFC 5545) beside the first time. Raises BadRule, also for one that never comes again."""
    rule = written.strip().upper().removeprefix("RRULE:")
    if announcement.first_at is None or len(rule) > LONGEST_RULE:
        raise BadRule
    first = datetime.fromisoformat(announcement.first_at)
    if not Recurrence(first, ZoneInfo(announcement.zone), rule).next(now, 1):
        raise BadRule
    announcement.rule = rule


def place_in_month(first: datetime) -> int:
    """Return the how manieth of its weekday a day is in its month, at most the fourth: a fifth is not in each month."""
    return min((first.day - 1) // 7 + 1, 4)


def times(announcement: Announcement, *, now: datetime, count: int = 3) -> list[Due]:
    """Return the next times; none for what goes out at once."""
    return recurrence_of(announcement).next(now, count) if announcement.first_at else []


def check_version(announcement: Announcement, version: int) -> None:
    """Go on only with what was shown; raises Changed."""
    if announcement.version != version:
        raise Changed


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


def choose_late(announcement: Announcement, policy: str) -> None:
    """Keep what is to be done when its time has passed."""
    announcement.late_policy = LatePolicy(policy)


def split_title(written: str) -> tuple[str, str]:
    """Return the first line as plain text, and the rest as Telegram HTML with its tags closed and opened again."""
    first, _, rest = written.strip().partition("\n")
    opened: list[tuple[str, str]] = []
    for found in TAG.finditer(first):
        if not found[1]:
            opened.append((found[2], found[0]))
        elif opened:
            opened.pop()
    body = "".join(tag for _, tag in opened) + rest.lstrip("\n")
    return plain(first).strip(), body if plain(body).strip() else ""


def plain(written: str) -> str:
    """Return Telegram HTML as it is read, without its formatting."""
    return html.unescape(TAG.sub("", written))
