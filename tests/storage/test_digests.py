"""Who is reminded of a call, and what a digest takes: on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.announcements import digest, starting
from bot.announcements.digest import Hour, first_at
from storage import digests, funding, summaries
from storage.database import Database
from storage.models import (
    Announcement,
    AnnouncementState,
    Delivery,
    DeliveryState,
    Occurrence,
    OccurrenceState,
    Purpose,
    StaffRole,
    Subscriber,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
FUNDING = 2


async def told(database: Database, rows: dict[int, str]) -> int:
    """Keep a call that went out, with what became of each recipient; return the number of its announcement."""
    async with database.begin() as session:
        announcement = Announcement(
            update_id=1,
            topic="funding",
            cluster="fpi",
            texts={"de": {"title": "a", "body": ""}},
            zone="UTC",
            created_by=1,
            state=AnnouncementState.SCHEDULED,
            updated_at=NOW,
        )
        session.add(announcement)
        await session.flush()
        call = await funding.begin(session, announcement, now=NOW)
        call.closes_at = NOW + timedelta(days=40)
        one = Occurrence(
            announcement_id=announcement.id,
            due_at=NOW,
            started_at=NOW,
            state=OccurrenceState.FINISHED,
            content={"topic": "funding", "subject": announcement.subject},
        )
        session.add(one)
        await session.flush()
        session.add_all(
            Delivery(occurrence_id=one.id, person_id=person, language="de", state=state)
            for person, state in rows.items()
        )
        return announcement.id


async def subscribed(database: Database, *people: int, **values: object) -> None:
    async with database.begin() as session:
        row = {"language": "de", "zone": "Europe/Berlin", "topics": FUNDING, "quiet_sundays": False, "updated_at": NOW}
        session.add_all(Subscriber(person_id=person, **{**row, **values}) for person in people)


async def rows_of(database: Database, purpose: str) -> list[tuple[int, str]]:
    async with database.read() as session:
        query = select(Delivery).join(Occurrence, Occurrence.id == Delivery.occurrence_id)
        found = await session.scalars(query.where(Occurrence.purpose == purpose).order_by(Delivery.person_id))
        return [(one.person_id, one.state) for one in found]


async def start(database: Database, now: datetime) -> None:
    async with database.begin() as session:
        await starting.start_due(session, fence=1, now=now)


async def test_a_reminder_is_for_who_got_it_or_asked(database: Database) -> None:
    sent, failed, weekly = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.WEEKLY
    number = await told(database, {1: sent, 2: failed, 3: sent, 4: sent, 5: weekly, 6: sent})
    await subscribed(database, 1, 2, 3)
    await subscribed(database, 4, topics=1)
    await subscribed(database, 5, 6, rhythm="weekly")
    await subscribed(database, 7, topics=0)
    await subscribed(database, 8, topics=0, blocked_at=NOW)
    due = NOW + timedelta(days=10)
    async with database.begin() as session:
        for person, wanted in ((3, False), (7, True), (8, True)):
            await funding.wish(session, 1, person, wanted=wanted, now=NOW)
        session.add(
            Occurrence(announcement_id=number, purpose=Purpose.REMINDER, due_at=due, state=OccurrenceState.PLANNED)
        )
    await start(database, due)
    # The fifth has it waiting for a digest that has not come.
    assert await rows_of(database, Purpose.REMINDER) == [(1, "planned"), (6, "weekly"), (7, "planned")]


async def test_a_digest_takes_what_waits_once(database: Database) -> None:
    await told(database, {1: DeliveryState.WEEKLY, 2: DeliveryState.WEEKLY, 3: DeliveryState.SENT})
    await subscribed(database, 1, 3, rhythm="weekly")
    await subscribed(database, 2, rhythm="weekly", zone="Europe/London")
    for _ in range(2):
        async with database.begin() as session:
            standing = await digests.begin(
                session, digests.KIND, first_at=first_at(Hour(0, 9)), texts={}, zone="Europe/Berlin", now=NOW
            )
            await digest.plan(session, standing, now=NOW)
    await start(database, MONDAY)
    assert await rows_of(database, Purpose.DIGEST) == [(1, "planned")]
    await start(database, MONDAY + timedelta(hours=1))
    assert await rows_of(database, Purpose.DIGEST) == [(1, "planned"), (2, "planned")]
    async with database.read() as session:
        assert await digest.waiting(session, now=MONDAY) == {}
        own = await session.scalar(
            select(Delivery.digest_id).where(Delivery.person_id == 1, Delivery.state == "weekly")
        )
        subscriber = await session.get(Subscriber, 1)
        assert [line.item.announcement.topic for line in await digest.told(session, own or 0, subscriber, now=MONDAY)]
    async with database.begin() as session:
        # A cut-off that is moved counts for what was sent, too.
        await funding.end_at(session, 1, MONDAY)
        assert await digest.told(session, own or 0, subscriber, now=MONDAY) == []


async def test_a_summary_is_for_who_announces_and_the_owners(database: Database) -> None:
    async with database.begin() as session:
        session.add_all(
            StaffRole(user_id=user, role=role, cluster="fpi", name="x", granted_by=9, granted_at=NOW)
            for user, role in ((1, "sender"), (1, "admin"), (2, "agent"), (9, "admin"))
        )
        standing = await digests.begin(
            session, digests.SUMMARY, first_at=first_at(Hour(0, 9)), texts={}, zone="Europe/Berlin", now=NOW
        )
        for _ in range(2):
            await summaries.plan(session, standing.id, MONDAY, [9, 10])
    await start(database, MONDAY)
    assert await rows_of(database, Purpose.SUMMARY) == [(1, "planned"), (9, "planned"), (10, "planned")]


async def test_the_figures_are_those_of_the_week_and_the_cluster(database: Database) -> None:
    await told(database, {1: DeliveryState.SENT, 2: DeliveryState.BLOCKED})
    since, until = NOW - timedelta(days=1), NOW
    async with database.read() as session:
        assert await summaries.sent(session, ["fpi"], since=since, until=until) == {"sent": 1, "blocked": 1}
        assert await summaries.sent(session, ["giqs"], since=since, until=until) == {}
        assert await summaries.sent(session, ["fpi"], since=until, until=until + timedelta(days=7)) == {}
        assert await summaries.consents(session, since=since, until=until) == (0, 0)
        assert await summaries.replies(session, ["fpi"], since=since, until=until) == {}
        coming = await summaries.coming(session, ["fpi"], after=NOW, span=timedelta(days=41))
    assert [one.what for one in coming] == ["closes"]
