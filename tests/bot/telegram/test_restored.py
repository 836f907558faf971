"""A database from a back-up sends nothing that may have been sent: it asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.telegram.broadcast import Broadcast, Terms
from bot.telegram.fence import FenceCopy
from storage import announcements, leases, occurrences
from storage.database import Database
from storage.models import Base, Occurrence, OccurrenceState
from tests.bot.telegram.announced import due

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
Rows = dict[str, list[dict[str, Any]]]


class Post:
    """Takes messages and reports; `on_send` is called before each message is taken."""

    def __init__(self) -> None:
        self.got: list[int] = []
        self.asked: list[int] = []
        self.on_send: Callable[[int], Awaitable[None]] | None = None

    async def send(self, _occurrence: Occurrence, person: int, _language: str) -> int:
        if self.on_send:
            await self.on_send(person)
        self.got.append(person)
        return person

    async def report(self, occurrence: Occurrence, *, restored: bool = False) -> None:
        if restored:
            self.asked.append(occurrence.id)


async def snapshot(database: Database) -> Rows:
    async with database.read() as session:
        connection = await session.connection()
        return {
            table.name: [dict(row._mapping) for row in await connection.execute(table.select())]
            for table in Base.metadata.sorted_tables
        }


async def restore(database: Database, rows: Rows) -> None:
    async with database.begin() as session:
        connection = await session.connection()
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "audit":
                await connection.execute(table.delete())
        for table in Base.metadata.sorted_tables:
            if rows[table.name]:
                await connection.execute(table.insert(), rows[table.name])


async def run(database: Database, post: Post, file: Path | None, owner: str = "one", in_flight: int = 4) -> None:
    """Let a process do all that it finds to do, and end."""
    broadcast = Broadcast(database, lambda: NOW, owner, Terms(in_flight=in_flight), FenceCopy(file))
    await broadcast.look_back()
    broadcast.start(post.send, post.report)
    await broadcast.idle()
    await broadcast.stop(5)


async def state(database: Database) -> str:
    async with database.read() as session:
        occurrence = await occurrences.by_id(session, 1)
    assert occurrence
    return occurrence.state


async def restored_on_the_way(database: Database, post: Post, file: Path) -> None:
    """Send to three, go back to where the second was on its way, and begin again."""
    backups = []

    async def back_up(person: int) -> None:
        if person == 2:
            backups.append(await snapshot(database))

    post.on_send = back_up
    await due(database, [1, 2, 3], now=NOW)
    await run(database, post, file, in_flight=1)
    await restore(database, backups[0])
    await run(database, post, file, "two")


async def test_what_was_sent_after_the_backup_is_not_sent_again_but_asked_for(
    database: Database, tmp_path: Path
) -> None:
    post, file = Post(), tmp_path / "fence"
    await due(database, [1, 2, 3], now=NOW)
    backup = await snapshot(database)
    await run(database, post, file)
    assert post.got == [1, 2, 3]
    await restore(database, backup)
    with capture_logs() as lines:
        await run(database, post, file, "two")
        await run(database, post, file, "three")
    assert [line["held"] for line in lines if "held" in line] == [1]
    assert (post.got, post.asked, await state(database)) == ([1, 2, 3], [1], OccurrenceState.HELD)


async def test_one_that_was_under_way_goes_on_only_when_somebody_says_so(database: Database, tmp_path: Path) -> None:
    post, file = Post(), tmp_path / "fence"
    await restored_on_the_way(database, post, file)
    assert (post.got, post.asked, await state(database)) == ([1, 2, 3], [1], OccurrenceState.HELD)
    async with database.begin() as session:
        await announcements.release(session, 1, now=NOW)
    await run(database, post, file, "three")
    # The second one had left when the back-up was made: whether it arrived is unknown to it.
    assert post.got == [1, 2, 3, 3]
    async with database.read() as session:
        assert await occurrences.counts(session, 1) == {"sent": 2, "unknown": 1}


async def test_what_is_left_out_stays_unsent(database: Database, tmp_path: Path) -> None:
    post, file = Post(), tmp_path / "fence"
    await restored_on_the_way(database, post, file)
    async with database.begin() as session:
        await announcements.skip(session, 1)
    await run(database, post, file, "three")
    async with database.read() as session:
        assert await occurrences.counts(session, 1) == {"sent": 1, "unknown": 1, "dropped": 1}


async def test_a_database_that_is_as_it_was_goes_on(database: Database, tmp_path: Path) -> None:
    post, file = Post(), tmp_path / "fence"
    await run(database, post, file)
    await due(database, [1, 2], now=NOW)
    await run(database, post, file, "two")
    assert (post.got, post.asked) == ([1, 2], [])


async def test_a_database_restored_while_the_bot_runs_is_noticed(database: Database, tmp_path: Path) -> None:
    post = Post()
    await due(database, [1, 2], now=NOW)
    backup = await snapshot(database)
    clock = [NOW]
    broadcast = Broadcast(database, lambda: clock[0], "one", Terms(), FenceCopy(tmp_path / "fence"))
    broadcast.start(post.send, post.report)
    await broadcast.idle()
    await restore(database, backup)
    for _ in range(200):
        if post.asked:
            break
        broadcast.wake()
        await asyncio.sleep(0.01)
        clock[0] += Terms().lease / 3
    await broadcast.stop(5)
    assert (post.got, post.asked, await state(database)) == ([1, 2], [1], OccurrenceState.HELD)


async def test_the_number_rises_before_anything_leaves(database: Database, tmp_path: Path) -> None:
    post, copy = Post(), FenceCopy(tmp_path / "fence")
    seen = []

    async def look(_person: int) -> None:
        async with database.read() as session:
            holder = await leases.holder(session, "scheduler")
        assert holder
        seen.append((holder.fence, copy.read()))

    post.on_send = look
    await due(database, [1, 2, 3], now=NOW)
    await run(database, post, tmp_path / "fence", in_flight=1)
    assert len({number for number, _ in seen}) == 3
    assert all(number == kept for number, kept in seen)


async def test_a_new_database_beside_an_old_file_starts_above_it(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "fence"
    file.write_text("500")
    await run(database, Post(), file)
    async with database.read() as session:
        holder = await leases.holder(session, "scheduler")
    assert holder
    assert holder.fence > 500


def test_a_lower_number_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "fence"
    FenceCopy(file).keep(7)
    FenceCopy(file).keep(5)
    assert FenceCopy(file).read() == 7


@pytest.mark.parametrize("content", ["", "seven", "7\x00"])
def test_a_file_that_cannot_be_read_is_named_once_and_stops_nothing(tmp_path: Path, content: str) -> None:
    file = tmp_path / "fence"
    file.write_text(content)
    copy = FenceCopy(file)
    with capture_logs() as lines:
        assert copy.read() == copy.read() == 0
    assert len(lines) == 1
    copy.keep(3)
    assert copy.read() == 3


def test_a_folder_that_is_missing_stops_nothing(tmp_path: Path) -> None:
    copy = FenceCopy(tmp_path / "nowhere" / "fence")
    with capture_logs() as lines:
        copy.keep(3)
        copy.keep(4)
    assert len(lines) == 1
