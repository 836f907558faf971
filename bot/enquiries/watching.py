"""What time does to enquiries: reminders, escalation, release, warning, closing, and what waits for a staff chat."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import Role
from bot.enquiries import planning
from bot.enquiries.acting import close
from bot.enquiries.hours import OfficeHours
from bot.enquiries.overdue import Due, due
from bot.enquiries.service_terms import Service
from bot.enquiries.terms import Terms
from storage import enquiries, staff, watching
from storage.models import Enquiry, Outcome
from storage.watching import Parked

AT_ONCE = 100
"""Enquiries that one look takes; the next one is a minute later."""
NAMED = 20
"""Numbers that one message names."""


class Overdue(NamedTuple):
    """What is to be attended to."""

    enquiries: list[int]
    parked: list[Parked]


async def overdue(session: AsyncSession, service: Service, *, now: datetime) -> Overdue | None:
    """Return what is due, oldest first; None: nothing is, so that nothing needs to be written."""
    found = await enquiries.unclosed(session)
    due_now = [enquiry.id for enquiry in found if _due(enquiry, service, now)][:AT_ONCE]
    parked = [one for one in await watching.parked(session) if _is_to_be_told(one, service, now)]
    return Overdue(due_now, parked) if due_now or parked else None


async def attend(
    session: AsyncSession, found: Overdue, service: Service, owners: Collection[int], *, now: datetime
) -> None:
    """Do what is due, as the enquiries are now, and plan what is told."""
    escalated: dict[str, list[Enquiry]] = {}
    for number in found.enquiries:
        enquiry = await enquiries.by_id(session, number, lock=True)
        if enquiry is None:
            continue
        terms = service.terms(enquiry.cluster)
        for one in _due(enquiry, service, now):
            if one is Due.ESCALATE:
                escalated.setdefault(enquiry.cluster, []).append(enquiry)
            else:
                await _do(session, enquiry, one, terms, now=now)
    for cluster, late in escalated.items():
        await _escalate(session, cluster, late, service.terms(cluster), owners, now=now)
    for parked in found.parked:
        await _tell_of_parked(session, parked, service.hours(parked.cluster), owners, now=now)


def _is_to_be_told(parked: Parked, service: Service, now: datetime) -> bool:
    """In office hours, from the second day on: on the first, they were told of each enquiry."""
    hours = service.hours(parked.cluster)
    return hours.is_open(now) and hours.day(parked.since) < hours.day(now)


def _due(enquiry: Enquiry, service: Service, now: datetime) -> list[Due]:
    return due(enquiry, service.terms(enquiry.cluster), service.hours(enquiry.cluster), now)


async def _do(session: AsyncSession, enquiry: Enquiry, what: Due, terms: Terms, *, now: datetime) -> None:
    key = f"{enquiry.id}:{int(now.timestamp())}"
    if what is Due.RELEASE:
        enquiry.held_until = None
        await planning.tell_person(session, enquiry, "timed_out.html", key=key, now=now)
        await planning.cards(session, enquiry, now=now)
    elif what is Due.WARN:
        enquiry.warned_at = now
        days = terms.close_after.days
        await planning.tell_person(session, enquiry, "warned.html", key=key, now=now, buttons="opened", days=days)
    elif what is Due.CLOSE:
        await close(session, enquiry, None, enquiry.cluster, Outcome.NO_ANSWER, now=now)
    else:
        await _remind(session, enquiry, what, terms, now=now)


async def _remind(session: AsyncSession, enquiry: Enquiry, what: Due, terms: Terms, *, now: datetime) -> None:
    """Tell the staff chat; while the card is not there yet, what comes with it says enough."""
    enquiry.reminded_at = now
    place = await enquiries.place(session, enquiry.id, enquiry.cluster)
    if place is None or place.card_message_id is None:
        return
    key = f"{enquiry.id}:{int(now.timestamp())}"
    cluster = enquiry.cluster
    if what is Due.REMIND:
        taken_by = enquiry.claimed_name
        buttons = "" if taken_by else "untaken"
        await planning.tell_staff(
            session, enquiry, cluster, "reminder.html", key=key, now=now, buttons=buttons, taken_by=taken_by
        )
    else:
        days = terms.warn_after.days
        await planning.tell_staff(session, enquiry, cluster, "quiet.html", key=key, now=now, buttons="quiet", days=days)


async def _escalate(
    session: AsyncSession,
    cluster: str,
    late: Sequence[Enquiry],
    terms: Terms,
    owners: Collection[int],
    *,
    now: datetime,
) -> None:
    """Tell it in one message, however many they are."""
    for enquiry in late:
        enquiry.escalated_at = now
    await planning.tell_people(
        session,
        late[0],
        sorted({*await _administrators(session, cluster), *owners}),
        "escalation.html",
        key=f"{late[0].id}:{int(now.timestamp())}",
        now=now,
        cluster=cluster,
        numbers=[enquiry.number for enquiry in late[:NAMED]],
        more=len(late[NAMED:]),
        hours=int(terms.escalate_after.total_seconds() // 3600),
    )


async def _tell_of_parked(
    session: AsyncSession, parked: Parked, hours: OfficeHours, owners: Collection[int], *, now: datetime
) -> None:
    """Plan one line a day to the administrators of the cluster, or else to the owners; its key keeps it one."""
    enquiry = await enquiries.by_id(session, parked.oldest)
    assert enquiry  # noqa: S101  rows of the outbox refer to it
    people = await _administrators(session, parked.cluster) or sorted(owners)
    key = f"{parked.cluster}:{hours.day(now).isoformat()}"
    await planning.tell_people(
        session, enquiry, people, "parked.html", key=key, now=now, cluster=parked.cluster, count=parked.enquiries
    )


async def _administrators(session: AsyncSession, cluster: str) -> Sequence[int]:
    return await staff.with_role(session, cluster, [Role.ADMIN])
