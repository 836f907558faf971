"""Funding calls: their facts, which are open, who wants to be reminded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import (
    Announcement,
    AnnouncementState,
    FundingCall,
    FundingWish,
    Occurrence,
    OccurrenceState,
    Purpose,
)

KIND = "call"
FACTS = ("programme", "opens_on", "closes_at", "zone", "who", "steps", "regions", "amount", "link", "answered")


def subject(call_id: int) -> str:
    """Return how an announcement names a call."""
    return f"{KIND}:{call_id}"


def number_in(named: str | None) -> int | None:
    """Return the call that an announcement names; None: it is about something else."""
    kind, _, number = (named or "").partition(":")
    return int(number) if kind == KIND else None


async def begin(session: AsyncSession, announcement: Announcement, *, now: datetime) -> FundingCall:
    """Return the call that an announcement tells of; an empty one the first time."""
    row = {
        "announcement_id": announcement.id,
        "programme": "",
        "zone": announcement.zone,
        "who": 0,
        "steps": 0,
        "regions": [],
        "amount": {},
        "answered": [],
        "updated_at": now,
    }
    await session.execute(insert(session, FundingCall).values(row).on_conflict_do_nothing())
    query = select(FundingCall).where(FundingCall.announcement_id == announcement.id)
    call = (await session.scalars(query)).one()
    announcement.subject = subject(call.id)
    return call


async def copy(session: AsyncSession, original: FundingCall, announcement: Announcement, *, now: datetime) -> None:
    """Give another announcement a call with the same facts."""
    made = await begin(session, announcement, now=now)
    for name in FACTS:
        setattr(made, name, getattr(original, name))
    await session.flush()


async def by_id(session: AsyncSession, call_id: int) -> FundingCall | None:
    """Return a call."""
    return await session.get(FundingCall, call_id)


async def told(session: AsyncSession, call_id: int) -> tuple[FundingCall, Announcement] | None:
    """Return a call that has been sent and not been withdrawn, with what tells of it."""
    query = select(FundingCall, Announcement).join(Announcement, Announcement.id == FundingCall.announcement_id)
    found = (await session.execute(query.where(FundingCall.id == call_id, _is_told()))).first()
    return (found[0], found[1]) if found else None


async def open_calls(
    session: AsyncSession, *, cluster: str | None = None, step: int = 0, now: datetime
) -> Sequence[tuple[FundingCall, Announcement]]:
    """Return the open calls of a cluster (None: all) for a step (a bit; 0: all), what closes first before the rest."""
    query = select(FundingCall, Announcement).join(Announcement, Announcement.id == FundingCall.announcement_id)
    query = query.where(_is_told(), or_(FundingCall.closes_at.is_(None), FundingCall.closes_at > now))
    if cluster is not None:
        query = query.where(Announcement.cluster.in_((cluster, "*")))
    if step:
        query = query.where(or_(FundingCall.steps == 0, FundingCall.steps.bitwise_and(step) != 0))
    order = (FundingCall.closes_at.is_(None), FundingCall.closes_at, FundingCall.id)
    return [(call, announcement) for call, announcement in await session.execute(query.order_by(*order))]


def _is_told() -> ColumnElement[bool]:
    """Whether a call has gone out; one whose announcement was cancelled is withdrawn."""
    has_begun = exists().where(
        Occurrence.announcement_id == Announcement.id,
        Occurrence.purpose == Purpose.MAIN,
        Occurrence.started_at.is_not(None),
    )
    return and_(has_begun, Announcement.state != AnnouncementState.CANCELLED)


async def wish(session: AsyncSession, call_id: int, person_id: int, *, wanted: bool, now: datetime) -> None:
    """Keep whether a person wants to be reminded of a call; the last word counts."""
    row = insert(session, FundingWish).values(call_id=call_id, person_id=person_id, wanted=wanted, at=now)
    keys = [FundingWish.call_id, FundingWish.person_id]
    await session.execute(row.on_conflict_do_update(index_elements=keys, set_={"wanted": wanted, "at": now}))


async def wish_of(session: AsyncSession, call_id: int, person_id: int) -> bool | None:
    """Return whether a person wants to be reminded of a call; None: they have not said."""
    return await session.scalar(
        select(FundingWish.wanted).where(FundingWish.call_id == call_id, FundingWish.person_id == person_id)
    )


async def end_wishes(session: AsyncSession, person_id: int, *, now: datetime) -> None:
    """Let a person be reminded of nothing that they had asked for."""
    asked = (FundingWish.person_id == person_id, FundingWish.wanted.is_(True))
    await session.execute(update(FundingWish).where(*asked).values(wanted=False, at=now))


async def end_at(session: AsyncSession, announcement_id: int, closes_at: datetime | None) -> None:
    """Let nothing more of a call leave from a cut-off on, nor be told in a digest."""
    theirs = update(Occurrence).where(Occurrence.announcement_id == announcement_id)
    await session.execute(theirs.values(expires_at=closes_at))


async def drop_reminders(session: AsyncSession, announcement_id: int) -> None:
    """Forget the reminders that have not begun."""
    await session.execute(
        delete(Occurrence).where(
            Occurrence.announcement_id == announcement_id,
            Occurrence.purpose == Purpose.REMINDER,
            Occurrence.state == OccurrenceState.PLANNED,
        )
    )
