"""Seats and the waiting list on both databases, also when everybody presses at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.events import replying
from bot.events.errors import NotYet
from bot.events.replying import Replier
from storage import attendances
from storage.database import Database
from storage.models import Attendance, AttendanceState, Event, Occurrence, Purpose
from tests.bot.events.conftest import BEGIN, NOW, announced

MANY = 24
SEATS = 5


async def reply(database: Database, event: Event, person: int, answer: str = "yes") -> str:
    async with database.begin() as session:
        who = Replier(person, f"P{person}", "de")
        return (await replying.reply(session, event.id, who, answer, now=NOW)).state


async def all_of(database: Database, event: Event) -> list[Attendance]:
    async with database.read() as session:
        return list(await attendances.listed(session, event.id))


async def told(database: Database, purpose: Purpose) -> list[Occurrence]:
    async with database.read() as session:
        query = select(Occurrence).where(Occurrence.purpose == purpose).order_by(Occurrence.due_at)
        return list((await session.scalars(query)).all())


async def test_the_last_seat_is_given_once_and_the_others_wait_in_their_order(database: Database) -> None:
    event = await announced(database, seats=SEATS)
    await asyncio.gather(*(reply(database, event, person) for person in range(1, MANY + 1)))
    found = await all_of(database, event)
    assert [one.place for one in found] == list(range(1, MANY + 1))
    assert [one.state for one in found] == ["yes"] * SEATS + ["waiting"] * (MANY - SEATS)


async def test_who_cancels_at_once_makes_room_for_as_many_each_once(database: Database) -> None:
    event = await announced(database, seats=SEATS)
    for person in range(1, 2 * SEATS + 1):
        await reply(database, event, person)
    await asyncio.gather(*(reply(database, event, person, "no") for person in range(1, SEATS + 1)))
    found = await all_of(database, event)
    assert Counter(one.state for one in found) == {"yes": SEATS, "no": SEATS}
    planned = await told(database, Purpose.MOVED_UP)
    moved = {one.moved_up_at for one in found if one.state == AttendanceState.COMING}
    assert {one.due_at for one in planned} == moved
    assert len(moved) == SEATS


async def test_the_same_tap_many_times_at_once_is_one_reply(database: Database) -> None:
    event = await announced(database, seats=1)
    assert set(await asyncio.gather(*(reply(database, event, 1) for _ in range(8)))) == {"yes"}
    [one] = await all_of(database, event)
    assert one.place == 1


async def test_a_seat_that_became_free_without_a_reply_is_for_who_waits(database: Database) -> None:
    event = await announced(database, seats=1)
    for person in (1, 2):
        await reply(database, event, person)
    async with database.begin() as session:
        await session.delete(await session.get_one(Attendance, (event.id, 1)))
    assert await reply(database, event, 3) == "waiting"
    assert [(one.person_id, one.state) for one in await all_of(database, event)] == [(2, "yes"), (3, "waiting")]


async def test_a_reminder_is_planned_once_however_many_want_it(database: Database) -> None:
    event = await announced(database)
    for update, person in enumerate((1, 2, 1, 1)):
        await reply(database, event, person)
        async with database.begin() as session:
            await replying.switch_reminder(session, event.id, person, 60, update_id=update, now=NOW)
    [one] = await told(database, Purpose.REMINDER)
    assert (one.due_at, one.expires_at, one.minutes_before) == (BEGIN - timedelta(hours=1), BEGIN, 60)


async def test_an_update_that_is_handled_twice_switches_a_reminder_once(database: Database) -> None:
    event = await announced(database)
    await reply(database, event, 1)
    for _ in "ab":
        async with database.begin() as session:
            own = await replying.switch_reminder(session, event.id, 1, 60, update_id=7, now=NOW)
    assert own.reminders == attendances.REMINDERS[60]


@pytest.mark.parametrize(("hours", "offered"), [(0, [10080, 1440, 60]), (24 * 3, [1440, 60]), (24 * 9 - 1, [])])
async def test_only_reminders_to_come_are_offered(hours: int, offered: list[int]) -> None:
    assert replying.offers(Event(begins_at=BEGIN), now=NOW + timedelta(hours=hours)) == offered


async def test_before_the_invitation_nobody_can_reply(database: Database) -> None:
    event = await announced(database)
    async with database.begin() as session:
        for one in (await session.scalars(select(Occurrence))).all():
            one.started_at = None
    with pytest.raises(NotYet):
        await reply(database, event, 1)
