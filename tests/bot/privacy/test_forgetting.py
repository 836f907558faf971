"""Who is forgotten gives back a seat, leaves others as they are, and is remembered in two places."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.privacy.forgetting import forget
from bot.privacy.remembering import Memory
from storage import blocked, erasing, tombstones
from storage.database import Database
from storage.models import Attendance, AttendanceState, ChatMemory, Event, EventState, Subscriber
from storage.tombstones import Stone

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ONE, OTHER = 7, 8


async def put(database: Database, person: int) -> None:
    async with database.begin() as session:
        session.add(ChatMemory(chat_id=person, context={}, updated_at=NOW))
        session.add(
            Subscriber(
                person_id=person, language="de", topics=1, zone="Europe/Berlin", quiet_sundays=False, updated_at=NOW
            )
        )


async def people(database: Database) -> set[int]:
    async with database.read() as session:
        return set(await erasing.people(session))


async def test_others_stay_as_they_are(database: Database) -> None:
    await put(database, ONE)
    await put(database, OTHER)
    async with database.begin() as session:
        await blocked.add(session, ONE, by=99, now=NOW)
        await forget(session, ONE, keeps_open=False, now=NOW)
    assert await people(database) == {OTHER}
    async with database.read() as session:
        assert await blocked.has(session, ONE)


async def test_a_seat_goes_to_who_waits(database: Database) -> None:
    async with database.begin() as session:
        told = {"cluster": "*", "texts": {}, "zone": "UTC", "created_by": 1, "updated_at": NOW, "seats": 1}
        session.add(Event(id=1, update_id=1, uid="1", begins_at=LATER, state=EventState.SUBMITTED, **told))
        await session.flush()
        for place, (person, state) in enumerate(
            ((ONE, AttendanceState.COMING), (OTHER, AttendanceState.WAITING)), start=1
        ):
            kept = {"name": "A", "language": "de", "place": place, "replied_at": NOW}
            session.add(Attendance(event_id=1, person_id=person, state=state, **kept))
    async with database.begin() as session:
        await forget(session, ONE, keeps_open=False, now=NOW)
    async with database.read() as session:
        (left,) = await session.scalars(select(Attendance))
        assert (left.person_id, left.state) == (OTHER, AttendanceState.COMING)


async def test_what_a_restored_database_has_of_them_goes_again_and_what_is_younger_stays(
    database: Database, tmp_path: Path
) -> None:
    memory = Memory.beside(database, tmp_path / "bot.key")
    async with database.begin() as session:
        await forget(session, ONE, keeps_open=False, now=NOW)
    await memory.settle()
    assert stat.S_IMODE((tmp_path / "bot.forgotten").stat().st_mode) == 0o600
    assert [len(name) for name in tombstones.read_file(memory.path)] == [64]
    async with database.begin() as session:
        await tombstones.drop(session, before=LATER)  # as a database is that was restored from before
    await put(database, ONE)
    await put(database, OTHER)
    assert await memory.erase_again(always=False, now=LATER) > 0
    assert await people(database) == {OTHER}
    async with database.begin() as session:
        session.add(ChatMemory(chat_id=ONE, context={}, updated_at=LATER))
    await memory.erase_again(always=True, now=LATER)
    assert await people(database) == {ONE, OTHER}


async def test_a_lost_file_is_written_again_and_an_old_stone_goes_from_both(database: Database, tmp_path: Path) -> None:
    memory = Memory.beside(database, tmp_path / "bot.key")
    async with database.begin() as session:
        await tombstones.put(session, ONE, [3], now=NOW)
    both, was_restored = await memory.settle()
    assert (list(both.values()), was_restored) == ([Stone(NOW, (3,))], False)
    assert tombstones.read_file(memory.path) == both
    async with database.begin() as session:
        await tombstones.drop(session, before=LATER)
    await memory.prune(before=LATER)
    assert await memory.settle() == ({}, False)


async def test_a_broken_file_stops_nothing(database: Database, tmp_path: Path) -> None:
    memory = Memory.beside(database, tmp_path / "bot.key")
    memory.path.write_text("{broken")
    async with database.begin() as session:
        await tombstones.put(session, ONE, [], now=NOW)
    await memory.settle()
    assert len(tombstones.read_file(memory.path)) == 1


async def test_people_are_found_with_an_older_key_too(database: Database) -> None:
    async with database.begin() as session:
        await tombstones.put(session, ONE, [], now=NOW)
        stones = await tombstones.everything(session)
    newer = database.keys.ring.with_new()
    assert set(tombstones.of(stones, newer, [ONE, OTHER])) == {ONE}
