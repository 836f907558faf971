"""What begins now: the audience is frozen, or what is late is skipped or held, and the next time is planned."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import digest, ladder
from bot.announcements.recurrence import Recurrence
from bot.announcements.selection import TOPICS, audience_clusters, bits
from storage import funding, occurrences, subjects
from storage.models import Announcement, AnnouncementState, LatePolicy, Occurrence, OccurrenceState, Purpose

LATE_AFTER = timedelta(minutes=15)
"""A sending that begins later than this is late: the announcement says what to do."""


def recurrence_of(announcement: Announcement) -> Recurrence:
    """Return when an announcement goes out; raises BadRule, and ValueError for one without a first time."""
    if announcement.first_at is None:
        raise ValueError("not scheduled")
    return Recurrence(datetime.fromisoformat(announcement.first_at), ZoneInfo(announcement.zone), announcement.rule)


async def schedule(session: AsyncSession, announcement: Announcement, *, now: datetime) -> None:
    """Plan the next sending of an announcement; one whose only time has passed goes at once, as late as it is."""
    announcement.state = AnnouncementState.SCHEDULED
    await _plan_next(session, announcement, after=now - LATE_AFTER)


async def start_due(session: AsyncSession, *, fence: int, now: datetime) -> list[Occurrence]:
    """Begin what is due by the process with the fencing number; return what was begun or held."""
    begun = []
    for occurrence, announcement in await occurrences.due(session, now=now):
        if occurrence.purpose == Purpose.MAIN:
            await _plan_next(session, announcement, after=occurrence.due_at)
        state = _state(occurrence, announcement, now)
        if state == OccurrenceState.RUNNING:
            await _freeze(session, occurrence, announcement, fence, now)
        occurrence.state = state
        if state != OccurrenceState.SKIPPED:
            begun.append(occurrence)
    return begun


async def hold_all(session: AsyncSession, *, now: datetime) -> list[Occurrence]:
    """Let what is under way, or due and not to be skipped, wait for an administrator; return it."""
    held = list(await occurrences.running(session))
    for occurrence in held:
        await occurrences.set_unknown(session, occurrence.id)
        occurrence.state = OccurrenceState.HELD
    while found := await occurrences.due(session, now=now):
        for occurrence, announcement in found:
            if occurrence.purpose == Purpose.MAIN:
                await _plan_next(session, announcement, after=occurrence.due_at)
            is_skipped = _state(occurrence, announcement, now) == OccurrenceState.SKIPPED
            occurrence.state = OccurrenceState.SKIPPED if is_skipped else OccurrenceState.HELD
            held += [] if is_skipped else [occurrence]
        await session.flush()
    return held


async def _freeze(
    session: AsyncSession, occurrence: Occurrence, announcement: Announcement, fence: int, now: datetime
) -> None:
    if occurrence.purpose == Purpose.DIGEST:
        await digest.freeze(session, occurrence, announcement, fence=fence, now=now)
        return
    clusters = audience_clusters(announcement.cluster, announcement.clusters)
    topic = bits([announcement.topic], TOPICS) if announcement.topic else 0
    subscribed = occurrences.meant(topic, clusters, announcement.steps)
    audience = subjects.audience(occurrence, announcement, subscribed)
    await occurrences.freeze(session, occurrence, announcement, audience, fence=fence, now=now)
    call = funding.number_in(announcement.subject)
    if occurrence.purpose == Purpose.MAIN and call is not None:
        await ladder.plan_reminders(session, call, now=now)


def _state(occurrence: Occurrence, announcement: Announcement, now: datetime) -> OccurrenceState:
    if occurrence.expires_at is not None and occurrence.expires_at <= now:
        return OccurrenceState.SKIPPED
    if now - occurrence.due_at <= LATE_AFTER:
        return OccurrenceState.RUNNING
    if occurrence.purpose != Purpose.MAIN:
        # What follows an announcement is of use until it expires; of several late reminders of a call the last one is.
        return OccurrenceState.SKIPPED if ladder.is_outdated(occurrence, announcement, now) else OccurrenceState.RUNNING
    later = recurrence_of(announcement).next(occurrence.due_at, 1) if announcement.rule else []
    if later and later[0].at <= now:
        # Of several times that have passed only the last one counts: nobody wants four letters at once.
        return OccurrenceState.SKIPPED
    policies = {LatePolicy.SEND: OccurrenceState.RUNNING, LatePolicy.SKIP: OccurrenceState.SKIPPED}
    return policies.get(LatePolicy(announcement.late_policy), OccurrenceState.HELD)


async def _plan_next(session: AsyncSession, announcement: Announcement, *, after: datetime) -> None:
    ends = await subjects.ends(session, announcement)
    for due in recurrence_of(announcement).next(after, 1):
        await occurrences.plan(session, announcement.id, due.at, expires_at=ends)
