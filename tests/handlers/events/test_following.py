"""An event is changed or cancelled: what people have is put right, and whoever comes hears of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.app import Running
from tests.handlers.conftest import Clock
from tests.handlers.eventful import (
    Inbox,
    answer,
    buttons_of,
    drafted,
    known,
    published,
    replies,
    sender_of,
    subscribe,
)
from tests.handlers.hiring import acts

Begin = Callable[..., Any]
CARD = "Kommen Sie"


async def invited(bot: Running, talk: Begin, count: int, **more: str) -> tuple[Any, ...]:
    """Publish an event; return its sender and what the readers see."""
    sender, readers = await sender_of(bot, talk), [talk("de") for _ in range(count)]
    for reader in readers:
        await reader.say("/start")
    await subscribe(bot, *readers)
    await published(bot, sender, **more)
    return (sender, *map(Inbox, readers))


async def change(bot: Running, sender: Any, field: str, *answers: str) -> str:
    """Change a part of the only event, and send the correction."""
    await answer(sender, "/events", "Verwalten: Tag der Qualität", "Ändern", field, *answers)
    told = await answer(sender, "Berichtigung senden")
    await bot.services.broadcast.idle()
    return told


async def cancel(bot: Running, sender: Any) -> str:
    """Cancel the only event."""
    told = await answer(
        sender,
        "/events",
        "Verwalten: Tag der Qualität",
        "Veranstaltung absagen",
        "Ja, absagen und alle benachrichtigen",
    )
    await bot.services.broadcast.idle()
    return told


async def test_a_new_time_is_put_right_in_the_messages_and_told_to_who_comes(bot: Running, talk: Begin) -> None:
    sender, coming, other = await invited(bot, talk, 2)
    await coming.press(CARD, "Ich komme")
    before = [len(one.texts()) for one in (coming, other)]
    assert "ist geändert" in await change(bot, sender, "Beginn ändern", "4.12.2026 10 Uhr")
    for one in (coming, other):
        assert "Freitag, 4. Dezember 2026, 10:00 bis 12:00 Uhr" in one.texts()[before[0] - 1]
    assert [len(one.texts()) for one in (coming, other)] == [before[0] + 1, before[1]]
    assert "Geändert: Zeit" in coming.texts()[-1]
    assert coming.buttons(CARD)[0] == "✓ Ich komme"
    await coming.press("Geändert: Zeit", "Kalendereintrag")
    _, entry = coming.entry()
    [event] = await known(bot)
    assert (str(entry["UID"]), int(entry["SEQUENCE"]), entry["DTSTART"].dt) == (event.uid, 1, event.begins_at)
    assert (await acts(bot))[-1] == "event_corrected"


async def test_a_new_text_is_put_right_without_a_message(bot: Running, talk: Begin) -> None:
    sender, coming = await invited(bot, talk, 1)
    await coming.press(CARD, "Ich komme")
    before = len(coming.texts())
    await change(bot, sender, "Deutschen Text ändern", "Tag der Güte\nKommen Sie alle.")
    assert len(coming.texts()) == before
    assert "Tag der Güte" in coming.texts()[-1]


async def test_a_message_that_is_gone_is_sent_anew_and_corrected_next_time(bot: Running, talk: Begin) -> None:
    sender, reader = await invited(bot, talk, 1)
    await reader.one.person.delete(reader.with_(CARD)["message_id"])
    before = len(reader.texts())
    await change(bot, sender, "Ort ändern", "Halle 2, Bremen")
    assert len(reader.texts()) == before + 1
    assert reader.texts()[-1].startswith("Geändert: Ort")
    assert "Halle 2, Bremen" in reader.texts()[-1]
    assert reader.buttons(CARD)[0] == "Ich komme"
    await change(bot, sender, "Ort ändern", "Halle 3, Bremen")
    assert len(reader.texts()) == before + 1
    assert "Halle 3, Bremen" in reader.texts()[-1]


async def test_more_seats_move_the_waiting_list_up(bot: Running, talk: Begin) -> None:
    sender, first, second, third = await invited(bot, talk, 3, seats="1")
    for one in (first, second, third):
        await one.press(CARD, "Ich komme")
    await change(bot, sender, "Plätze ändern", "2")
    assert "Für Sie ist ein Platz frei geworden" in second.texts()[-1]
    await change(bot, sender, "Plätze ändern", "1")
    [event] = await known(bot)
    assert [one.state for one in await replies(bot, event)] == ["yes", "yes", "waiting"]
    assert "Für Sie" not in str(third.texts())


async def test_reminders_follow_a_new_time(bot: Running, talk: Begin, clock: Clock) -> None:
    sender, reader = await invited(bot, talk, 1)
    await reader.press(CARD, "Ich komme")
    await reader.press(CARD, "1 Tag vorher")
    await change(bot, sender, "Beginn ändern", "10.12.2026 14 Uhr")
    clock.pass_(days=8, hours=2)
    await bot.services.broadcast.idle()
    assert "Erinnerung" not in str(reader.texts())
    clock.pass_(days=7)
    await bot.services.broadcast.idle()
    assert "Erinnerung" in reader.texts()[-1]


async def test_a_revision_of_an_event_that_was_changed_meanwhile_is_refused(bot: Running, talk: Begin) -> None:
    sender, _ = await invited(bot, talk, 1)
    other = await sender_of(bot, talk)
    await answer(other, "/events", "Verwalten: Tag der Qualität", "Ändern", "Ort ändern", "Halle 9")
    await change(bot, sender, "Plätze ändern", "7")
    assert "inzwischen geändert" in await other.press("Berichtigung senden")
    [event] = await known(bot)
    assert (event.place, event.seats) == ("Halle 1, Lübeck", 7)


async def test_a_revision_that_changes_nothing_is_refused_and_can_be_dropped(bot: Running, talk: Begin) -> None:
    sender, _ = await invited(bot, talk, 1)
    assert "nichts anders" in await change(bot, sender, "Ort ändern", "Halle 1, Lübeck https://treffen.example/a")
    await answer(sender, "/events", "Verwalten: Tag der Qualität", "Ändern", "Entwurf löschen", "Ja, löschen")
    [event] = await known(bot)
    assert event.sequence == 0


async def test_everybody_who_got_it_hears_of_a_cancellation(bot: Running, talk: Begin, clock: Clock) -> None:
    sender, coming, silent, gone = await invited(bot, talk, 3)
    await coming.press(CARD, "Ich komme")
    await coming.press(CARD, "1 Tag vorher")
    await gone.press(CARD, "Abbestellen: Veranstaltungen")
    assert "ist abgesagt" in await cancel(bot, sender)
    for one in (coming, silent):
        assert "Abgesagt: Tag der Qualität" in one.texts()[-1]
        assert one.texts()[-2].startswith("Abgesagt\n")
        assert "Ich komme" not in one.buttons(CARD)
    # Consent counts when it leaves: who wants no more events and did not reply gets nothing new.
    assert "Abgesagt: Tag der Qualität" not in gone.texts()[-1]
    await silent.press("Abgesagt: Tag", "Aus dem Kalender nehmen")
    calendar, entry = silent.entry()
    assert (str(calendar["METHOD"]), str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("CANCEL", "CANCELLED", 1)
    clock.pass_(days=8, hours=1)
    await bot.services.broadcast.idle()
    assert "Erinnerung" not in str(coming.texts())
    assert "keine Veranstaltungen angekündigt" in await coming.one.say("/events")


async def test_a_cancelled_event_takes_no_replies_and_no_second_cancellation(bot: Running, talk: Begin) -> None:
    sender, reader = await invited(bot, talk, 1)
    old = reader.with_(CARD)
    await cancel(bot, sender)
    count = len(reader.texts())
    sent = await bot.application.bot.send_message(reader.one.person.id, "-", reply_markup=buttons_of(old))
    await reader.one.person.press(sent.message_id, "Ich komme")
    assert "ist abgesagt" in await reader.one.answer()
    await answer(sender, "/events")
    assert len(reader.texts()) == count + 2
    [event] = await known(bot)
    assert await replies(bot, event) == []


async def test_an_invitation_that_did_not_leave_yet_is_stopped_by_a_cancellation(
    bot: Running, talk: Begin, clock: Clock
) -> None:
    sender, reader = await sender_of(bot, talk), talk("de")
    await reader.say("/start")
    await subscribe(bot, reader)
    await drafted(sender)
    await answer(sender, "Einladen", "Weiter", "morgen 9 Uhr", "Einmal", "Mich fragen", "Einplanen")
    assert "niemand muss benachrichtigt werden" in await cancel(bot, sender)
    clock.pass_(days=1)
    await bot.services.broadcast.idle()
    assert CARD not in str(Inbox(reader).texts())


async def test_who_comes_is_shown_to_those_who_invite_and_noted(bot: Running, talk: Begin) -> None:
    sender, first, second = await invited(bot, talk, 2, seats="1")
    first.one.person.account.first_name = "=Anna"
    for one in (first, second):
        await one.press(CARD, "Ich komme")
    told = await answer(sender, "/events", "Verwalten: Tag der Qualität")
    for line in ("Zugesagt: 1 / 1", "Auf der Warteliste: 1", "Vielleicht: 0"):
        assert line in told
    assert "Anna" not in told
    told = await answer(sender, "Wer kommt")
    assert "=Anna: zugesagt" in told
    assert "personenbezogen" in told
    await Inbox(sender).press("personenbezogen", "Als Datei speichern")
    lines = Inbox(sender).file().decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Name;Antwort;Geantwortet am;Erinnerungen"
    assert lines[1].startswith("'=Anna;zugesagt;2026-11-24 13:00:00;")
    assert (await acts(bot))[-2:] == ["event_listed", "event_exported"]


async def test_an_event_is_announced_again_only_to_who_has_not_got_it(bot: Running, talk: Begin) -> None:
    sender, reader = await invited(bot, talk, 1)
    late = talk("de")
    await late.say("/start")
    await subscribe(bot, late)
    before = len(reader.texts())
    await answer(sender, "/events", "Verwalten: Tag der Qualität", "Einladen", "Weiter", "Sofort", "Mich fragen")
    await answer(sender, "Einplanen")
    await bot.services.broadcast.idle()
    assert len(reader.texts()) == before
    assert CARD in Inbox(late).texts()[-1]
