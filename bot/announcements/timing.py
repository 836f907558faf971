"""When a draft goes out: a written time, and how often."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.announcements.errors import BadRule
from bot.announcements.recurrence import Due, Recurrence
from bot.announcements.starting import recurrence_of
from bot.announcements.when import read_when
from storage.models import Announcement, LatePolicy

LONGEST_RULE = 200
RULES = {"once": None, "weekly": "FREQ=WEEKLY", "biweekly": "FREQ=WEEKLY;INTERVAL=2"}
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


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


def choose_late(announcement: Announcement, policy: str) -> None:
    """Keep what is to be done when its time has passed."""
    announcement.late_policy = LatePolicy(policy)
