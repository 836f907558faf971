"""From a wish to an enquiry, step by step; what is shown is what is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram import Update

from bot.app import Running
from bot.enquiries.drafting import CONSENT_VERSION
from storage import blocked, drafts, enquiries
from storage.models import Draft, Enquiry, EnquiryMessage

Begin = Callable[..., Any]
WISH = "Wir suchen für unsere Fischfabrik in Kiel einen Partner für recycelbare Verpackungen"


async def draft_of(firm: Any) -> Draft | None:
    async with firm.bot.services.database.read() as session:
        return await drafts.of(session, firm.person.id)


async def sent_by(firm: Any) -> list[Enquiry]:
    async with firm.bot.services.database.read() as session:
        return list(await enquiries.of_person(session, firm.person.id))


async def said_in(bot: Running, enquiry: Enquiry) -> list[EnquiryMessage]:
    async with bot.services.database.read() as session:
        return list(await enquiries.entries(session, enquiry.id))


async def up_to_the_preview(firm: Any) -> str:
    """Write a whole draft to NieKE."""
    await firm.say("/enquire")
    await firm.say("Wir suchen einen Partner für die Prüfung von Wurstwaren")
    await firm.press("NieKE (LI Food)")
    await firm.say("Muster Wurst GmbH")
    preview: str = await firm.press("Hier im Chat")
    return preview


async def test_from_a_result_to_the_enquiry(talk: Begin) -> None:
    firm = talk("de")
    await firm.say(WISH)
    assert "Wie heißt Ihre Firma?" in await firm.press("Anfrage an foodRegio senden")
    assert "Wie möchten Sie die Antwort bekommen?" in await firm.say("Förde Fisch GmbH")
    assert "Unter welcher Nummer" in await firm.press("Am Telefon")
    preview = await firm.say("0451 70655-0")
    for shown in (WISH, "An: foodRegio", "Förde Fisch GmbH", "0451 706550", "Schleswig-Holstein", "Verpackung"):
        assert shown in preview
    assert "Ich bin einverstanden" in preview
    await firm.press("Einwilligen und senden")
    (enquiry,) = await sent_by(firm)
    assert (enquiry.cluster, enquiry.text, enquiry.firm) == ("foodregio", WISH, "Förde Fisch GmbH")
    assert (enquiry.way, enquiry.contact, enquiry.language) == ("phone", "+49451706550", "de")
    assert (enquiry.steps, enquiry.region) == (["packaging", "resources"], "DE-SH")
    assert enquiry.consent_version == CONSENT_VERSION
    assert enquiry.consent_text in preview
    assert "foodRegio" in enquiry.consent_text
    assert await draft_of(firm) is None


async def test_in_english_with_the_cluster_chosen_from_what_fits(talk: Begin) -> None:
    firm = talk("en")
    assert "What is your enquiry about?" in await firm.say("/enquire")
    choice = await firm.say("We are looking for a partner for recyclable packaging")
    assert "This fits your text" in choice
    assert len([label for label in firm.buttons() if label in ("foodRegio", "NieKE (LI Food)", "FPI", "GIQS")]) == 4
    assert "name of your firm" in await firm.press("FPI")
    await firm.say("Sample Foods Ltd")
    assert "At which e-mail address?" in await firm.press("By e-mail")
    preview = await firm.say(" Info@Sample-Foods.DE ")
    assert "by e-mail to info@sample-foods.de" in preview
    assert "I agree that this enquiry" in preview
    await firm.press("Agree and send")
    (enquiry,) = await sent_by(firm)
    assert (enquiry.cluster, enquiry.language) == ("fpi", "en")


async def test_the_name_of_a_cluster_can_be_written(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/enquire")
    await firm.say("Wir suchen jemanden, der uns bei der Digitalisierung hilft")
    assert "Wie heißt Ihre Firma?" in await firm.say("an die NieKE bitte")
    draft = await draft_of(firm)
    assert draft is not None
    assert draft.cluster == "nieke"


async def test_what_is_no_contact_is_asked_for_again(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    await firm.press("Antwortweg ändern")
    await firm.press("Per E-Mail")
    assert "nicht nach einer E-Mail-Adresse" in await firm.say("muster at web")
    assert "per E-Mail an info@muster.de" in await firm.say("info@muster.de")


async def test_an_address_in_place_of_the_way_is_taken(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    await firm.press("Antwortweg ändern")
    assert "per E-Mail an info@muster.de" in await firm.say("info@muster.de")


async def test_too_short_and_too_long_are_told(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/enquire")
    assert "mindestens 10 Zeichen" in await firm.say("Hallo")
    assert "höchstens 3.000 Zeichen" in await firm.say("a" * 3001)


async def test_every_field_can_be_changed_from_the_preview(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    assert "Prüfung von Wurstwaren" in await firm.press("Text ändern")
    assert "Prüfung von Schinken" in await firm.say("Wir suchen einen Partner für die Prüfung von Schinken")
    await firm.press("Firma ändern")
    assert "Schinken Meyer KG" in await firm.say("Schinken Meyer KG")
    await firm.press("Cluster ändern")
    assert "An: FPI" in await firm.press("FPI")
    await firm.press("Firma ändern")
    assert "Schinken Meyer KG" in await firm.press("Zurück")


async def test_another_text_is_read_anew(talk: Begin) -> None:
    firm = talk("de")
    await firm.say(WISH)
    await firm.press("Anfrage an foodRegio senden")
    await firm.say("Förde Fisch GmbH")
    assert "Region: Schleswig-Holstein" in await firm.press("Hier im Chat")
    await firm.press("Text ändern")
    preview = await firm.say("Wir aus Bremen suchen ein Kühllager mit Transport")
    assert "Region: Bremen" in preview
    assert "Logistik" in preview
    assert "Verpackung" not in preview


async def test_what_was_chosen_by_buttons_stays_with_another_text(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/find")
    await firm.press("Verpackung")
    await firm.press("Hamburg")
    await firm.press(next(button for button in firm.buttons() if button.startswith("Anfrage an foodRegio")))
    await firm.say("Wir aus Bremen suchen ein Kühllager mit Transport")
    await firm.say("Förde Fisch GmbH")
    preview = await firm.press("Hier im Chat")
    assert "Region: Hamburg" in preview
    assert "Stufe der Wertschöpfungskette: Verpackung" in preview


async def test_only_what_was_shown_is_sent(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    shown = firm.messages()[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await firm.press("Firma ändern")
    await firm.say("Andere Firma GmbH")
    # The button of a preview that somebody kept open on another device.
    current = firm.messages()[-1]
    current["reply_markup"]["inline_keyboard"][0][0]["callback_data"] = shown
    assert "seit dieser Vorschau geändert" in await firm.press("Einwilligen und senden")
    assert await sent_by(firm) == []
    await firm.press("Einwilligen und senden")
    assert [enquiry.firm for enquiry in await sent_by(firm)] == ["Andere Firma GmbH"]


async def test_a_command_leaves_the_draft_and_it_can_be_taken_up(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/enquire")
    await firm.say("Wir suchen einen Partner für die Prüfung von Wurstwaren")
    answer = await firm.say("/start")
    assert "Ihr Entwurf bleibt 30 Tage erhalten" in answer
    assert "automatische Assistent" in answer
    assert "Quakenbrück" in await firm.say("Wo sitzt NieKE?")
    assert "An welchen Cluster" in await firm.say("/enquire")


async def test_a_button_works_without_leaving_the_draft(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/start")
    start = firm.messages()[-1]
    await firm.say("/enquire")
    await firm.person.press(start["message_id"], start["reply_markup"]["inline_keyboard"][0][0]["text"])
    assert "Quelle" in await firm.answer()
    assert "An welchen Cluster" in await firm.say("Wir suchen einen Partner für die Prüfung von Wurstwaren")


async def test_cancel_by_word_or_button_asks_before_it_deletes(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    assert "Soll ich den Entwurf löschen?" in await firm.press("Abbrechen")
    assert "noch nicht gesendet" in await firm.press("Entwurf fortsetzen")
    await firm.say("abbrechen")
    assert "gelöscht" in await firm.press("Entwurf löschen")
    assert await draft_of(firm) is None
    assert "Worum geht es" in await firm.say("/enquire")


async def test_a_question_at_the_preview_changes_nothing(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    answer = await firm.say("Wo sitzt NieKE?")
    assert "Das konnte ich nicht übernehmen" in answer
    assert "Muster Wurst GmbH" in answer


async def test_files_go_along_and_are_counted(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/enquire")
    await firm.person.send_document(b"%PDF", "Angebot.pdf", caption="Unser Angebot für Wurstwaren, bitte prüfen")
    assert "An welchen Cluster" in await firm.answer()
    await firm.press("NieKE (LI Food)")
    await firm.say("Muster Wurst GmbH")
    await firm.press("Hier im Chat")
    await firm.person.send_album([b"1", b"2", b"3"])
    assert "Das geht mit Ihrer Anfrage mit." in await firm.answer()
    assert "4 Dateien oder Nachrichten" in await firm.press("Zur Vorschau")
    await firm.press("Einwilligen und senden")
    (enquiry,) = await sent_by(firm)
    said = await said_in(firm.bot, enquiry)
    assert [entry.kind for entry in said] == ["document", "photo", "photo", "photo"]
    assert len({entry.media_group_id for entry in said[1:]}) == 1
    assert all(entry.file_id for entry in said)


async def test_at_most_ten_files_go_along(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    for _ in range(10):
        await firm.person.send_voice(b"ogg")
    await firm.answer()
    await firm.person.send_voice(b"ogg")
    assert "Höchstens 10" in await firm.answer()
    draft = await draft_of(firm)
    assert draft is not None
    assert len(draft.attachments) == 10


async def test_another_wish_does_not_replace_a_draft_unasked(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    await firm.press("Später weiter")
    await firm.say(WISH)
    assert "schon eine andere Anfrage begonnen" in await firm.press("Anfrage an foodRegio senden")
    draft = await draft_of(firm)
    assert draft is not None
    assert draft.cluster == "nieke"
    assert "Wie heißt Ihre Firma?" in await firm.press("Neu beginnen")
    draft = await draft_of(firm)
    assert draft is not None
    assert (draft.cluster, draft.text) == ("foodregio", WISH)


async def test_the_firm_of_the_last_enquiry_is_offered(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    await firm.press("Einwilligen und senden")
    await firm.say("/enquire")
    await firm.say("Wir suchen noch einen Partner für die Prüfung von Schinken")
    await firm.press("NieKE (LI Food)")
    assert "Wie möchten Sie" in await firm.press("Muster Wurst GmbH")


async def test_what_the_bot_does_not_know_becomes_the_text(talk: Begin) -> None:
    firm = talk("de")
    question = "Wie viele Parkplätze gibt es bei foodRegio?"
    assert "Das ist mir nicht bekannt" in await firm.say(question)
    assert "An welchen Cluster" in await firm.press("Anfrage schreiben")
    draft = await draft_of(firm)
    assert draft is not None
    assert draft.text == question


async def test_to_ask_for_a_person_begins_an_enquiry(talk: Begin) -> None:
    firm = talk("de")
    assert "Schreiben Sie eine Anfrage" in await firm.say("Ich möchte mit einem Menschen sprechen")
    assert "Worum geht es in Ihrer Anfrage?" in await firm.press("Anfrage schreiben")


async def test_a_deep_link_begins_an_enquiry_to_a_cluster(talk: Begin) -> None:
    firm = talk("de")
    await firm.person.start("enquire-giqs")
    assert "Sie geht an GIQS" in await firm.answer()


async def test_an_answer_about_a_cluster_leads_to_it(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("Wo sitzt FPI?")
    assert "Sie geht an FPI" in await firm.press("Anfrage an FPI")


async def test_without_a_staff_chat_no_promise_is_made(talk: Begin, office: Any) -> None:
    firm = talk("de")
    assert "NieKE ist noch nicht angeschlossen" in await up_to_the_preview(firm)
    await office("nieke")
    await firm.press("Firma ändern")
    assert "angeschlossen" not in await firm.press("Zurück")
    assert "liegt bei NieKE" in await firm.press("Einwilligen und senden")


async def test_an_enquiry_without_a_staff_chat_is_told_as_waiting(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    told = await firm.press("Einwilligen und senden")
    assert "ist gespeichert" in told
    assert "noch nicht angeschlossen" in told
    assert "Werktag" not in told


async def test_what_is_sent_stands_in_the_group_of_the_staff(talk: Begin, office: Any) -> None:
    group = await office("nieke")
    firm = talk("de")
    await up_to_the_preview(firm)
    await firm.press("Einwilligen und senden")
    card = "\n".join(group.texts())
    for shown in ("GFC-2026-00001", "Prüfung von Wurstwaren", "Muster Wurst GmbH"):
        assert shown in card
    opened = firm.messages()[-1]["message_id"]
    await firm.person.write("Es eilt", reply_to=opened)
    await firm.bot.idle()
    assert "Es eilt" in group.texts()[-1]


async def test_a_draft_that_is_gone_is_told(talk: Begin) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    preview = firm.messages()[-1]
    async with firm.bot.services.database.begin() as session:
        await drafts.drop(session, firm.person.id)
    await firm.person.press(preview["message_id"], "Einwilligen und senden")
    assert "Diesen Entwurf gibt es nicht mehr" in await firm.answer()


async def test_a_message_that_is_handled_twice_fills_one_field(talk: Begin, bot: Running) -> None:
    firm = talk("de")
    await firm.say("/enquire")
    written = await firm.person.write("Wir suchen einen Partner für die Prüfung von Wurstwaren")
    await firm.answer()
    await firm.press("NieKE (LI Food)")
    again = Update.de_json({"update_id": 10**9, "message": {**written, "text": "Muster GmbH"}}, bot.application.bot)
    await bot.application.process_update(again)
    await bot.application.process_update(again)
    draft = await draft_of(firm)
    assert draft is not None
    assert (draft.firm, draft.field) == ("Muster GmbH", "way")


async def test_a_press_that_is_handled_twice_sends_one_enquiry(talk: Begin, bot: Running) -> None:
    firm = talk("de")
    await up_to_the_preview(firm)
    preview = firm.messages()[-1]
    data = preview["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    query = {"id": "1", "from": firm.person.account.as_user(), "chat_instance": "1", "message": preview, "data": data}
    again = Update.de_json({"update_id": 10**9, "callback_query": query}, bot.application.bot)
    await bot.application.process_update(again)
    await bot.application.process_update(again)
    assert len(await sent_by(firm)) == 1


async def test_only_so_many_a_day(talk: Begin, clock: Any) -> None:
    firm = talk("de")
    for _ in range(5):
        await up_to_the_preview(firm)
        await firm.press("Einwilligen und senden")
    assert "5 Anfragen" in await firm.say("/enquire")
    clock.pass_(hours=24, seconds=1)
    assert "Worum geht es" in await firm.say("/enquire")


async def test_who_is_blocked_is_told(talk: Begin, clock: Any) -> None:
    firm = talk("de")
    async with firm.bot.services.database.begin() as session:
        await blocked.add(session, firm.person.id, by=1, now=clock())
    assert "keine Anfragen senden" in await firm.say("/enquire")
