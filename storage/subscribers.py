"""Subscribers and their consents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Consent, Rhythm, Subscriber


async def by_id(session: AsyncSession, person_id: int) -> Subscriber | None:
    """Return a subscriber."""
    return await session.get(Subscriber, person_id)


async def prove(
    session: AsyncSession,
    person_id: int,
    *,
    update_id: int,
    given: bool,
    topic: str,
    version: str,
    text: str,
    now: datetime,
) -> None:
    """Keep a consent or its withdrawal; an update gives it once."""
    row = {
        "update_id": update_id,
        "person_id": person_id,
        "given": given,
        "topic": topic,
        "version": version,
        "text": text,
        "at": now,
    }
    await session.execute(insert(session, Consent).values(row).on_conflict_do_nothing())


async def consents(session: AsyncSession, person_id: int) -> Sequence[Consent]:
    """Return what a person has agreed to and withdrawn, oldest first."""
    return (await session.scalars(select(Consent).where(Consent.person_id == person_id).order_by(Consent.id))).all()


def is_meant(topic: int, clusters: int, steps: int) -> ColumnElement[bool]:
    """Whether a subscriber wants a topic (one bit) of these clusters and steps (bits; 0: all)."""
    wanted = [Subscriber.topics.bitwise_and(topic) != 0, Subscriber.blocked_at.is_(None)]
    for column, bits in ((Subscriber.clusters, clusters), (Subscriber.steps, steps)):
        if bits:
            wanted.append(or_(column == 0, column.bitwise_and(bits) != 0))
    return and_(*wanted)


async def count(session: AsyncSession, topic: int, clusters: int, steps: int) -> int:
    """Count whom an announcement would reach now."""
    query = select(func.count()).select_from(Subscriber).where(is_meant(topic, clusters, steps))
    return (await session.scalars(query)).one()


async def languages(session: AsyncSession, topic: int, clusters: int, steps: int) -> dict[str, int]:
    """Count whom an announcement would reach now, by the language that they read."""
    query = select(Subscriber.language, func.count()).where(is_meant(topic, clusters, steps))
    rows = await session.execute(query.group_by(Subscriber.language))
    return {language: count for language, count in rows}  # noqa: C416  a Result is not yet a dict


async def still_wanting(session: AsyncSession, people: Collection[int], topic: int) -> Sequence[Subscriber]:
    """Return those of `people` who want the topic (a bit) now and have not blocked the bot."""
    query = select(Subscriber).where(Subscriber.person_id.in_(people), is_meant(topic, 0, 0))
    return (await session.scalars(query)).all()


async def among(session: AsyncSession, people: Collection[int]) -> Sequence[Subscriber]:
    """Return those of `people` who have ever subscribed to something."""
    return (await session.scalars(select(Subscriber).where(Subscriber.person_id.in_(people)))).all()


async def block(session: AsyncSession, person_id: int, *, now: datetime) -> None:
    """Note that a person has blocked the bot."""
    await session.execute(
        update(Subscriber)
        .where(Subscriber.person_id == person_id, Subscriber.blocked_at.is_(None))
        .values(blocked_at=now)
    )


async def unblock(session: AsyncSession, person_id: int) -> None:
    """Note that a person can be written to again."""
    await session.execute(update(Subscriber).where(Subscriber.person_id == person_id).values(blocked_at=None))


async def weekly(session: AsyncSession, *, limit: int, after: int = 0) -> Sequence[Subscriber]:
    """Return subscribers of the weekly digest, a page in the order of their ids."""
    query = select(Subscriber).where(
        Subscriber.rhythm == Rhythm.WEEKLY, Subscriber.blocked_at.is_(None), Subscriber.person_id > after
    )
    return (await session.scalars(query.order_by(Subscriber.person_id).limit(limit))).all()
