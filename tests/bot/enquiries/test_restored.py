"""After a restore a message about an enquiry may have been sent: it is sent with a mark."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import outbox
from storage.database import Database
from tests.bot.enquiries.conftest import Opened


async def test_what_was_planned_counts_as_departed(database: Database, opened: Opened) -> None:
    await opened()
    now = datetime(2030, 1, 1, tzinfo=UTC)
    async with database.begin() as session:
        await outbox.mark_planned(session)
        claimed = await outbox.claim(session, 9, now=now)
    assert claimed
    assert {row.departures for row in claimed} == {2}
