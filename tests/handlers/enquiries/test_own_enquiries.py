"""What a firm sees of its enquiries, what it can do with them, and how it rates them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from storage.models import EnquiryState
from tests.handlers.enquiries.test_conversing import Firm

Begin = Callable[..., Any]


@pytest.fixture
async def firm(talk: Begin, office: Any) -> Firm:
    await office("nieke")
    await office("fpi")
    chat = talk("de")
    await chat.say("/start")
    return Firm(chat)


async def test_without_an_enquiry_the_list_says_so(talk: Begin) -> None:
    firm = talk("de")
    assert "Sie haben keine Anfragen" in await firm.say("/enquiries")
    assert "Worum geht es" in await firm.press("Anfrage schreiben")


async def test_the_list_tells_number_cluster_and_state(firm: Firm) -> None:
    first, second = await firm.sends("nieke"), await firm.sends("fpi")
    await firm.is_claimed(second)
    listed = await firm.chat.say("/enquiries")
    assert f"{first.number} · NieKE" in listed
    assert "wartet, bis jemand bei NieKE sie übernimmt" in listed
    assert "ein Mensch bei FPI arbeitet daran" in listed
    await firm.is_closed(second)
    assert "geschlossen, beantwortet" in await firm.chat.say("/enquiries")


async def test_the_detail_tells_what_was_said_without_a_name(firm: Firm) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_answered(enquiry)
    await firm.chat.person.write("Passt am Montag")
    await firm.chat.person.send_voice(b"ogg")
    await firm.chat.say("/enquiries")
    detail = await firm.chat.press(f"{enquiry.number} · NieKE")
    assert "NieKE · 24.11.26, 13:00\nGuten Tag" in detail
    assert "Passt am Montag" in detail
    assert "[Datei oder andere Nachricht]" in detail
    assert "Agnes" not in detail


async def test_a_message_can_be_written_from_the_detail(firm: Firm) -> None:
    enquiry = await firm.sends("nieke")
    await firm.chat.say("/enquiries")
    await firm.chat.press(f"{enquiry.number} · NieKE")
    assert "als Antwort auf diese hier" in await firm.chat.press("Nachricht schreiben")
    prompt = firm.chat.messages()[-1]["message_id"]
    await firm.chat.person.write("Noch eine Frage", reply_to=prompt)
    await firm.chat.bot.idle()
    assert [entry.text for entry in await firm.said(enquiry)] == ["Noch eine Frage"]


async def test_the_chat_is_handed_back_to_the_bot(firm: Firm) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_claimed(enquiry)
    await firm.chat.say("/enquiries")
    await firm.chat.press(f"{enquiry.number} · NieKE")
    assert "beantworte ich hier wieder" in await firm.chat.press("Wieder den Bot antworten lassen")
    assert "Bielefeld" in await firm.chat.say("Wo sitzt FPI?")
    assert (await firm.enquiry(enquiry.id)).state == EnquiryState.CLAIMED


async def test_an_enquiry_is_withdrawn_after_asking_and_opened_again(firm: Firm, clock: Any) -> None:
    enquiry = await firm.sends("nieke")
    await firm.chat.say("/enquiries")
    await firm.chat.press(f"{enquiry.number} · NieKE")
    assert "Möchten Sie" in await firm.chat.press("Zurückziehen")
    assert not (await firm.enquiry(enquiry.id)).is_closed
    assert "zurückgezogen" in await firm.chat.press("Anfrage zurückziehen")
    assert (await firm.enquiry(enquiry.id)).outcome == "withdrawn"
    await firm.chat.say("/enquiries")
    await firm.chat.press(f"{enquiry.number} · NieKE")
    assert "wieder offen" in await firm.chat.press("Wieder öffnen")
    await firm.is_closed(enquiry)
    await firm.chat.say("/enquiries")
    await firm.chat.press(f"{enquiry.number} · NieKE")
    clock.pass_(days=31)
    assert "seit mehr als 30 Tagen" in await firm.chat.press("Wieder öffnen")


async def test_nobody_sees_or_changes_what_is_not_theirs(firm: Firm, talk: Begin) -> None:
    enquiry = await firm.sends("nieke")
    other = talk("de")
    await other.say("/enquiries")
    button = other.messages()[-1]["reply_markup"]["inline_keyboard"][0][0]
    for act in ("", ":write", ":back", ":withdraw", ":withdraw:yes", ":reopen"):
        button["callback_data"] = f"enq:{enquiry.id}{act}"
        await other.person.press(other.messages()[0]["message_id"], button["text"])
        assert "Diese Anfrage gibt es nicht" in await other.answer()
    assert not (await firm.enquiry(enquiry.id)).is_closed


async def test_a_closed_enquiry_is_rated_and_more_can_be_said(firm: Firm) -> None:
    enquiry = await firm.sends("nieke")
    await firm.is_answered(enquiry)
    await firm.is_closed(enquiry)
    asked = firm.chat.messages()[-1]
    assert "Wie zufrieden" in asked["text"]
    await firm.chat.press("2")
    assert "Was hätte anders sein sollen?" in firm.chat.messages()[-1]["text"]
    assert "reply_markup" not in next(one for one in firm.chat.messages() if one["message_id"] == asked["message_id"])
    assert (await firm.enquiry(enquiry.id)).rating == 2
    await firm.chat.person.write("Es hat zu lange gedauert", reply_to=firm.chat.messages()[-1]["message_id"])
    assert "steht jetzt bei Ihrer Bewertung" in await firm.chat.answer()
    rated = await firm.enquiry(enquiry.id)
    assert (rated.rating_text, rated.is_closed) == ("Es hat zu lange gedauert", True)
    assert await firm.said(enquiry) == []


async def test_in_english(talk: Begin, office: Any) -> None:
    await office("nieke")
    chat = talk("en")
    await chat.say("/start")
    firm = Firm(chat)
    enquiry = await firm.sends("nieke")
    assert "waits until somebody at NieKE takes it" in await chat.say("/enquiries")
    assert "State: waits until" in await chat.press(f"{enquiry.number} · NieKE")
