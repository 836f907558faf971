"""The content in the database follows what is shipped, but for what was edited."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import content
from storage.content import Shipped
from storage.database import Database
from storage.models import ContentItem, Origin

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def refreshed(database: Database, *shipped: Shipped) -> dict[str, tuple[object, str, str]]:
    async with database.begin() as session:
        items = await content.refresh(session, shipped, now=NOW)
    return {item.name: (item.body["a"], item.origin, item.shipped_version) for item in items}


def entry(name: str, text: str, version: str) -> Shipped:
    return Shipped("entry", name, {"a": text}, version)


async def edit(database: Database, name: str) -> None:
    async with database.begin() as session:
        item = await session.get_one(ContentItem, ("entry", name))
        item.body, item.origin = {"a": "edited"}, Origin.EDITED


async def test_new_changed_and_dropped_records_are_followed(database: Database) -> None:
    await refreshed(database, entry("one", "1", "v1"), entry("two", "2", "v1"))
    assert await refreshed(database, entry("one", "1b", "v2"), entry("three", "3", "v1")) == {
        "one": ("1b", "shipped", "v2"),
        "three": ("3", "shipped", "v1"),
    }


async def test_what_was_edited_stays_and_shows_that_there_is_news(database: Database) -> None:
    await refreshed(database, entry("one", "1", "v1"), entry("two", "2", "v1"))
    await edit(database, "one")
    assert await refreshed(database, entry("one", "1b", "v2")) == {"one": ("edited", "edited", "v2")}
    assert await refreshed(database) == {"one": ("edited", "edited", "v2")}
