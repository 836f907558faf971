"""The weekly digest: who has something waiting for it, what of that goes into which, and what it tells a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import (
    Announcement,
    AnnouncementState,
    Delivery,
    DeliveryState,
    LatePolicy,
    Occurrence,
    Subscriber,
)
from storage.occurrences import Audience

KIND, SUMMARY = "digest", "summary"
UPDATE_IDS = {KIND: -1, SUMMARY: -2}
"""In the place of an update that has begun it: there is one of each, and Telegram's numbers are positive."""
NOBODY = 0
"""Who has written it."""


class Item(NamedTuple):
    """One sending that a digest tells of."""

    occurrence: Occurrence
    announcement: Announcement


async def begin(
    session: AsyncSession, kind: str, *, first_at: str, texts: dict[str, dict[str, str]], zone: str, now: datetime
) -> Announcement:
    """Return an announcement that nobody writes, as the digest; it is made the first time, and follows the settings.

    `first_at`: a local time on its day of the week, at its hour. Late it is still sent.
    """
    follows: dict[str, object] = {"first_at": first_at, "texts": texts, "zone": zone}
    row = {
        "update_id": UPDATE_IDS[kind],
        "topic": "",
        "cluster": "*",
        "subject": f"{kind}:0",
        "clusters": 0,
        "steps": 0,
        "answered": [],
        "state": AnnouncementState.SCHEDULED,
        "late_policy": LatePolicy.SEND,
        "created_by": NOBODY,
        "version": 1,
        "updated_at": now,
        **follows,
    }
    made = insert(session, Announcement).values(row)
    await session.execute(made.on_conflict_do_update(index_elements=[Announcement.update_id], set_=follows))
    query = select(Announcement).where(Announcement.update_id == UPDATE_IDS[kind])
    return (await session.scalars(query)).one()


async def is_planned(session: AsyncSession, kind: str, *, after: datetime) -> bool:
    """Whether a sending of one of them is planned for after a time."""
    query = select(Occurrence.id).join(Announcement, Announcement.id == Occurrence.announcement_id)
    query = query.where(Announcement.update_id == UPDATE_IDS[kind], Occurrence.due_at > after)
    return await session.scalar(query.limit(1)) is not None


async def zones(session: AsyncSession, *, since: datetime, now: datetime) -> dict[str, datetime]:
    """Return in which zones something waits, and since when; what began before `since` is no news any more."""
    query = (
        select(Subscriber.zone, func.min(Occurrence.started_at))
        .select_from(Delivery)
        .join(Occurrence, Occurrence.id == Delivery.occurrence_id)
        .join(Announcement, Announcement.id == Occurrence.announcement_id)
        .join(Subscriber, Subscriber.person_id == Delivery.person_id)
        .where(_waits(), _is_news(since, now), _is_reachable())
        .group_by(Subscriber.zone)
    )
    return {zone: began for zone, began in await session.execute(query) if began}


def audience(zones: Collection[str], *, since: datetime, now: datetime) -> Audience:
    """Return who has something waiting, in these zones."""
    has_news = exists().where(
        Delivery.person_id == Subscriber.person_id,
        Delivery.occurrence_id == Occurrence.id,
        Occurrence.announcement_id == Announcement.id,
        _waits(),
        _is_news(since, now),
    )
    planned = literal(str(DeliveryState.PLANNED))
    return select(Subscriber.person_id, Subscriber.language, planned).where(
        Subscriber.zone.in_(zones), _is_reachable(), has_news
    )


async def fill(session: AsyncSession, digest_id: int, *, since: datetime, now: datetime) -> None:
    """Put what waits into a digest, for everybody who gets it; it waits for no other one then."""
    news = select(Occurrence.id).join(Announcement, Announcement.id == Occurrence.announcement_id)
    readers = select(Delivery.person_id).where(Delivery.occurrence_id == digest_id)
    await session.execute(
        update(Delivery)
        .where(
            _waits(),
            Delivery.occurrence_id.in_(news.where(_is_news(since, now))),
            Delivery.person_id.in_(readers.scalar_subquery()),
        )
        .values(digest_id=digest_id)
        .execution_options(synchronize_session=False)
    )


async def items(session: AsyncSession, digest_id: int, person_id: int, *, now: datetime) -> Sequence[Item]:
    """Return what a digest tells a person, in the order in which it came; without what is over or withdrawn."""
    query = (
        select(Occurrence, Announcement)
        .join(Announcement, Announcement.id == Occurrence.announcement_id)
        .join(Delivery, Delivery.occurrence_id == Occurrence.id)
        .where(Delivery.digest_id == digest_id, Delivery.person_id == person_id, _is_current(now))
        .order_by(Occurrence.started_at, Occurrence.id)
    )
    return [Item(occurrence, announcement) for occurrence, announcement in await session.execute(query)]


async def item(session: AsyncSession, digest_id: int, person_id: int, occurrence_id: int) -> Occurrence | None:
    """Return a sending that a digest of a person tells of, also when it is over."""
    query = select(Occurrence).join(Delivery, Delivery.occurrence_id == Occurrence.id)
    theirs = (Delivery.digest_id == digest_id, Delivery.person_id == person_id, Occurrence.id == occurrence_id)
    return (await session.scalars(query.where(*theirs))).first()


def _waits() -> ColumnElement[bool]:
    # As the partial index says it, letter for letter: with a parameter in its place it would not be used.
    weekly = literal(str(DeliveryState.WEEKLY), literal_execute=True)
    return and_(Delivery.state == weekly, Delivery.digest_id.is_(None))


def _is_news(since: datetime, now: datetime) -> ColumnElement[bool]:
    return and_(Occurrence.started_at > since, _is_current(now))


def _is_current(now: datetime) -> ColumnElement[bool]:
    in_time = or_(Occurrence.expires_at.is_(None), Occurrence.expires_at > now)
    return and_(in_time, Announcement.state != AnnouncementState.CANCELLED)


def _is_reachable() -> ColumnElement[bool]:
    return and_(Subscriber.blocked_at.is_(None), Subscriber.topics != 0)


async def ends(_session: AsyncSession, _number: int) -> datetime | None:
    """A digest is never too late."""
    return None


async def still_meant(
    _session: AsyncSession, _number: int, _occurrence: Occurrence, people: Collection[int], _wanting: Collection[int]
) -> Collection[int]:
    """What a person still wants of it is looked up when it is written."""
    return people
