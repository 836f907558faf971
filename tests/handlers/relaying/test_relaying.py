"""What is said reaches the other side: cards and topics in the staff's group, answers in the firm's chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest

from bot.enquiries import Actor, acting, edited, sharing, talking
from bot.simulator import Message
from bot.terminal import message_text
from handlers.relaying import cards
from storage import enquiries
from storage.models import EnquiryMessage, Outcome
from tests.handlers.conftest import OpenOffice
from tests.handlers.enquiring import TEXT, Asking

Begin = Callable[..., Any]


async def entry_of(asking: Asking, message: Message) -> EnquiryMessage:
    async with asking.bot.services.database.read() as session:
        entry = await enquiries.entry_at(session, message["chat"]["id"], message["message_id"])
    assert entry
    return entry


async def test_an_enquiry_gets_its_topic_and_its_card(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    assert team.topics() == [f"{number} · Muster GmbH"]
    card = team.texts(team.topic(number))[0]
    assert card.startswith(f"{number} · Muster GmbH\nOffen, noch niemand hat sie übernommen.\n\n{TEXT}\n")
    assert "– Verarbeitung & Produktentwicklung ist ein Kernthema von Ihnen" in card
    assert "– Niedersachsen ist Ihre Region" in card
    assert "Eingegangen: 24.11.26, 13:00" in card
    assert "Übernehmen" in team.buttons(team.card())
    assert f"Ihre Anfrage {number} liegt bei NieKE." in firm.messages()[-1]["text"]
    assert firm.buttons() == ["Anfrage ansehen", "Zurückziehen"]


async def test_the_card_shows_a_number_as_people_dial_it(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    await asking.open(way="phone", contact="+49451706550")
    assert "Antwort erbeten per Telefon: 0451 706550" in team.card()["text"]


async def test_what_is_said_goes_both_ways_and_names_nobody(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    await asking.says(await firm.person.write("Es eilt <sehr> & ist wichtig"))
    topic = team.topic(number)
    assert team.texts(topic)[-1] == "Es eilt <sehr> & ist wichtig"
    answer = await team.agent.write("Wir kennen drei Firmen.", chat=team.group.id, topic=topic)
    await asking.is_answered(answer)
    assert firm.messages()[-1]["text"] == f"NieKE · {number}\nWir kennen drei Firmen."
    assert "Die letzte Antwort ist angekommen (24.11.26, 13:00)." in team.card()["text"]
    assert "Übernommen von Agnes." in team.card()["text"]
    assert not any("Agnes" in message_text(message) for message in firm.messages())
    assert not any("Muster " in text.replace("Muster GmbH", "") for text in team.texts())
    reactions = [m["view"]["reactions"] for m in team.simulator.messages(team.group.id) if m == m | answer]
    assert reactions[0][0]["emoji"] == "👌"


async def test_without_topics_all_answers_the_card(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke", forum=False)
    number = await asking.open()
    await asking.says(await firm.person.write("Es eilt"))
    card, relayed = team.messages()
    assert relayed["text"] == f"{number} · Muster GmbH\nEs eilt"
    assert relayed["reply_to_message"]["message_id"] == card["message_id"]


async def test_files_go_along_with_what_stands_below_them(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    await asking.says(await firm.person.send_document(b"x", "Muster.pdf", caption="Unser Muster"))
    await asking.says(await firm.person.send_voice(b"y"))
    await asking.says(await firm.person.share_contact("+49451706550"))
    document, voice, contact = team.messages(team.topic(number))[1:]
    assert (document["document"]["file_name"], document["caption"]) == ("Muster.pdf", "Unser Muster")
    assert "voice" in voice
    assert "forward_origin" not in document
    assert contact["contact"]["phone_number"] == "+49451706550"
    picture = await team.agent.send_photo(b"z", caption="So sieht es aus", chat=team.group.id, topic=team.topic())
    await asking.is_answered(picture)
    assert firm.messages()[-1]["caption"] == f"NieKE · {number}\nSo sieht es aus"
    place = await team.agent.share_location(52.7, 8.0, chat=team.group.id, topic=team.topic())
    await asking.is_answered(place)
    header, location = firm.messages()[-2:]
    assert header["text"] == f"NieKE · {number}"
    assert location["reply_to_message"]["message_id"] == header["message_id"]


async def test_an_album_stays_one(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    await asking.open()
    for part in await firm.person.send_album([b"a", b"b", b"c"], caption="Drei Muster"):
        await asking.plans(part)
    await asking.sent()
    album = team.messages(team.topic())[1:]
    assert len(album) == 3
    assert len({message["media_group_id"] for message in album}) == 1
    assert [message_text(message) for message in album] == ["Drei Muster", "", ""]


async def test_a_long_text_goes_in_parts(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open(text="Wort " * 600)
    first, rest = team.texts(team.topic(number))
    assert first.count("Wort") + rest.count("Wort") == 600
    answer = await team.agent.write("Satz. " * 680, chat=team.group.id)
    await asking.is_answered(answer)
    parts = [message["text"] for message in firm.messages() if "Satz." in message.get("text", "")]
    assert sum(part.count("Satz.") for part in parts) == 680
    assert all(len(part) <= 4096 for part in parts)


async def test_copies_follow_what_is_changed(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    answer = await team.agent.write("Ruf 0451", chat=team.group.id)
    await asking.is_answered(answer)
    async with asking.bot.services.database.begin() as session:
        assert await edited(session, team.group.id, answer["message_id"], "Ruf 0452", update_id=1, now=asking.now)
    await asking.sent()
    assert firm.messages()[-1]["text"] == f"NieKE · {number}\nRuf 0452"
    assert "edit_date" in firm.messages()[-1]


async def test_what_cannot_be_changed_is_corrected(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    answer = await team.agent.write("Ruf 0451", chat=team.group.id)
    await asking.is_answered(answer)
    await firm.person.delete(firm.messages()[-1]["message_id"])
    async with asking.bot.services.database.begin() as session:
        await edited(session, team.group.id, answer["message_id"], "Ruf 0452", update_id=1, now=asking.now)
    await asking.sent()
    assert firm.messages()[-1]["text"] == f"NieKE · {number} (korrigiert)\nRuf 0452"


async def withdraw(asking: Asking, message: Message) -> None:
    entry = await entry_of(asking, message)
    async with asking.bot.services.database.begin() as session:
        enquiry = await enquiries.by_id(session, asking.id)
        kept = await enquiries.entry(session, entry.id)
        assert enquiry
        assert kept
        await talking.withdraw(session, enquiry, kept, Actor(1, "Agnes", 77), now=asking.now)
    await asking.sent()


async def test_what_is_withdrawn_goes_from_the_firms_chat(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    await asking.open()
    answer = await team.agent.write("Falsche Firma", chat=team.group.id)
    await asking.is_answered(answer)
    await withdraw(asking, answer)
    assert not any("Falsche Firma" in message_text(message) for message in firm.messages())
    assert "Die letzte Antwort wurde zurückgezogen." in team.card()["text"]


async def test_what_is_too_old_to_be_deleted_says_that_it_is_withdrawn(
    office: OpenOffice, firm: Any, asking: Asking
) -> None:
    team = await office("nieke")
    number = await asking.open()
    answer = await team.agent.write("Falsche Firma", chat=team.group.id)
    await asking.is_answered(answer)
    firm.simulator.chat(firm.person.id).messages[firm.messages()[-1]["message_id"]]["date"] -= 3 * 86400
    await withdraw(asking, answer)
    assert firm.messages()[-1]["text"] == f"NieKE hat diese Nachricht zurückgezogen ({number})."


async def test_who_gets_an_enquiry_gets_what_was_said(office: OpenOffice, firm: Any, asking: Asking) -> None:
    old, new = await office("nieke"), await office("fpi")
    number = await asking.open()
    await asking.says(await firm.person.write("Es eilt"))
    await asking.is_answered(await old.agent.write("Das kann FPI besser", chat=old.group.id))
    async with asking.bot.services.database.begin() as session:
        enquiry = await enquiries.by_id(session, asking.id)
        assert enquiry
        await sharing.hand_over(session, enquiry, Actor(old.agent.id, "Agnes", 78), "nieke", "fpi", now=asking.now)
    await asking.sent()
    assert "Übergeben. Sie liegt jetzt bei FPI." in old.card(number)["text"]
    assert old.buttons(old.card(number)) == []
    assert old.texts()[-1] == f"Agnes hat {number} an FPI übergeben. Hier ist keine Antwort mehr nötig."
    card, first, second, notice = new.texts(new.topic(number))
    assert "Offen, noch niemand" in card
    assert (first, second) == ("Es eilt", "NieKE an die Firma\nDas kann FPI besser")
    assert notice.startswith(f"Agnes von NieKE hat Ihnen {number} übergeben.")
    assert "an FPI übergeben" in firm.messages()[-1]["text"]


async def test_the_end_asks_how_it_was(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    async with asking.bot.services.database.begin() as session:
        enquiry = await enquiries.by_id(session, asking.id)
        assert enquiry
        actor = Actor(team.agent.id, "Agnes", 79)
        await acting.close(session, enquiry, actor, "nieke", Outcome.CONTACT_MADE, now=asking.now)
    await asking.sent()
    assert f"NieKE hat Ihre Anfrage {number} abgeschlossen." in firm.messages()[-1]["text"]
    assert firm.buttons() == ["1", "2", "3", "4", "5"]
    assert "Abgeschlossen am 24.11.26, 13:00: Kontakt vermittelt" in team.card()["text"]
    assert team.buttons(team.card()) == ["Verlauf", "Wieder öffnen"]


async def test_a_card_that_says_so_already_is_not_changed(
    office: OpenOffice, firm: Any, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = await office("nieke")
    await asking.open()
    changed = mock.AsyncMock(wraps=cards._is_changed)
    monkeypatch.setattr(cards, "_is_changed", changed)
    await asking.says(await firm.person.write("Es eilt"))
    await asking.says(await firm.person.write("Sehr"))
    assert changed.await_count == 0
    await team.press("Übergeben", team.card())
    await asking.says(await firm.person.write("Bitte"))
    assert any("FPI" in button for button in team.buttons(team.card()))
    await team.press("Zurück", team.card())
    assert "Übernehmen" in team.buttons(team.card())
    await team.press("Übernehmen", team.card())
    assert changed.await_count == 2
