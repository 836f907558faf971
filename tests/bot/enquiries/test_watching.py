"""What time does to enquiries, on each kind of database: once, and by the record as it is when it is done."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.enquiries import Actor, Said, from_firm, from_staff, wait
from bot.enquiries.service_terms import load_service
from bot.enquiries.watching import AT_ONCE, NAMED, attend, overdue
from storage import enquiries, outbox
from storage.database import Database
from storage.models import Enquiry, EnquiryState, OutboxMessage
from tests.bot.enquiries.conftest import FIRM, NOW, Opened

SERVICE = load_service()
AGENT = Actor(501, "Agent (Beispiel)", 90)
OWNERS = (7,)
GROUP = -1005
WEEK = timedelta(days=7)


async def look(database: Database, now: datetime) -> list[str]:
    """Let the minute strike; return the templates that it planned."""
    async with database.read() as session:
        before = set(await session.scalars(select(OutboxMessage.key)))
        found = await overdue(session, SERVICE, now=now)
    if found:
        async with database.begin() as session:
            await attend(session, found, SERVICE, OWNERS, now=now)
    async with database.read() as session:
        rows = (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all()
    return [row.values["template"] for row in rows if row.key not in before and row.kind == "notice"]


async def show_card(database: Database, enquiry: Enquiry) -> None:
    async with database.begin() as session:
        place = await enquiries.place(session, enquiry.id, enquiry.cluster)
        assert place
        place.chat_id, place.card_message_id = GROUP, enquiry.id


async def firm_says(database: Database, enquiry: Enquiry, message_id: int, now: datetime) -> None:
    async with database.begin() as session:
        found = await enquiries.by_id(session, enquiry.id, lock=True)
        assert found
        said = Said(FIRM, message_id, FIRM, text="Noch etwas.")
        await from_firm(session, found, said, SERVICE.terms(found.cluster), now=now)


async def staff_says(database: Database, enquiry: Enquiry, message_id: int, now: datetime) -> None:
    async with database.begin() as session:
        found = await enquiries.by_id(session, enquiry.id, lock=True)
        assert found
        said, terms = Said(GROUP, message_id, AGENT.user_id, text="Ja."), SERVICE.terms(found.cluster)
        await from_staff(session, found, said, AGENT, found.cluster, terms=terms, now=now)


async def test_nothing_is_due_at_once(database: Database, opened: Opened) -> None:
    await opened()
    async with database.read() as session:
        assert await overdue(session, SERVICE, now=NOW) is None


async def test_a_silence_is_reported_once_and_a_new_one_again(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await show_card(database, enquiry)
    both = ["staff/reminder.html", "staff/escalation.html"]
    assert await look(database, NOW + WEEK) == both
    assert await look(database, NOW + WEEK) == []
    await staff_says(database, enquiry, 1, NOW + WEEK)
    await firm_says(database, enquiry, 2, NOW + WEEK + timedelta(minutes=1))
    assert "staff/reminder.html" not in await look(database, NOW + WEEK + timedelta(hours=1))
    assert [one for one in await look(database, NOW + 2 * WEEK) if one in both] == both


async def test_a_firm_that_writes_again_has_waited_since_its_first_word(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await show_card(database, enquiry)
    await firm_says(database, enquiry, 1, NOW + timedelta(hours=3))
    assert await look(database, NOW + timedelta(hours=4)) == ["staff/reminder.html"]
    await firm_says(database, enquiry, 2, NOW + timedelta(hours=5))
    assert await look(database, NOW + timedelta(days=1)) == []


async def test_no_reminder_is_kept_for_a_group_that_has_no_card_yet(database: Database, opened: Opened) -> None:
    await opened()
    assert await look(database, NOW + timedelta(hours=4)) == []
    assert await look(database, NOW + WEEK) == ["staff/escalation.html"]


async def test_what_was_done_since_the_look_is_seen(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    await show_card(database, enquiry)
    now = NOW + timedelta(hours=4)
    async with database.read() as session:
        found = await overdue(session, SERVICE, now=now)
    assert found
    await staff_says(database, enquiry, 1, now)
    async with database.begin() as session:
        await attend(session, found, SERVICE, OWNERS, now=now)
        kept = await enquiries.by_id(session, enquiry.id)
        assert kept
        assert kept.reminded_at is None


async def test_many_that_are_late_are_one_message(database: Database, opened: Opened) -> None:
    for update_id in range(1, NAMED + 4):
        await opened(update_id=update_id, person=FIRM + update_id)
    assert await look(database, NOW + WEEK) == ["staff/escalation.html"]
    async with database.read() as session:
        row = (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1))).one()
    assert (len(row.values["given"]["numbers"]), row.values["given"]["more"]) == (NAMED, 3)
    assert AT_ONCE > NAMED


async def test_a_word_of_the_staff_begins_the_waiting_anew(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    async with database.begin() as session:
        found = await enquiries.by_id(session, enquiry.id, lock=True)
        assert found
        await wait(session, found, AGENT, found.cluster, now=NOW)
    assert await look(database, NOW + 2 * WEEK) == ["enquiries/warned.html"]
    await staff_says(database, enquiry, 1, NOW + 3 * WEEK - timedelta(hours=1))
    assert await look(database, NOW + 3 * WEEK) == []
    assert "enquiries/warned.html" in await look(database, NOW + 5 * WEEK)
    assert await look(database, NOW + 6 * WEEK) == ["enquiries/closed.html"]


@pytest.mark.parametrize("hours", [0, 26])
async def test_what_is_parked_is_told_from_the_second_day_on(database: Database, opened: Opened, hours: int) -> None:
    await opened()
    async with database.begin() as session:
        for row in await outbox.claim(session, 10, now=NOW):
            if row.cluster:
                await outbox.park(session, row.id)
    told = await look(database, NOW + timedelta(hours=hours))
    assert ("staff/parked.html" in told) is bool(hours)
    assert "staff/parked.html" not in await look(database, NOW + timedelta(hours=hours))


async def test_a_closed_enquiry_is_left_alone(database: Database, opened: Opened) -> None:
    enquiry = await opened()
    async with database.begin() as session:
        found = await enquiries.by_id(session, enquiry.id, lock=True)
        assert found
        found.state = EnquiryState.CLOSED
    assert await look(database, NOW + 9 * WEEK) == []
