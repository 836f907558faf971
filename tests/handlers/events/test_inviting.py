"""An event from the first word to the readers' calendars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.app import Running
from tests.handlers.conftest import Clock
from tests.handlers.eventful import Inbox, answer, drafted, known, published, sender_of, subscribe
from tests.handlers.hiring import fire, hire

Begin = Callable[..., Any]


async def test_from_the_first_word_to_the_reader(bot: Running, talk: Begin) -> None:
    sender, reader = await sender_of(bot, talk), talk("de")
    await reader.say("/start")
    await subscribe(bot, reader)
    assert "Worum geht es" in await sender.say("/announce")
    assert "Welcher Cluster lädt ein" in await sender.press("Veranstaltungen")
    assert sender.buttons() == ["FPI", "Entwurf löschen"]
    assert "deutschen Text der Veranstaltung" in await sender.press("FPI")
    assert "englischen Text der Veranstaltung" in await sender.say("Tag der Qualität\nKommen Sie.")
    assert "Wann beginnt sie" in await sender.say("Quality day\nDo come.")
    assert "Wann endet sie" in await sender.say("3.12.2026 14 Uhr")
    assert "Wo findet sie statt" in await sender.press("2 Stunden")
    assert "Wie viele Plätze" in await sender.say("Halle 1, Lübeck https://treffen.example/a")
    assert "Bis wann" in await sender.say("20 Plätze")
    assert "Gibt es eine Seite" in await sender.press("Bis 1 Tag vorher")
    overview = await sender.say("https://fpi.example/tag")
    for shown in (
        "Donnerstag, 3. Dezember 2026, 14:00 bis 16:00 Uhr",
        "20 Plätze",
        "Mittwoch, 2. Dezember 2026, 14:00",
    ):
        assert shown in overview
    assert "Invited by FPI" in await sender.press("Vorschau Englisch")
    assert "Wer soll sie bekommen" in await sender.press("Einladen")
    assert "Wann soll sie hinausgehen" in await sender.press("Weiter")
    await sender.press("Sofort")
    assert "Tag der Qualität" in await sender.press("Mich fragen")
    assert "Deutschen Text ändern" not in sender.buttons()
    assert "Veranstalter: FPI" in await sender.press("Vorschau Deutsch")
    await answer(sender, "/announcements", "1. Tag der Qualität", "Weiter")
    assert "Eingeplant" in await sender.press("Einplanen")
    await bot.services.broadcast.idle()
    inbox = Inbox(reader)
    card = inbox.texts()[-1]
    for shown in ("Kommen Sie.", "14:00 bis 16:00 Uhr", "Halle 1, Lübeck", "https://treffen.example/a", "20 Plätze"):
        assert shown in card
    assert inbox.buttons("Kommen Sie.") == [
        "Ich komme",
        "Vielleicht",
        "Nein",
        "Kalendereintrag",
        "Abbestellen: Veranstaltungen",
    ]


def entry(title: str, start: str = "20261203T140000", more: str = "") -> str:
    return (
        f"BEGIN:VEVENT\r\nUID:{title}\r\nSUMMARY:{title}\r\nDTSTART;TZID=Europe/Berlin:{start}\r\n{more}END:VEVENT\r\n"
    )


def calendar(*entries: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{''.join(entries)}END:VCALENDAR\r\n".encode()


async def send_file(one: Any, content: bytes, name: str = "tag.ics") -> str:
    await one.person.send_document(content, name)
    return str(await one.answer())


async def test_a_calendar_file_with_one_event_is_a_draft(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    more = "DTEND;TZID=Europe/Berlin:20261203T153000\r\nLOCATION:Halle <1>\r\nURL:https://fpi.example/t\r\n"
    assert "Welcher Cluster" in await send_file(sender, calendar(entry("Tag & mehr", more=more)))
    assert "englischen Text" in await sender.press("FPI")
    assert "Wie viele Plätze" in await sender.press("Nur Deutsch")
    overview = await answer(sender, "Unbegrenzt", "Bis zum Beginn")
    for shown in ("Tag & mehr", "14:00 bis 15:30 Uhr", "Halle <1>", "https://fpi.example/t"):
        assert shown in overview


async def test_of_several_events_one_is_chosen(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    entries = (entry("Spät", "20261210T090000"), entry("Früh", "20261204T090000"), entry("Alt", "20201204T090000"))
    told = await send_file(sender, calendar(*entries))
    assert told.index("Früh") < told.index("Spät")
    assert "Alt" not in told
    await answer(sender, "2. Spät", "FPI")
    [event] = await known(bot)
    assert (event.texts["de"]["title"], event.choices) == ("Spät", None)


async def test_a_bad_file_says_what_is_wrong(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    assert "nicht als Kalenderdatei" in await send_file(sender, b"hello")
    assert "zu groß" in await send_file(sender, calendar(entry("a")) + b" " * 300_000)
    assert "enthält keine Veranstaltung." in await send_file(sender, calendar())
    assert "noch bevorsteht" in await send_file(sender, calendar(entry("a", "20201203T140000")))
    assert await known(bot) == []


async def test_a_calendar_file_of_anybody_else_is_no_draft(bot: Running, talk: Begin) -> None:
    agent = talk("de")
    await hire(bot, agent.person.id, "agent")
    assert "Welcher Cluster lädt" not in await send_file(agent, calendar(entry("a")))
    assert await known(bot) == []


async def test_what_is_read_wrongly_is_asked_again(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await answer(sender, "/announce", "Veranstaltungen", "FPI", "Titel\nText", "Nur Deutsch")
    assert "ist vorbei" in await sender.say("23.11. 9 Uhr")
    await sender.say("3.12.2026 14 Uhr")
    assert "nach dem Beginn" in await sender.say("3.12.2026 13 Uhr")
    assert "nicht lesen" in await sender.say("irgendwann")
    await sender.say("17:30")
    assert "beginnt" in await sender.say("https://kurz")
    await sender.say("Halle 1")
    assert "in Ziffern" in await sender.say("viele")
    await sender.say("20")
    assert "vor dem Beginn" in await sender.say("4.12.2026 9 Uhr")
    await Inbox(sender).press("Bis wann", "Bis 3 Tage vorher")
    assert "https://" in await sender.say("fpi.example")
    await Inbox(sender).press("Gibt es eine Seite", "Keine Seite")
    assert "14:00 bis 17:30 Uhr" in Inbox(sender).texts()[-1]


async def test_a_command_keeps_the_draft_and_events_finds_it(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await answer(sender, "/announce", "Veranstaltungen", "FPI")
    assert "bleibt erhalten" in await sender.say("/events")
    assert "deutschen Text" in await sender.press("Entwurf ohne Titel bearbeiten")
    await sender.press("Entwurf löschen")
    assert "gelöscht" in await sender.press("Ja, löschen")
    assert await known(bot) == []


async def test_a_moved_beginning_moves_the_end_and_asks_for_a_deadline_after_it(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await drafted(sender, deadline="2.12.2026 9 Uhr")
    await sender.press("Beginn ändern")
    assert "Bis wann" in await sender.say("1.12.2026 9 Uhr")
    assert "09:00 bis 11:00 Uhr" in await sender.press("Bis zum Beginn")


async def test_who_may_not_is_refused_at_each_step(bot: Running, talk: Begin) -> None:
    sender, agent = await sender_of(bot, talk), talk("de")
    await hire(bot, agent.person.id, "agent", "fpi")
    await agent.say("/start")
    event = await published(bot, sender)
    for act in ("keep", "revise", "cancel!", "who", "export", "invite:1", "drop!", "edit:de"):
        sent = await bot.application.bot.send_message(agent.person.id, "-", reply_markup=one_button(event.id, act))
        await agent.person.press(sent.message_id, (0, 0))
        assert "keine Berechtigung" in await agent.answer(), act
    await fire(bot, sender.person.id, "sender")
    await sender.say("/events")
    assert not [label for label in sender.buttons() if label.startswith("Verwalten")]


async def test_an_invitation_of_all_clusters_wants_a_second_person(bot: Running, talk: Begin) -> None:
    first, second, reader = (
        await sender_of(bot, talk, "*", "admin"),
        await sender_of(bot, talk, "*", "admin"),
        talk("de"),
    )
    await reader.say("/start")
    await second.say("/start")
    await subscribe(bot, reader)
    await answer(
        first, "/announce", "Veranstaltungen", "alle Cluster", "Titel\nText", "Nur Deutsch", "3.12.2026 14 Uhr"
    )
    await answer(first, "2 Stunden", "Halle 1", "Unbegrenzt", "Bis zum Beginn", "Keine Seite", "Einladen", "Weiter")
    assert "Wartet auf Freigabe" in await answer(first, "Sofort", "Mich fragen", "Freigabe erbitten")
    await bot.services.broadcast.idle()
    shown = Inbox(second)
    assert any("Halle 1" in text and "Veranstalter: foodRegio, NieKE, FPI und GIQS" in text for text in shown.texts())
    await second.answer()
    assert "Halle 1" not in str(Inbox(reader).texts())
    await second.press("Freigeben")
    await bot.services.broadcast.idle()
    assert "Halle 1" in Inbox(reader).texts()[-1]


async def test_an_invitation_that_would_come_after_the_beginning_is_not_sent(
    bot: Running, talk: Begin, clock: Clock
) -> None:
    sender, reader = await sender_of(bot, talk), talk("de")
    await reader.say("/start")
    await subscribe(bot, reader)
    await drafted(sender)
    await answer(sender, "Einladen", "Weiter", "3.12.2026 13:55", "Einmal", "Nachholen", "Einplanen")
    clock.pass_(days=9, hours=1, minutes=5)
    await bot.services.broadcast.idle()
    assert not [text for text in Inbox(reader).texts() if "Tag der Qualität" in text]


def one_button(number: int, act: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("-", callback_data=f"evd:{number}:{act}")]])
