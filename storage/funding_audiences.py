"""Whom the sendings of a funding call are for, when they are frozen and when they leave."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.models import Delivery, DeliveryState, FundingCall, FundingWish, Occurrence, Purpose, Subscriber
from storage.occurrences import Audience


async def ends(session: AsyncSession, call_id: int) -> datetime | None:
    """After the cut-off nothing of a call is sent."""
    return await session.scalar(select(FundingCall.closes_at).where(FundingCall.id == call_id))


def audience(call_id: int, occurrence: Occurrence, subscribed: Audience) -> Audience:
    """Return who is told of a call; a reminder is for who got it and has not declined, and for who asked for it.

    Who asked gets it at once; others who want a digest find it there.
    """
    if occurrence.purpose != Purpose.REMINDER:
        return subscribed
    reached = subscribed.where(_wish(call_id).is_(None), _got(occurrence.announcement_id))
    asked = select(Subscriber.person_id, Subscriber.language, literal(str(DeliveryState.PLANNED))).where(
        Subscriber.blocked_at.is_(None), _wish(call_id).is_(True)
    )
    both = union_all(reached, asked).subquery()
    return select(*both.c)


async def still_meant(
    session: AsyncSession, call_id: int, occurrence: Occurrence, people: Collection[int], wanting: Collection[int]
) -> Collection[int]:
    """Who declined gets nothing more of a call; who asked for reminders gets them, subscribed or not."""
    query = select(FundingWish.person_id, FundingWish.wanted)
    query = query.where(FundingWish.call_id == call_id, FundingWish.person_id.in_(people))
    said = {person: wanted for person, wanted in await session.execute(query)}  # noqa: C416  a Result is not yet a dict
    asked = {person for person, wanted in said.items() if wanted and occurrence.purpose == Purpose.REMINDER}
    return asked | {person for person in wanting if said.get(person, True)}


def _wish(call_id: int) -> ColumnElement[bool | None]:
    return (
        select(FundingWish.wanted)
        .where(FundingWish.call_id == call_id, FundingWish.person_id == Subscriber.person_id)
        .scalar_subquery()
    )


def _got(announcement_id: int) -> ColumnElement[bool]:
    """Whether a subscriber has got a call: by itself, or in a digest."""
    digest = aliased(Delivery)
    in_digest = exists().where(
        digest.occurrence_id == Delivery.digest_id,
        digest.person_id == Delivery.person_id,
        digest.state == DeliveryState.SENT,
    )
    return exists().where(
        Delivery.person_id == Subscriber.person_id,
        Delivery.occurrence_id == Occurrence.id,
        Occurrence.announcement_id == announcement_id,
        Occurrence.purpose == Purpose.MAIN,
        or_(Delivery.state == DeliveryState.SENT, and_(Delivery.state == DeliveryState.WEEKLY, in_digest)),
    )
