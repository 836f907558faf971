"""What waits and since when, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from storage import inbox, readings
from storage.database import Database
from storage.inbox import Failed, Received
from storage.models import (
    Announcement,
    Delivery,
    DeliveryState,
    Enquiry,
    Lease,
    Occurrence,
    OccurrenceState,
    OutboxMessage,
    OutboxState,
)
from storage.readings import Readings

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENQUIRY: dict[str, Any] = {
    "update_id": 1,
    "person_id": 7,
    "language": "de",
    "cluster": "fpi",
    "steps": [],
    "text": "a",
    "firm": "b",
    "way": "chat",
    "consent_version": "1",
    "consent_text": "c",
    "sent_at": NOW,
    "last_firm_at": NOW,
}
ANNOUNCEMENT: dict[str, Any] = {
    "update_id": 1,
    "topic": "news",
    "cluster": "fpi",
    "texts": {},
    "zone": "Europe/Berlin",
    "created_by": 9,
    "updated_at": NOW,
}


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


async def read(database: Database) -> Readings:
    async with database.read() as session:
        return await readings.read(session, now=NOW)


def message(number: int, lane: str, state: OutboxState, **span: float) -> OutboxMessage:
    return OutboxMessage(
        key=str(number),
        lane=lane,
        chat_id=7,
        enquiry_id=1,
        kind="notice",
        state=state,
        created_at=ago(**span),
        values={},
    )


async def test_nothing_waits_in_an_empty_database(database: Database) -> None:
    found = await read(database)
    assert (found.inbox_open, found.inbox_age, found.outbox_age, found.deliveries) == (0, 0.0, 0.0, {})
    assert found.lease is None


async def test_an_update_waits_until_it_is_done_or_given_up(database: Database) -> None:
    async with database.begin() as session:
        for number, seconds in enumerate((90, 60, 30)):
            await inbox.receive(session, [Received(number, number, {})], now=ago(seconds=seconds))
        await inbox.claim(session, 3, owner="me", now=NOW)
    assert (await read(database)).inbox_age == 90
    async with database.begin() as session:
        await inbox.finish(session, [0], now=NOW)
        await inbox.set_aside(session, [Failed(1, 3, "KeyError")], now=NOW)
    found = await read(database)
    assert (found.inbox_open, found.inbox_age, found.inbox_set_aside) == (1, 30, 1)


async def test_a_message_that_waits_for_a_staff_chat_is_not_late_nor_what_waits_behind_it(database: Database) -> None:
    async with database.begin() as session:
        session.add(Enquiry(id=1, **ENQUIRY))
        await session.flush()
        session.add_all(
            [
                message(1, "fpi:1", OutboxState.PARKED, hours=9),
                message(2, "fpi:1", OutboxState.PLANNED, hours=8),
                message(3, "7:1", OutboxState.SENT, hours=7),
                message(4, "7:1", OutboxState.CLAIMED, minutes=6),
                message(5, "7:1", OutboxState.PLANNED, minutes=5),
            ]
        )
    found = await read(database)
    assert (found.outbox_open, found.outbox_parked, found.outbox_age) == (3, 1, 360)


async def test_recipients_are_counted_while_a_sending_goes_on_and_a_day_longer(database: Database) -> None:
    async with database.begin() as session:
        session.add(Announcement(id=1, **ANNOUNCEMENT))
        await session.flush()
        for number, (state, ended) in enumerate(
            ((OccurrenceState.PAUSED, None), (OccurrenceState.FINISHED, 23), (OccurrenceState.FINISHED, 25)), start=1
        ):
            session.add(
                Occurrence(
                    id=number,
                    announcement_id=1,
                    due_at=ago(days=number),
                    state=state,
                    finished_at=ago(hours=ended) if ended else None,
                )
            )
        await session.flush()
        for number in (1, 2, 3):
            session.add(Delivery(occurrence_id=number, person_id=1, language="de", state=DeliveryState.UNKNOWN))
    found = await read(database)
    assert found.deliveries == {"unknown": 2}
    assert (found.occurrences["paused"], found.occurrences["finished"], found.occurrences["held"]) == (1, 2, 0)


async def test_the_holder_of_the_lease_is_shown(database: Database) -> None:
    async with database.begin() as session:
        session.add(Lease(name="scheduler", owner="me", fence=4, until=NOW))
    lease = (await read(database)).lease
    assert lease is not None
    assert (lease.owner, lease.fence, lease.until) == ("me", 4, NOW)
