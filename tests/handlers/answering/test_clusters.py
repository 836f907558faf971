"""Cards, contacts, places, inline mode, groups, deep links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.app import Running
from bot.simulator import Simulator

Begin = Callable[..., Any]


async def test_clusters_lists_the_four_and_opens_a_card(talk: Begin) -> None:
    firm = talk("de")
    overview = await firm.say("/clusters")
    assert [name in overview for name in ("foodRegio", "NieKE", "FPI", "GIQS")] == [True] * 4
    card = await firm.press("NieKE")
    assert "LI Food" in card
    assert "Niedersachsen" in card
    assert "li-food.de" in card


async def test_a_card_gives_a_contact_and_a_place(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/clusters")
    await firm.press("foodRegio")
    card = firm.messages()[-1]["message_id"]
    await firm.person.press(card, "Kontakt speichern")
    await firm.person.press(card, "Auf der Karte zeigen")
    await firm.bot.inbox.idle()
    contact, place = firm.messages()[-2:]
    assert contact["contact"]["phone_number"] == "+49451706550"
    assert "Falkenstraße 11" in contact["contact"]["vcard"]
    assert place["venue"]["address"] == "Falkenstraße 11, 23564 Lübeck"


async def test_without_a_phone_no_contact_is_offered(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/clusters")
    await firm.press("GIQS")
    assert "Kontakt speichern" not in firm.buttons()
    assert "Auf der Karte zeigen" in firm.buttons()


@pytest.mark.parametrize(
    ("link", "told"),
    [("giqs", "Rheinbach"), ("find", "Welcher Cluster passt?"), ("en", "Hello."), ("nonsense", "Guten Tag")],
)
async def test_a_deep_link_is_followed(link: str, told: str, talk: Begin) -> None:
    firm = talk("de")
    await firm.person.start(link)
    assert told in await firm.answer()


async def test_inline_mode_offers_the_named_cluster_or_all(talk: Begin) -> None:
    firm = talk("en")
    named = await firm.person.inline_query("NieKE")
    assert [result["title"] for result in named] == ["NieKE (LI Food)"]
    assert "Quakenbrück" in named[0]["input_message_content"]["message_text"]
    assert len(await firm.person.inline_query("")) == 4


async def test_in_a_group_the_bot_answers_only_when_it_is_meant(
    bot: Running, simulator: Simulator, talk: Begin
) -> None:
    person = talk("de").person
    group = simulator.add_group("Stammtisch", members=[person])
    simulator.promote_bot(group.id)
    await person.write("Wo sitzt eigentlich FPI?", chat=group.id)
    await bot.inbox.idle()
    assert sent_by_bot(simulator, group.id) == []
    await person.write(f"@{bot.application.bot.username} Wo sitzt FPI?", chat=group.id)
    await bot.inbox.idle()
    (answer,) = sent_by_bot(simulator, group.id)
    assert "Bielefeld" in answer["text"]
    await person.write("und GIQS?", chat=group.id, reply_to=answer["message_id"])
    await bot.inbox.idle()
    assert "Rheinbach" in sent_by_bot(simulator, group.id)[-1]["text"]


def sent_by_bot(simulator: Simulator, chat_id: int) -> list[dict[str, Any]]:
    return [message for message in simulator.messages(chat_id) if message.get("from", {}).get("is_bot")]


async def test_each_scope_has_its_menu_in_each_language(bot: Running, simulator: Simulator, talk: Begin) -> None:
    person = talk("de").person
    group = simulator.add_group("Stammtisch", members=[person])
    private = simulator.commands(person.id, person.id, "de")
    assert [command["command"] for command in private] == [
        *("start", "find", "enquire", "enquiries", "subscribe", "events", "funding", "clusters"),
        *("help", "language", "privacy", "mydata", "forget"),
    ]
    assert private[9]["description"] == "Sprache wählen"
    assert [command["command"] for command in simulator.commands(person.id, group.id, "nl")] == ["clusters", "privacy"]
    assert simulator.commands(person.id, person.id, "nl")[9]["description"] == "Choose the language"
