"""Items become drafts once; what changes is marked; on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.feeds.reading import Feed as Read
from bot.feeds.reading import Item, Kind
from bot.feeds.taking import Taken, take
from storage import announcements, events, feeds
from storage.database import Database
from storage.models import AnnouncementState, EventState

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVENT = {
    "title": "Tag",
    "body": "a < b",
    "language": "de",
    "begins": "2026-12-03T13:00:00+00:00",
    "ends": "2026-12-03T15:00:00+00:00",
    "zone": "Europe/Berlin",
    "place": "Halle 1",
    "url": "",
}
NEWS = {"title": "Neu", "body": "<b>x</b>", "language": "en"}


@pytest.fixture
async def feed_id(database: Database) -> int:
    async with database.begin() as session:
        for _ in range(2):
            feed = await feeds.add(
                session, update_id=1, address="https://a.example/", cluster="fpi", person_id=7, now=NOW
            )
    return feed.id


async def taken(database: Database, feed_id: int, kind: Kind, content: dict[str, Any], **more: bool) -> Taken:
    async with database.begin() as session:
        feed = await feeds.by_id(session, feed_id)
        assert feed is not None
        return await take(session, feed, Read(kind, "Quelle", [Item("k", content, **more)]), zone="UTC", now=NOW)


async def test_an_event_becomes_a_draft_once(database: Database, feed_id: int) -> None:
    assert await taken(database, feed_id, Kind.EVENT, EVENT) == (1, 0)
    assert await taken(database, feed_id, Kind.EVENT, EVENT) == (0, 0)
    async with database.read() as session:
        [item] = await feeds.untold(session, feed_id)
        event, feed = await events.by_id(session, item.draft_id), await feeds.by_id(session, feed_id)
    assert event is not None
    assert feed is not None
    assert (event.state, event.cluster, event.created_by, feed.title) == (EventState.DRAFT, "fpi", 7, "Quelle")
    assert event.texts == {"de": {"title": "Tag", "body": "a &lt; b"}}
    assert set(event.answered) >= {"cluster", "de", "begin", "end", "place"}


async def test_news_become_drafts_and_are_not_sent(database: Database, feed_id: int) -> None:
    assert await taken(database, feed_id, Kind.NEWS, NEWS) == (1, 0)
    async with database.read() as session:
        [item] = await feeds.untold(session, feed_id)
        made = await announcements.by_id(session, item.draft_id)
        assert not await announcements.sendings(session, item.draft_id)
    assert made is not None
    assert (made.state, made.topic, made.cluster) == (AnnouncementState.DRAFT, "news", "fpi")
    assert (made.texts, made.answered) == ({"en": {"title": "Neu", "body": "<b>x</b>"}}, ["topic", "cluster", "en"])


async def test_a_change_is_marked_and_changes_no_draft(database: Database, feed_id: int) -> None:
    await taken(database, feed_id, Kind.EVENT, EVENT)
    assert await taken(database, feed_id, Kind.EVENT, EVENT | {"title": "Anders"}, is_gone=True) == (0, 1)
    async with database.read() as session:
        item = (await feeds.items(session, feed_id))["k"]
        event = await events.by_id(session, item.draft_id)
    assert (item.is_changed, item.is_gone, item.is_told, item.content["title"]) == (True, True, False, "Anders")
    assert event is not None
    assert event.texts["de"]["title"] == "Tag"


async def test_what_is_cancelled_from_the_start_makes_no_draft(database: Database, feed_id: int) -> None:
    assert await taken(database, feed_id, Kind.EVENT, EVENT, is_gone=True) == (0, 0)


async def test_a_discarded_draft_does_not_come_back(database: Database, feed_id: int) -> None:
    await taken(database, feed_id, Kind.EVENT, EVENT)
    async with database.begin() as session:
        await events.drop(session, (await feeds.items(session, feed_id))["k"].draft_id)
    assert await taken(database, feed_id, Kind.EVENT, EVENT) == (0, 0)


async def test_a_feed_is_due_for_one(database: Database, feed_id: int) -> None:
    hour = timedelta(hours=1)
    for now, is_due in ((NOW, True), (NOW, False), (NOW + hour, True)):
        async with database.begin() as session:
            found = await feeds.claim_due(session, again=hour, now=now)
        assert (found is not None) == is_due


async def test_a_feed_goes_and_its_drafts_stay(database: Database, feed_id: int) -> None:
    await taken(database, feed_id, Kind.EVENT, EVENT)
    async with database.begin() as session:
        [item] = await feeds.untold(session, feed_id)
        await feeds.remove(session, feed_id)
    async with database.read() as session:
        assert not await feeds.of_clusters(session, ["fpi"])
        assert not await feeds.items(session, feed_id)
        assert await events.by_id(session, item.draft_id) is not None
