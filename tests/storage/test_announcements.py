"""Announcements as their authors see them, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.announcements import acting, drafting
from bot.announcements.drafting import Field
from bot.announcements.errors import NoSuchAnnouncement, NotADraft
from storage import announcements, deliveries, occurrences
from storage.database import Database
from storage.models import Announcement, AnnouncementState, Delivery, DeliveryState, Occurrence, OccurrenceState

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def begun(database: Database, update_id: int, cluster: str = "fpi", person: int = 1) -> Announcement:
    async with database.begin() as session:
        made = await announcements.begin(session, update_id=update_id, person_id=person, zone="Europe/Berlin", now=NOW)
        made.cluster = cluster
    return made


async def planned(database: Database, number: int, state: OccurrenceState, due_at: datetime = NOW) -> int:
    async with database.begin() as session:
        one = Occurrence(announcement_id=number, due_at=due_at, state=state)
        session.add(one)
        await session.flush()
        session.add_all(
            Delivery(occurrence_id=one.id, person_id=person, language="de", state=known)
            for person, known in ((1, DeliveryState.PLANNED), (2, DeliveryState.SENT))
        )
        return one.id


async def test_an_update_begins_one_and_copies_one(database: Database) -> None:
    first, again = await begun(database, 1), await begun(database, 1)
    assert first.id == again.id
    async with database.begin() as session:
        original = await drafting.of(session, first.id)
        original.texts, original.answered = {"de": {"title": "a", "body": "b"}}, ["topic", "when"]
        copies = [
            await announcements.copy(session, original, update_id=2, person_id=7, zone="UTC", now=NOW) for _ in "ab"
        ]
    assert copies[0].id == copies[1].id != first.id
    assert (copies[0].texts, copies[0].answered, copies[0].created_by) == (original.texts, ["topic"], 7)
    assert copies[0].first_at is None


async def test_one_announcement_asks_a_person_at_a_time(database: Database) -> None:
    first, second = await begun(database, 1), await begun(database, 2)
    for number in (first.id, second.id, first.id):
        async with database.begin() as session:
            await drafting.ask(session, await drafting.of(session, number), Field.GERMAN, 5, update_id=3)
        async with database.read() as session:
            asking = await announcements.asking(session, 5)
        assert asking
        assert asking.id == number
    async with database.begin() as session:
        await announcements.stop_asking(session, 5)
        assert await announcements.asking(session, 5) is None


async def test_the_list_has_what_comes_first_before_what_is_over(database: Database) -> None:
    late, soon, over, other, own = [
        await begun(database, number, cluster)
        for number, cluster in ((1, "fpi"), (2, "fpi"), (3, "fpi"), (4, "giqs"), (5, "giqs"))
    ]
    await planned(database, late.id, OccurrenceState.PLANNED, NOW + 9 * HOUR)
    await planned(database, soon.id, OccurrenceState.PLANNED, NOW + HOUR)
    async with database.begin() as session:
        (await drafting.of(session, over.id)).state = AnnouncementState.CANCELLED
        (await drafting.of(session, other.id)).created_by = 2
    async with database.read() as session:
        found = await announcements.listed(session, ["fpi"], 1, limit=9)
    assert [(one.id, due) for one, due in found] == [
        (soon.id, NOW + HOUR),
        (late.id, NOW + 9 * HOUR),
        (own.id, None),
        (over.id, None),
    ]


async def test_what_is_cancelled_does_not_leave_and_what_has_left_stays(database: Database) -> None:
    made = await begun(database, 1)
    running = await planned(database, made.id, OccurrenceState.RUNNING)
    ended = await planned(database, made.id, OccurrenceState.FINISHED, NOW - HOUR)
    async with database.begin() as session:
        await announcements.cancel(session, await drafting.of(session, made.id))
    async with database.read() as session:
        assert await occurrences.counts(session, running) == {"dropped": 1, "sent": 1}
        assert await occurrences.counts(session, ended) == {"planned": 1, "sent": 1}
        states = [one.state for one in await announcements.sendings(session, made.id)]
        assert len(await announcements.results(session, made.id)) == 4
        assert [one.person_id for one in await deliveries.in_state(session, running, DeliveryState.DROPPED)] == [1]
    assert states == ["cancelled", "finished"]


async def test_what_is_paused_goes_on(database: Database) -> None:
    made = await begun(database, 1)
    await planned(database, made.id, OccurrenceState.RUNNING)
    for act, state in ((acting.pause, "draft"), (acting.go_on, "draft")):
        async with database.begin() as session:
            await act(session, await drafting.of(session, made.id))
        assert (await state_of(database, made.id))[0] == state
    async with database.begin() as session:
        (await drafting.of(session, made.id)).state = AnnouncementState.SCHEDULED
    for act, states in ((acting.pause, ("paused", "paused")), (acting.go_on, ("scheduled", "running"))):
        async with database.begin() as session:
            await act(session, await drafting.of(session, made.id))
        assert await state_of(database, made.id) == states


async def test_what_is_held_is_decided_once(database: Database) -> None:
    made, other = await begun(database, 1), await begun(database, 2)
    held = await planned(database, made.id, OccurrenceState.HELD)
    async with database.begin() as session:
        with pytest.raises(NoSuchAnnouncement):
            await acting.decide(session, await drafting.of(session, other.id), "release", held, now=NOW)
        await acting.decide(session, made, "release", held, now=NOW + HOUR)
        await acting.decide(session, made, "skip", held, now=NOW + HOUR)
    async with database.read() as session:
        [one] = await announcements.sendings(session, made.id)
    assert (one.state, one.due_at) == ("planned", NOW + HOUR)


async def test_only_drafts_are_deleted(database: Database) -> None:
    draft, scheduled = await begun(database, 1), await begun(database, 2)
    async with database.begin() as session:
        (await drafting.of(session, scheduled.id)).state = AnnouncementState.SCHEDULED
    async with database.begin() as session:
        await acting.drop(session, await drafting.of(session, draft.id))
        with pytest.raises(NotADraft):
            await acting.drop(session, await drafting.of(session, scheduled.id))
    async with database.read() as session:
        assert await announcements.by_id(session, draft.id) is None
        assert await announcements.by_id(session, scheduled.id)


async def state_of(database: Database, number: int) -> tuple[str, str]:
    async with database.read() as session:
        [one] = await announcements.sendings(session, number)
        return (await drafting.of(session, number)).state, one.state
