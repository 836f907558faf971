"""Who comes, waits, moves up, is reminded; and what is no longer possible when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.app import Running
from storage.models import Event
from tests.handlers.conftest import Clock
from tests.handlers.eventful import Inbox, answer, drafted, published, replies, sender_of, subscribe

Begin = Callable[..., Any]
CARD = "Kommen Sie"


async def invited(bot: Running, talk: Begin, count: int = 1, *, quiet: bool = False, **more: str) -> tuple[Any, ...]:
    """Publish an event to some readers; return it, and what they see."""
    sender, readers = await sender_of(bot, talk), [talk("de") for _ in range(count)]
    for reader in readers:
        await reader.say("/start")
    await subscribe(bot, *readers, quiet=quiet)
    event = await published(bot, sender, **more)
    return (event, *map(Inbox, readers))


async def states(bot: Running, event: Event) -> list[str]:
    return [one.state for one in await replies(bot, event)]


async def test_a_reply_is_shown_kept_and_can_be_changed(bot: Running, talk: Begin) -> None:
    event, reader = await invited(bot, talk)
    assert await reader.press(CARD, "Ich komme") == "Notiert: Sie kommen."
    assert "Sie kommen." in reader.texts()[-1]
    assert reader.buttons(CARD)[0] == "✓ Ich komme"
    assert reader.buttons(CARD)[-1] == "Abbestellen: Veranstaltungen"
    assert await reader.press(CARD, "Vielleicht") == "Notiert: vielleicht."
    assert await reader.press(CARD, "Nein") == "Notiert: Sie kommen nicht."
    assert await states(bot, event) == ["no"]
    assert "1 Tag vorher" not in reader.buttons(CARD)


async def test_a_full_house_has_a_waiting_list_that_moves_up_and_says_so(bot: Running, talk: Begin) -> None:
    event, first, second, third = await invited(bot, talk, 3, seats="1")
    await first.press(CARD, "Ich komme")
    assert "Platz 1 der Warteliste" in await second.press(CARD, "Ich komme")
    assert "Platz 2 der Warteliste" in await third.press(CARD, "Ich komme")
    assert "Platz 1 der Warteliste" in await second.press(CARD, "✓ Ich komme")
    assert "Kein Platz ist frei" in second.texts()[-1]
    await first.press(CARD, "Nein")
    assert "Für Sie ist ein Platz frei geworden" in second.texts()[-1]
    assert "Für Sie" not in third.texts()[-1]
    assert sorted(await states(bot, event)) == ["no", "waiting", "yes"]
    await second.press("Für Sie", "Nein")
    assert "Für Sie ist ein Platz frei geworden" in third.texts()[-1]


async def test_a_double_tap_changes_nothing(bot: Running, talk: Begin) -> None:
    event, reader, other = await invited(bot, talk, 2, seats="1")
    await reader.press(CARD, "Ich komme")
    await other.press(CARD, "Ich komme")
    before = await replies(bot, event)
    for _ in "ab":
        await reader.press(CARD, "✓ Ich komme")
        await other.press(CARD, "✓ Ich komme")
    assert [(one.person_id, one.place) for one in await replies(bot, event)] == [
        (one.person_id, one.place) for one in before
    ]


async def test_after_the_deadline_one_can_only_say_no(bot: Running, talk: Begin, clock: Clock) -> None:
    event, reader, other = await invited(bot, talk, 2, deadline="Bis 7 Tage vorher")
    await reader.press(CARD, "Ich komme")
    clock.pass_(days=3)
    await other.press(CARD, "Ich komme")
    assert "Anmeldeschluss war Donnerstag, 26. November 2026, 14:00" in other.texts()[-1]
    await reader.press(CARD, "Nein")
    assert await states(bot, event) == ["no"]


async def test_after_the_beginning_there_are_no_replies(bot: Running, talk: Begin, clock: Clock) -> None:
    event, reader = await invited(bot, talk)
    clock.pass_(days=9, hours=1)
    await reader.press(CARD, "Ich komme")
    assert "hat begonnen" in reader.texts()[-1]
    assert await states(bot, event) == []


async def test_only_who_wants_it_is_reminded_and_once(bot: Running, talk: Begin, clock: Clock) -> None:
    _, reader, other, third = await invited(bot, talk, 3)
    for one in (reader, other, third):
        await one.press(CARD, "Ich komme")
    assert "7 Tage vorher" in reader.buttons(CARD)
    assert await reader.press(CARD, "1 Tag vorher") == "Ich erinnere Sie."
    assert reader.buttons(CARD)[4] == "✓ 1 Tag vorher"
    await third.press(CARD, "1 Tag vorher")
    assert "erinnere ich Sie nicht" in await third.press(CARD, "✓ 1 Tag vorher")
    clock.pass_(days=8, hours=1)
    await bot.services.broadcast.idle()
    await bot.services.broadcast.idle()
    assert [text for text in reader.texts() if "Erinnerung: Tag der Qualität" in text] == [reader.texts()[-1]]
    assert "Halle 1" in reader.texts()[-1]
    assert not [text for one in (other, third) for text in one.texts() if "Erinnerung" in text]
    assert "7 Tage vorher" not in reader.buttons("Erinnerung")


async def test_who_cancels_is_not_reminded(bot: Running, talk: Begin, clock: Clock) -> None:
    _, reader = await invited(bot, talk)
    await reader.press(CARD, "Ich komme")
    await reader.press(CARD, "1 Stunde vorher")
    await reader.press(CARD, "Nein")
    clock.pass_(days=9, minutes=10)
    await bot.services.broadcast.idle()
    assert not [text for text in reader.texts() if "Erinnerung" in text]


async def test_a_reminder_is_never_sent_after_the_beginning(bot: Running, talk: Begin, clock: Clock) -> None:
    _, reader = await invited(bot, talk)
    await reader.press(CARD, "Ich komme")
    await reader.press(CARD, "1 Stunde vorher")
    clock.pass_(days=9, hours=1, minutes=1)
    await bot.services.broadcast.idle()
    assert not [text for text in reader.texts() if "Erinnerung" in text]


async def test_quiet_hours_are_kept_but_not_beyond_the_beginning(bot: Running, talk: Begin, clock: Clock) -> None:
    _, reader = await invited(bot, talk, quiet=True)
    await reader.press(CARD, "Ich komme")
    await reader.press(CARD, "7 Tage vorher")
    clock.now = clock.now.replace(day=26, hour=22)
    await bot.services.broadcast.idle()
    assert not [text for text in reader.texts() if "Erinnerung" in text]
    clock.pass_(hours=10)
    await bot.services.broadcast.idle()
    assert "Erinnerung" in reader.texts()[-1]


async def test_who_unsubscribed_but_comes_is_reminded(bot: Running, talk: Begin, clock: Clock) -> None:
    _, reader = await invited(bot, talk)
    await reader.press(CARD, "Ich komme")
    await reader.press(CARD, "1 Tag vorher")
    await reader.press(CARD, "Abbestellen: Veranstaltungen")
    assert reader.buttons(CARD)[0] == "✓ Ich komme"
    assert reader.buttons(CARD)[-1] == "Wieder abonnieren: Veranstaltungen"
    clock.pass_(days=8, hours=1)
    await bot.services.broadcast.idle()
    assert "Erinnerung" in reader.texts()[-1]


async def test_the_calendar_entry_is_a_file_in_the_readers_language(bot: Running, talk: Begin) -> None:
    event, reader = await invited(bot, talk)
    await reader.press(CARD, "Kalendereintrag")
    _, entry = reader.entry()
    assert (str(entry["UID"]), int(entry["SEQUENCE"])) == (event.uid, 0)
    assert str(entry["SUMMARY"]) == "Tag der Qualität"
    assert entry["DTSTART"].dt == event.begins_at


async def test_a_test_of_the_invitation_takes_no_replies(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await drafted(sender)
    await answer(sender, "Einladen", "Weiter", "Sofort", "Mich fragen", "Test an mich senden")
    await Inbox(sender).press(CARD, "Ich komme")
    assert "noch nicht hinausgegangen" in Inbox(sender).texts()[-1]
