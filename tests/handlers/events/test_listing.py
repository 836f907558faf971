"""/events: what comes next, nothing else, and one's own replies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app import Running
from storage import announcements, events, occurrences
from storage.models import AnnouncementState, Event, EventState, OccurrenceState
from tests.handlers.conftest import NOW, Clock
from tests.handlers.eventful import Inbox, answer, drafted, published, sender_of

Begin = Callable[..., Any]


async def there(bot: Running, number: int, *, cluster: str = "fpi", day: int = 1, **values: Any) -> Event:
    """Keep an event of which the invitation has gone out."""
    async with bot.services.database.begin() as session:
        event = await events.begin(session, update_id=-number, person_id=1, zone="Europe/Berlin", now=NOW)
        event.cluster, event.state = cluster, EventState.SUBMITTED
        event.texts = {"de": {"title": f"Treffen {number}", "body": "b"}}
        event.begins_at = datetime(2026, 12, day, 9, tzinfo=UTC)
        event.ends_at = event.begins_at + timedelta(hours=2)
        for name, value in values.items():
            setattr(event, name, value)
        told = await announcements.begin(session, update_id=-number, person_id=1, zone="UTC", now=NOW)
        told.topic, told.cluster, told.texts, told.subject = "events", cluster, event.texts, events.subject(event.id)
        told.state = AnnouncementState.SCHEDULED
        await session.flush()
        await occurrences.plan(session, told.id, NOW)
        [one] = await announcements.sendings(session, told.id)
        one.state, one.started_at = OccurrenceState.FINISHED, NOW
    return event


@pytest.fixture
async def seven(bot: Running) -> list[Event]:
    """Seven events, the last number first."""
    return [await there(bot, number, day=20 - number, cluster="giqs" if number == 3 else "fpi") for number in range(7)]


async def test_the_next_come_first_page_by_page(seven: list[Event], talk: Begin) -> None:
    reader = talk("de")
    told = await reader.say("/events")
    assert [f"Treffen {number}" in told for number in range(7)] == [False, False, *[True] * 5]
    assert told.index("Treffen 6") < told.index("Treffen 5")
    assert "1. Treffen 6" in told
    assert "Frühere" not in reader.buttons()
    assert "7. Treffen 0" in await reader.press("Spätere")
    assert "Spätere" not in reader.buttons()
    assert "1. Treffen 6" in await reader.press("Frühere")


async def test_one_cluster_alone(seven: list[Event], bot: Running, talk: Begin) -> None:
    reader = talk("de")
    await there(bot, 9, cluster="*", day=2)
    await reader.say("/events")
    told = await reader.press("GIQS")
    assert ("Treffen 3" in told, "Treffen 9" in told, "Treffen 6" in told) == (True, True, False)
    assert "✓ GIQS" in reader.buttons()
    assert "keine Veranstaltungen von NieKE" not in await reader.press("Alle Cluster")


async def test_details_lead_back_to_the_same_page(seven: list[Event], talk: Begin) -> None:
    reader = talk("de")
    await reader.say("/events")
    await reader.press("Spätere")
    told = await reader.press("6. Treffen 1")
    assert "10:00 bis 12:00 Uhr" in told
    assert reader.buttons() == ["Ich komme", "Vielleicht", "Nein", "Kalendereintrag", "Zurück"]
    await reader.press("Ich komme")
    assert reader.buttons()[-1] == "Zurück"
    told = await reader.press("Zurück")
    assert "7. Treffen 0" in told
    assert "Sie kommen." in told


async def test_what_is_over_or_not_announced_is_not_shown(bot: Running, talk: Begin, clock: Clock) -> None:
    reader, sender = talk("de"), await sender_of(bot, talk)
    await there(bot, 1, day=1)
    await drafted(sender)
    assert "Tag der Qualität" not in await reader.say("/events")
    clock.now = datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert "Treffen 1" in await reader.say("/events")
    clock.now = datetime(2026, 12, 1, 11, tzinfo=UTC)
    assert "keine Veranstaltungen angekündigt" in await reader.say("/events")


async def test_who_never_subscribed_may_come_and_is_reminded(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = talk("de")
    await there(bot, 1, day=3)
    await answer(reader, "/events", "1. Treffen 1", "Ich komme", "1 Tag vorher")
    clock.now = datetime(2026, 12, 2, 9, tzinfo=UTC)
    await bot.services.broadcast.idle()
    assert "Erinnerung: Treffen 1" in Inbox(reader).texts()[-1]


async def test_a_reader_of_english_reads_english_and_is_told_of_a_missing_text(bot: Running, talk: Begin) -> None:
    reader = talk("en")
    await there(bot, 1, day=3)
    told = await answer(reader, "/events", "1. Treffen 1")
    assert "Thursday, 3 December 2026, 10:00 to 12:00" in told
    assert "in one language only" in told


async def test_who_invites_finds_the_way_to_manage(bot: Running, talk: Begin) -> None:
    sender, stranger = await sender_of(bot, talk), talk("de")
    await published(bot, sender)
    for one, shown in ((sender, True), (stranger, False)):
        await answer(one, "/events", "1. Tag der Qualität")
        assert ("Veranstaltung verwalten" in one.buttons()) == shown
