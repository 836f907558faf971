"""Messages as pieces of HTML: days, service lines, groups of one sender, albums."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.simulator.playground.bubbles import Scene
from bot.simulator.playground.timeline import Item, timeline
from bot.simulator.playground.words import Words
from bot.texts import Texts

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MOMENT = int(NOW.timestamp())
DAY = 86_400
BOT = {"id": 1, "is_bot": True, "first_name": "Clusters"}
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "last_name": "Ahlers"}
BEN = {"id": 8, "is_bot": False, "first_name": "Ben"}
CHAT = {"id": -100, "type": "supergroup", "title": "Team"}


@pytest.fixture
def scene(texts: Texts) -> Scene:
    return Scene(7, Words(texts, "de", ZoneInfo("Europe/Berlin")), several=True)


def message(number: int, sender: dict[str, Any] = BEN, date: int = MOMENT, **content: Any) -> dict[str, Any]:
    content = content or {"text": f"Text {number}"}
    return {"message_id": number, "from": sender, "chat": CHAT, "date": date, **content}


def bubbles(items: list[Item]) -> list[str]:
    return [item.html for item in items if "<article" in item.html]


def test_each_day_has_a_name(scene: Scene) -> None:
    dates = [MOMENT - 400 * DAY, MOMENT - DAY, MOMENT, MOMENT + 60]
    items = timeline([message(number, date=date) for number, date in enumerate(dates)], scene, NOW)
    days = [item for item in items if item.key.startswith("day-")]
    assert [name in day.html for name, day in zip(("20. Oktober 2025", "23. November", "Heute"), days, strict=True)]
    assert [day.key for day in days] == ["day-2025-10-20", "day-2026-11-23", "day-2026-11-24"]


def test_a_day_begins_at_local_midnight(scene: Scene) -> None:
    before_midnight = int(datetime(2026, 11, 23, 22, 59, tzinfo=UTC).timestamp())
    items = timeline([message(1, date=before_midnight), message(2, date=before_midnight + 60)], scene, NOW)
    assert [item.key for item in items] == ["day-2026-11-23", "message-1", "day-2026-11-24", "message-2"]


def test_messages_of_one_sender_stand_together(scene: Scene) -> None:
    items = timeline([message(1), message(2), message(3, ANNA), message(4, date=MOMENT + 700)], scene, NOW)
    classes = [html.partition('class="')[2].partition('"')[0] for html in bubbles(items)]
    assert classes == [
        "message theirs first",
        "message theirs last",
        "message mine first last",
        "message theirs first last",
    ]
    assert [">Ben</div>" in html for html in bubbles(items)] == [True, False, False, True]


def test_an_album_is_one_bubble_with_its_caption(scene: Scene) -> None:
    photo = [{"file_id": "small"}, {"file_id": "big/1", "width": 4, "height": 3}]
    first = message(1, media_group_id="9", photo=photo, caption="Drei", caption_entities=[])
    rest = [message(number, media_group_id="9", photo=photo) for number in (2, 3)]
    items = timeline([first, *rest, message(4)], scene, NOW)
    assert [item.key for item in items[1:]] == ["message-1", "message-4"]
    assert items[1].html.count('src="/playground/files/big%2F1"') == 3
    assert 'data-count="3"' in items[1].html
    assert ">Drei</div>" in items[1].html


def test_what_happened_is_a_line(scene: Scene) -> None:
    events = [
        message(1, ANNA, new_chat_members=[ANNA]),
        message(2, ANNA, new_chat_members=[BEN, BOT]),
        message(3, BEN, left_chat_member=BEN),
        message(4, ANNA, left_chat_member=BEN),
        message(5, BOT, forum_topic_created={"name": "Anfrage <1>"}),
        message(6, BOT, pinned_message=message(5, BOT)),
        message(7, ANNA, new_chat_title="Nord"),
        message(8, ANNA, migrate_to_chat_id=-1),
    ]
    lines = [item.html.partition("<span>")[2].partition("</span>")[0] for item in timeline(events, scene, NOW)[1:]]
    assert lines == [
        "Anna Ahlers ist der Gruppe beigetreten",
        "Anna Ahlers hat Ben und Clusters hinzugefügt",
        "Ben hat die Gruppe verlassen",
        "Anna Ahlers hat Ben entfernt",
        "Clusters hat das Thema „Anfrage &lt;1&gt;“ eröffnet",
        "Clusters hat „Text 5“ angeheftet",
        "Anna Ahlers hat die Gruppe in „Nord“ umbenannt",
        "Die Gruppe ist jetzt eine Supergruppe",
    ]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ({"document": {"file_id": "d", "file_name": "A&B.pdf", "file_size": 1536}}, ["A&amp;B.pdf", "1,5 KB", ">pdf<"]),
        ({"location": {"latitude": 53.8655, "longitude": 10.6866}}, ["53.8655, 10.6866", "openstreetmap.org"]),
        (
            {
                "venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "LI Food", "address": "Weg 1"},
                "location": {"latitude": 1.0, "longitude": 2.0},
            },
            ["LI Food", "Weg 1"],
        ),
        ({"contact": {"phone_number": "+49 1", "first_name": "Eva"}}, ["Eva", 'href="tel:+49 1"']),
        ({"voice": {"file_id": "v", "file_size": 3}}, ["Sprachnachricht", "<audio"]),
        ({"sticker": {"file_id": "s", "emoji": "🌾"}}, ["🌾"]),
        ({"text": "x", "edit_date": MOMENT}, ["bearbeitet"]),
        ({"text": "x", "forward_origin": {"type": "user", "sender_user": ANNA}}, ["Weitergeleitet von Anna Ahlers"]),
        ({"text": "x", "reply_to_message": message(5, ANNA)}, ['data-jump="5"', "Anna Ahlers", "Text 5"]),
    ],
)
def test_what_a_message_carries_is_shown(scene: Scene, content: dict[str, Any], shown: list[str]) -> None:
    (html,) = bubbles(timeline([message(1, **content)], scene, NOW))
    assert [part for part in shown if part not in html] == []


def test_the_message_that_opened_a_topic_is_not_quoted(scene: Scene) -> None:
    opened = message(5, BOT, forum_topic_created={"name": "Anfrage"})
    (html,) = bubbles(timeline([message(6, text="x", reply_to_message=opened)], scene, NOW))
    assert "data-jump" not in html


def test_buttons_keep_their_places_and_refuse_scripts(scene: Scene) -> None:
    rows = [
        [{"text": "A", "callback_data": "a"}, {"text": "<B>", "url": "https://b/"}],
        [{"text": "C", "url": "data:x"}, {"text": "D", "copy_text": {"text": '"D'}}],
    ]
    content = message(3, BOT, text="x", reply_markup={"inline_keyboard": rows})
    waiting = Scene(7, scene.words, pressing=frozenset({(3, 0, 0)}))
    (html,) = bubbles(timeline([content], waiting, NOW))
    assert 'data-press="0,0" aria-busy="true">A<' in html
    assert 'href="https://b/" target="_blank" rel="noopener noreferrer">&lt;B&gt;' in html
    assert "data:x" not in html
    assert 'data-copy="&#34;D">D<' in html
