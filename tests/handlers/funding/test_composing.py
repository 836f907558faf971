"""A call from the first word to its readers; what can be changed later; who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.app import Running
from tests.handlers.conftest import Clock
from tests.handlers.funding.calls import announcement_of, call_of, sendings, sent, subscribe
from tests.handlers.hiring import acts, fire, hire

Begin = Callable[..., Any]


async def sender_of(bot: Running, talk: Begin) -> Any:
    sender = talk("de")
    await hire(bot, sender.person.id, "sender", "fpi")
    return sender


async def up_to_the_texts(sender: Any) -> str:
    await sender.say("/announce")
    await sender.press("Förderung")
    await sender.press("FPI")
    await sender.say("ZIM")
    await sender.press("Er läuft schon")
    await sender.say("22. Januar 2027 12 Uhr")
    await sender.press("Kleine und mittlere Unternehmen")
    await sender.press("Weiter")
    await sender.press("Weiter")
    await sender.press("Niedersachsen")
    await sender.press("Weiter")
    await sender.say("bis zu 50 %\nup to 50 %")
    return str(await sender.say("https://example.org/zim"))


async def whole(sender: Any) -> str:
    await up_to_the_texts(sender)
    await sender.say("Aufruf & mehr\nDer Text.")
    await sender.say("Call & more\nThe text.")
    await sender.press("Weiter")
    await sender.press("Sofort")
    return str(await sender.press("Mich fragen"))


async def test_from_the_first_word_to_the_reader(bot: Running, talk: Begin) -> None:
    sender, german, english = await sender_of(bot, talk), talk("de"), talk("en")
    await german.say("/start")
    await english.say("/start")
    await subscribe(bot, german)
    await subscribe(bot, english, language="en")
    await sender.say("/announce")
    assert "Welcher Cluster" in await sender.press("Förderung")
    assert "Welches Programm" in await sender.press("FPI")
    assert "Wann beginnt" in await sender.say("ZIM")
    assert "Wann endet" in await sender.press("Er läuft schon")
    assert "Wer darf" in await sender.say("22. Januar 2027 12 Uhr")
    await sender.press("Kleine und mittlere Unternehmen")
    assert "✓ Kleine und mittlere Unternehmen" in sender.buttons()
    assert "Themen" in await sender.press("Weiter")
    assert "Wo?" in await sender.press("Weiter")
    await sender.press("Niedersachsen")
    assert "Wie hoch" in await sender.press("Weiter")
    assert "Wo steht" in await sender.say("bis zu 50 %\nup to 50 %")
    assert "deutschen Text" in await sender.say("https://example.org/zim")
    await sender.say("Aufruf & mehr\nDer Text.")
    assert "2 Personen" in await sender.say("Call & more\nThe text.")
    await sender.press("Weiter")
    await sender.press("Sofort")
    await sender.press("Mich fragen")
    shown = await sender.press("Vorschau Englisch")
    await press_earlier(sender, "Einplanen")
    await sent(bot)
    told = english.messages()[-1]["text"]
    assert told == shown
    for line in (
        "Call & more",
        "The text.",
        "Programme: ZIM",
        "Closes on 22 January 2027 at 12:00",
        "Who may apply: Small and medium-sized firms",
        "Where: Lower Saxony",
        "How much: up to 50 %",
        "Page: https://example.org/zim",
        "Funding · FPI",
    ):
        assert line in told
    assert "Frist: 22. Januar 2027, 12:00 Uhr" in german.messages()[-1]["text"]
    assert german.buttons() == [
        "Passt das zu uns?",
        "Erinnern",
        "Nichts mehr zu diesem Aufruf",
        "Abbestellen: Förderung",
    ]


async def press_earlier(talk: Any, button: str) -> str:
    """Press a button of the newest message that has it."""
    for message in talk.messages()[::-1]:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if any(one["text"] == button for row in rows for one in row):
            await talk.person.press(message["message_id"], button)
            return str(await talk.answer())
    raise AssertionError(button)


async def test_a_bad_fact_is_explained_and_asked_again(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await sender.say("/announce")
    await sender.press("Förderung")
    await sender.press("FPI")
    assert "höchstens 120" in await sender.say("x" * 121)
    await sender.say("ZIM")
    await sender.say("1. März 2027")
    assert "vor dem Beginn" in await sender.say("28. Februar 2027 12 Uhr")
    assert "Um wie viel Uhr" in await sender.say("30. April 2027")
    assert "Wer darf" in await sender.say("30. April 2027 12 Uhr")
    for _ in range(3):
        await sender.press("Weiter")
    await sender.press("Keine Angabe")
    assert "keine Adresse" in await sender.say("example")
    assert "deutschen Text" in await press_earlier(sender, "Keine Seite")
    call = await call_of(bot)
    assert (call.opens_on, call.closes_at) == ("2027-03-01", datetime(2027, 4, 30, 10, tzinfo=UTC))
    assert (call.who, call.steps, call.regions, call.amount, call.link) == (0, 0, [], {}, None)


async def test_a_command_leaves_the_draft(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await sender.say("/announce")
    await sender.press("Förderung")
    await sender.press("FPI")
    assert "Entwurf" in await sender.say("/help")
    await sender.say("ZIM")
    assert (await call_of(bot)).programme == ""


async def test_facts_are_changed_before_it_goes_out(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await whole(sender)
    before = (await announcement_of(bot)).version
    assert "Programm: ZIM" in await sender.press("Aufruf ändern")
    await sender.press("Programm")
    assert "Übersicht" in await sender.say("IGF")
    assert (await call_of(bot)).programme == "IGF"
    assert (await announcement_of(bot)).version > before


async def test_a_changed_cut_off_moves_the_reminders(bot: Running, talk: Begin, clock: Clock) -> None:
    sender = await sender_of(bot, talk)
    await whole(sender)
    await sender.press("Einplanen")
    await sent(bot)
    assert [f"{one.due_at:%d.%m. %H}" for one in (await sendings(bot))[1:]] == ["23.12. 08", "08.01. 08", "19.01. 08"]
    clock.pass_(hours=1)
    await sender.say("/announcements")
    await sender.press("1. Aufruf & mehr")
    await sender.press("Aufruf ändern")
    await sender.press("Frist")
    assert "Er ist schon verschickt" in await sender.say("28. Februar 2027 12 Uhr")
    found = (await sendings(bot))[1:]
    assert [f"{one.due_at:%d.%m. %H}" for one in found] == ["29.01. 08", "14.02. 08", "25.02. 08"]
    assert {one.expires_at for one in found} == {datetime(2027, 2, 28, 11, tzinfo=UTC)}
    assert (await acts(bot))[-1] == "announcement_changed"


async def test_who_may_not_changes_nothing(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await whole(sender)
    await sender.press("Aufruf ändern")
    await fire(bot, sender.person.id, "sender")
    assert "keine Berechtigung" in await sender.press("Programm")
    assert (await call_of(bot)).programme == "ZIM"


async def test_a_copy_has_a_call_of_its_own(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await whole(sender)
    await sender.press("Einplanen")
    await sent(bot)
    await sender.say("/announcements")
    await sender.press("1. Aufruf & mehr")
    assert "Wann soll sie" in await sender.press("Kopieren")
    copy = await call_of(bot, 2)
    assert (copy.programme, copy.announcement_id) == ("ZIM", 2)
    assert (await announcement_of(bot, 2)).subject == "call:2"


async def test_a_call_that_would_be_closed_is_not_scheduled(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await whole(sender)
    await sender.press("Zeit ändern")
    await sender.say("23. Januar 2027 9 Uhr")
    await sender.press("Einmal")
    await sender.press("Einplanen")
    assert (await announcement_of(bot)).state == "draft"
