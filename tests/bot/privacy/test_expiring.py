"""Each kind of data goes when its time is over, and not before; what is counted is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from bot.privacy.expiring import STEPS, expire
from bot.privacy.operator import Operator
from bot.privacy.retention import Retention
from bot.settings import Settings
from storage import audit, drafts, enquiries, plans, tombstones
from storage.database import Database
from storage.models import (
    Announcement,
    Attendance,
    AttendanceState,
    AuditEntry,
    Base,
    ChatMemory,
    Consent,
    Delivery,
    Draft,
    Enquiry,
    Event,
    Occurrence,
    OutboxKind,
    OutboxMessage,
    Tombstone,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
RETENTION = Retention(Settings())


def due(kind: str, hours: int) -> datetime:
    """So many hours before the kind is due."""
    return NOW - timedelta(days=RETENTION.days[kind]) + timedelta(hours=hours)


async def count(database: Database, model: type[Base]) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


def consent(update_id: int, topic: str, at: datetime, *, given: bool = True, person: int = 7) -> Consent:
    return Consent(update_id=update_id, person_id=person, given=given, topic=topic, version="1", text="Ja", at=at)


def test_every_length_is_followed() -> None:
    """`answered` and `withdrawn` go with questions and enquiries, `updates` with the inbox."""
    assert set(RETENTION.days) == set(STEPS) | {"answered", "withdrawn", "updates"}


@pytest.mark.parametrize(("hours", "left"), [(1, 1), (-1, 0)])
async def test_chats_drafts_and_tombstones_go_in_time(database: Database, hours: int, left: int) -> None:
    async with database.begin() as session:
        session.add(ChatMemory(chat_id=7, context={}, updated_at=due("chats", hours)))
        await drafts.begin(session, 7, now=due("drafts", hours))
        await tombstones.put(session, 8, [], now=due("tombstones", hours))
    counts = await expire(database, RETENTION, now=NOW)
    assert [await count(database, model) for model in (ChatMemory, Draft, Tombstone)] == [left] * 3
    assert [counts[kind] for kind in ("chats", "drafts", "tombstones")] == [1 - left] * 3


async def test_the_proof_of_a_consent_stays_while_it_holds_and_some_time_after(database: Database) -> None:
    old, young = due("consents", -1), due("consents", 1)
    async with database.begin() as session:
        holds = consent(1, "news", old)
        ended_long_ago = [consent(2, "events", old - timedelta(days=1)), consent(3, "events", old, given=False)]
        ended_lately = [consent(4, "funding", old), consent(5, "funding", young, given=False)]
        all_ended = [consent(6, "news", old - timedelta(days=1), person=9), consent(7, "*", old, given=False, person=9)]
        session.add_all([holds, *ended_long_ago, *ended_lately, *all_ended])
    await expire(database, RETENTION, now=NOW)
    async with database.read() as session:
        assert set(await session.scalars(select(Consent.update_id))) == {1, 4, 5}


async def test_what_was_sent_goes_but_not_what_waits(database: Database) -> None:
    async with database.begin() as session:
        session.add(enquiry())
        await session.flush()
        for key in ("sent", "waits"):
            await plans.plan(session, key, OutboxKind.NOTICE, 1, now=due("sent", -100), chat_id=7)
        await session.flush()
        row = await session.scalar(select(OutboxMessage).where(OutboxMessage.key == "sent"))
        assert row
        row.state, row.sent_at = "sent", due("sent", -1)
        session.add_all([announcement(), sending(1, due("sent", -1)), sending(2, due("sent", 1))])
        await session.flush()
        session.add_all(Delivery(occurrence_id=one, person_id=7, language="de", state="sent") for one in (1, 2))
    await expire(database, RETENTION, now=NOW)
    async with database.read() as session:
        assert list(await session.scalars(select(OutboxMessage.key))) == ["waits"]
        assert list(await session.scalars(select(Delivery.occurrence_id))) == [2]


@pytest.mark.parametrize(("hours", "left"), [(1, 1), (-1, 0)])
async def test_who_came_is_known_for_a_while_after_an_event(database: Database, hours: int, left: int) -> None:
    async with database.begin() as session:
        session.add(event(due("replies", hours)))
        await session.flush()
        state = AttendanceState.COMING
        session.add(Attendance(event_id=1, person_id=7, name="A", language="de", state=state, place=1, replied_at=NOW))
    await expire(database, RETENTION, now=NOW)
    assert await count(database, Attendance) == left


async def test_the_audit_log_lets_go_of_what_is_old_and_of_nothing_else(database: Database) -> None:
    """The database counts by its own clock; what is younger than a year cannot be deleted by anybody."""
    today = datetime.now(UTC)
    async with database.begin() as session:
        for days in (1, RETENTION.days["audit"] - 1, RETENTION.days["audit"] + 1):
            await audit.write(session, "claim", now=today - timedelta(days=days), actor=7)
    counts = await expire(database, RETENTION, now=today)
    assert (counts["audit"], await count(database, AuditEntry)) == (1, 2)
    with pytest.raises(DBAPIError, match="the audit log only grows"):
        async with database.begin() as session:
            await session.execute(text("DELETE FROM audit"))
    with pytest.raises(DBAPIError, match="the audit log only grows"):
        async with database.begin() as session:
            await session.execute(text("UPDATE audit SET actor = 1"))


async def test_closed_enquiries_go_and_the_open_stay(database: Database) -> None:
    async with database.begin() as session:
        session.add_all([enquiry(), enquiry(2, closed_at=due("enquiries", -1)), enquiry(3, closed_at=NOW)])
    assert (await expire(database, RETENTION, now=NOW))["enquiries"] == 1
    async with database.read() as session:
        assert [(await enquiries.by_id(session, one)).text for one in (1, 2, 3)] == ["Text", "", "Text"]  # type: ignore[union-attr]


def test_what_the_operator_has_not_named_is_named() -> None:
    assert Operator.of(Settings(operator_name="A")).missing() == ["operator_address", "operator_email"]
    assert not Operator.of(Settings(operator_name="A", operator_address="B", operator_email="a@b.de")).missing()


def enquiry(number: int = 1, **values: Any) -> Enquiry:
    kept = {"language": "de", "cluster": "nieke", "steps": [], "text": "Text", "firm": "F", "way": "chat"}
    told = {"consent_version": "1", "consent_text": "Ja", "sent_at": NOW, "last_firm_at": NOW}
    state = "closed" if values else "open"
    return Enquiry(id=number, update_id=number, person_id=7, state=state, **kept, **told, **values)


def announcement() -> Announcement:
    kept = {"topic": "news", "cluster": "*", "texts": {}, "zone": "UTC", "created_by": 1, "updated_at": NOW}
    return Announcement(id=1, update_id=1, **kept)


def sending(number: int, finished_at: datetime) -> Occurrence:
    at = NOW + timedelta(minutes=number)
    return Occurrence(id=number, announcement_id=1, due_at=at, state="finished", finished_at=finished_at)


def event(begins_at: datetime) -> Event:
    kept = {"cluster": "*", "texts": {}, "zone": "UTC", "created_by": 1, "updated_at": NOW}
    return Event(id=1, update_id=1, uid="1", begins_at=begins_at, **kept)
