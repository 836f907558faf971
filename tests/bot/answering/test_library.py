"""The content that is in use: shipped, with edits in its place."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.answering.content import load_content
from bot.answering.library import in_use
from storage.database import Database
from storage.models import ContentItem, Origin

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SHIPPED = load_content(None)


async def test_what_is_shipped_comes_back_the_same(database: Database) -> None:
    used = await in_use(database, SHIPPED, now=NOW)
    assert used.entries == SHIPPED.entries
    assert used.clusters == SHIPPED.clusters
    assert await in_use(database, SHIPPED, now=NOW) == used


async def test_an_edited_answer_is_used(database: Database) -> None:
    await in_use(database, SHIPPED, now=NOW)
    async with database.begin() as session:
        item = await session.get_one(ContentItem, ("entry", "platform-what"))
        item.body = {**item.body, "answer": {"de": "neu", "en": "new"}}
        item.origin = Origin.EDITED
    used = await in_use(database, SHIPPED, now=NOW)
    assert used.entries["platform-what"].answer == {"de": "neu", "en": "new"}


async def test_a_record_that_cannot_be_read_falls_back_to_what_is_shipped(database: Database) -> None:
    await in_use(database, SHIPPED, now=NOW)
    async with database.begin() as session:
        item = await session.get_one(ContentItem, ("entry", "platform-what"))
        item.body, item.origin = {"id": "platform-what"}, Origin.EDITED
    used = await in_use(database, SHIPPED, now=NOW)
    assert used.entries["platform-what"] == SHIPPED.entries["platform-what"]
