"""Whom the sendings of an event are for, on both databases; what members see; what stops and moves."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.events import following, replying
from bot.events.replying import Replier
from storage import event_audiences, event_sendings, events, occurrences, subjects
from storage.attendances import REMINDERS
from storage.database import Database
from storage.models import (
    Announcement,
    Attendance,
    Delivery,
    DeliveryState,
    Event,
    Occurrence,
    OccurrenceState,
    Purpose,
    Subscriber,
)
from tests.bot.events.conftest import BEGIN, NOW, announced

HOUR = timedelta(hours=1)
EVENTS = 1
"""The bit of the topic."""


async def subscribed(database: Database, *people: int, topics: int = EVENTS, blocked: bool = False) -> None:
    async with database.begin() as session:
        session.add_all(
            Subscriber(
                person_id=person,
                language="en",
                topics=topics,
                zone="Europe/Berlin",
                quiet_sundays=False,
                blocked_at=NOW if blocked else None,
                updated_at=NOW,
            )
            for person in people
        )


async def got(database: Database, *rows: tuple[int, DeliveryState], message_id: int | None = 7) -> None:
    """Note what became of the invitation to some people."""
    async with database.begin() as session:
        [one] = await session.scalars(select(Occurrence).where(Occurrence.purpose == Purpose.MAIN))
        session.add_all(
            Delivery(
                occurrence_id=one.id, person_id=person, language="en", state=state, message_id=message_id, sent_at=NOW
            )
            for person, state in rows
        )


async def replied(database: Database, event: Event, person: int, answer: str = "yes", reminders: int = 0) -> None:
    async with database.begin() as session:
        own = await replying.reply(session, event.id, Replier(person, "N", "de"), answer, now=NOW)
        own.reminders = reminders


async def audience(database: Database, event: Event, purpose: Purpose, **more: object) -> list[int]:
    async with database.read() as session:
        told = await session.scalar(select(Announcement))
        assert told
        occurrence = Occurrence(purpose=purpose, due_at=NOW, **more)
        meant = subjects.audience(occurrence, told, occurrences.meant(EVENTS, 0, 0))
        return sorted([row[0] for row in await session.execute(meant)])


async def still(database: Database, event: Event, purpose: Purpose, *people: int, **more: object) -> list[int]:
    occurrence = Occurrence(purpose=purpose, due_at=NOW, content={"subject": events.subject(event.id)}, **more)
    async with database.read() as session:
        return sorted(await subjects.still_meant(session, occurrence, people, EVENTS))


async def test_an_invitation_is_for_subscribers_who_have_not_got_it(database: Database) -> None:
    event = await announced(database)
    await subscribed(database, 1, 2, 3, 4)
    await subscribed(database, 5, topics=2)
    await got(database, (1, DeliveryState.SENT), (2, DeliveryState.UNKNOWN), (3, DeliveryState.FAILED))
    assert await audience(database, event, Purpose.MAIN) == [3, 4]


async def test_a_correction_is_for_who_got_it_or_replied_each_once(database: Database) -> None:
    event = await announced(database)
    rows = ((1, DeliveryState.SENT), (2, DeliveryState.UNKNOWN), (3, DeliveryState.BLOCKED), (4, DeliveryState.CLAIMED))
    await got(database, *rows)
    for person, answer in ((1, "yes"), (5, "maybe"), (6, "no")):
        await replied(database, event, person, answer)
    for purpose in (Purpose.CORRECTION, Purpose.CANCELLATION):
        assert await audience(database, event, purpose) == [1, 2, 4, 5]


async def test_when_a_correction_leaves_consent_counts_or_a_reply(database: Database) -> None:
    event = await announced(database)
    await subscribed(database, 1)
    await subscribed(database, 2, 3, topics=0)
    await subscribed(database, 4, blocked=True)
    for person in (2, 4):
        await replied(database, event, person)
    await replied(database, event, 5, "maybe")
    assert await still(database, event, Purpose.CORRECTION, 1, 2, 3, 4, 5) == [1, 2, 5]


async def test_a_reminder_is_for_who_wants_this_one_and_comes(database: Database) -> None:
    event = await announced(database, seats=2)
    for person, answer, minutes in ((1, "yes", 60), (2, "maybe", 60), (3, "yes", 1440)):
        await replied(database, event, person, answer, REMINDERS[minutes])
    await replied(database, event, 4, "yes", REMINDERS[60])
    assert await audience(database, event, Purpose.REMINDER, minutes_before=60) == [1, 2]
    await replied(database, event, 1, "no")
    assert await still(database, event, Purpose.REMINDER, 1, 2, 3, minutes_before=60) == [2]


async def test_a_card_to_correct_is_the_last_that_left(database: Database) -> None:
    event = await announced(database)
    await got(database, (1, DeliveryState.SENT), message_id=7)
    async with database.begin() as session:
        told = (await session.scalars(select(Announcement))).one()
        for purpose, message_id in ((Purpose.CORRECTION, 9), (Purpose.REMINDER, 11)):
            one = Occurrence(announcement_id=told.id, purpose=purpose, due_at=NOW + HOUR)
            session.add(one)
            await session.flush()
            session.add(
                Delivery(
                    occurrence_id=one.id,
                    person_id=1,
                    language="de",
                    state=DeliveryState.SENT,
                    message_id=message_id,
                    sent_at=NOW + HOUR,
                )
            )
    async with database.read() as session:
        assert await event_sendings.card_of(session, event.id, 1) == 9
        assert await event_sendings.card_of(session, event.id, 2) is None


async def planned(database: Database) -> list[tuple[str, str]]:
    async with database.read() as session:
        query = select(Occurrence).order_by(Occurrence.purpose, Occurrence.due_at)
        return [(one.purpose, one.state) for one in await session.scalars(query)]


async def remind(database: Database, event: Event) -> None:
    async with database.begin() as session:
        await replying.switch_reminder(session, event.id, 1, 60, update_id=5, now=NOW)


async def test_a_new_beginning_moves_the_reminders(database: Database) -> None:
    event = await announced(database)
    await replied(database, event, 1)
    await remind(database, event)
    async with database.begin() as session:
        revision = await following.revise(session, await session.get_one(Event, event.id), 1, update_id=8, now=NOW)
        revision.begins_at, revision.ends_at = BEGIN + HOUR, BEGIN + 3 * HOUR
        corrected, is_told = await following.apply(session, revision, now=NOW)
        await replying.plan_reminders(session, corrected, now=NOW)
    assert (is_told, corrected.sequence, sorted(corrected.changed)) == (True, 1, ["begins_at", "ends_at"])
    async with database.read() as session:
        [one] = await session.scalars(select(Occurrence).where(Occurrence.purpose == Purpose.REMINDER))
        assert await events.by_id(session, revision.id) is None
    assert (one.due_at, one.expires_at) == (BEGIN, BEGIN + HOUR)


async def test_ending_the_invitation_leaves_reminders(database: Database) -> None:
    event = await announced(database)
    await replied(database, event, 1)
    await remind(database, event)
    await got(database, (2, DeliveryState.PLANNED), message_id=None)
    async with database.begin() as session:
        told = (await session.scalars(select(Announcement))).one()
        await event_sendings.stop_inviting(session, told.id)
    assert await planned(database) == [
        ("main", OccurrenceState.CANCELLED),
        ("reminder", OccurrenceState.PLANNED),
    ]


async def test_a_cancellation_stops_all_but_itself(database: Database) -> None:
    event = await announced(database)
    await replied(database, event, 1)
    await remind(database, event)
    for _ in "ab":
        async with database.begin() as session:
            locked = await events.locked(session, event.id)
            assert locked
            await following.cancel(session, locked, now=NOW)
    assert await planned(database) == [
        ("cancellation", OccurrenceState.PLANNED),
        ("main", OccurrenceState.CANCELLED),
        ("reminder", OccurrenceState.CANCELLED),
    ]
    async with database.read() as session:
        due = await occurrences.due(session, now=NOW)
    assert [one.purpose for one, _ in due] == ["cancellation"]


async def test_what_comes_is_announced_not_over_and_of_the_cluster(database: Database) -> None:
    event = await announced(database)
    async with database.begin() as session:
        await events.begin(session, update_id=9, person_id=1, zone="UTC", now=NOW)
        assert not await events.is_told(session, event.id + 1)

    async def coming(*clusters: str, hours: float = 0) -> int:
        async with database.read() as session:
            found, total = await events.coming(session, clusters, first=0, limit=5, now=NOW + hours * HOUR)
            assert len(found) == total
            return total

    assert [await coming(), await coming("fpi"), await coming("giqs")] == [1, 1, 0]
    assert [await coming(hours=9 * 24 + 1.9), await coming(hours=9 * 24 + 2)] == [1, 0]


async def test_all_replies_are_counted(database: Database) -> None:
    event = await announced(database, seats=1)
    for person, answer in ((1, "yes"), (2, "yes"), (3, "maybe"), (4, "no")):
        await replied(database, event, person, answer)
    async with database.read() as session:
        assert await events.counts(session, event.id) == {"yes": 1, "waiting": 1, "maybe": 1, "no": 1}
        assert await event_audiences.ends(session, event.id) == BEGIN
        assert (await session.get_one(Attendance, (event.id, 1))).name == "N"
