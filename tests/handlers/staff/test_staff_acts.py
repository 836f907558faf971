"""What the buttons of a card do: for the staff, for the firm, for other clusters."""

from __future__ import annotations

from typing import Any

from storage.models import EnquiryState, Outcome
from tests.handlers.conftest import OWNER, Clock, OpenOffice
from tests.handlers.enquiring import Asking
from tests.handlers.hiring import acts, fire
from tests.handlers.office import Office


def told(firm: Any) -> str:
    """The last message to the firm."""
    return str(firm.messages()[-1]["text"])


async def test_claim_tells_the_firm_but_not_by_whom(team: Office, firm: Any, asking: Asking) -> None:
    answer = await team.press("Übernehmen", team.card())
    assert answer
    assert answer.text.startswith("Die Anfrage liegt jetzt bei Ihnen.")
    assert "Übernommen von Agnes" in team.card()["text"]
    assert "Agnes" not in told(firm)
    assert (await asking.enquiry()).claimed_by == team.agent.id


async def test_answer_opens_a_reply_that_goes_to_the_firm(team: Office, firm: Any, asking: Asking) -> None:
    await team.press("Antworten", team.card())
    prompt = team.messages()[-1]
    assert prompt["message_thread_id"] == team.topic()
    assert "Agnes nieke, schreiben Sie Ihre Antwort" in prompt["text"]
    await team.reply("Wir kennen drei Firmen.", prompt)
    assert told(firm) == f"NieKE · {(await asking.enquiry()).number}\nWir kennen drei Firmen."
    assert (await asking.enquiry()).state == EnquiryState.CLAIMED


async def test_ask_back_then_it_is_the_firms_turn(team: Office, firm: Any, asking: Asking) -> None:
    await team.press("Rückfrage", team.card())
    await team.reply("Welche Mengen?")
    assert told(firm).endswith("Welche Mengen?")
    assert (await asking.enquiry()).state == EnquiryState.WAITING


async def test_waiting(team: Office, asking: Asking) -> None:
    await team.press("Übernehmen", team.card())
    await team.press("Firma ist am Zug", team.card())
    assert (await asking.enquiry()).state == EnquiryState.WAITING


async def test_back_lets_the_bot_speak_again(team: Office, firm: Any, asking: Asking) -> None:
    await team.press("Übernehmen", team.card())
    await team.press("Bot wieder sprechen lassen", team.card())
    assert (await asking.enquiry()).held_until is None
    assert "wieder" in told(firm)
    assert "enquiry.hand_back" in await acts(team.bot)


async def test_close_asks_for_the_outcome_and_back_leaves_it(team: Office, firm: Any, asking: Asking) -> None:
    await team.press("Schließen", team.card())
    assert "Projekt entstanden" in team.buttons(team.card())
    await team.press("Zurück", team.card())
    assert "Übernehmen" in team.buttons(team.card())
    await team.press("staff:1:close", team.card())
    await team.press("Projekt entstanden", team.card())
    closed = await asking.enquiry()
    assert (closed.state, closed.outcome) == (EnquiryState.CLOSED, Outcome.PROJECT)
    assert firm.buttons()[:5] == ["1", "2", "3", "4", "5"]
    assert team.buttons(team.card()) == ["Verlauf", "Wieder öffnen"]


async def test_spam_is_closed_without_a_word_to_the_firm(team: Office, firm: Any) -> None:
    before = len(firm.messages())
    await team.press("staff:1:close", team.card())
    await team.press("staff:1:close:spam", team.card())
    assert len(firm.messages()) == before


async def test_hand_over_shows_points_and_asks_once_more(
    team: Office, office: OpenOffice, firm: Any, asking: Asking
) -> None:
    other = await office("giqs")
    await team.press("Übergeben", team.card())
    buttons = team.buttons(team.card())
    assert [label.split(" (")[0] for label in buttons[:-1]] == ["foodRegio", "FPI", "GIQS"]
    assert all("Punkte: " in label for label in buttons[:-1])
    await team.press("staff:1:hand:giqs", team.card())
    assert team.buttons(team.card()) == ["Ja, an GIQS übergeben", "Zurück"]
    assert other.messages() == []
    await team.press("Ja, an GIQS übergeben", team.card())
    assert (await asking.enquiry()).cluster == "giqs"
    assert "Muster GmbH" in other.card()["text"]
    assert any("Agnes nieke" in text and "NieKE" in text for text in other.texts())
    assert "GIQS" in told(firm)
    assert team.buttons(team.card()) == []


async def test_after_the_hand_over_nothing_leaves_from_the_former_place(
    team: Office, office: OpenOffice, firm: Any
) -> None:
    await office("giqs")
    card = team.card()
    await team.press("staff:1:hand", card)
    await team.press("staff:1:hand:giqs", team.card())
    await team.press("staff:1:hand!:giqs", team.card())
    before = len(firm.messages())
    await team.reply("Noch etwas", card)
    assert len(firm.messages()) == before
    assert "wurde an einen anderen Cluster übergeben" in team.texts()[-1]


async def test_bring_in_gives_a_card_there_and_keeps_the_lead(
    team: Office, office: OpenOffice, firm: Any, asking: Asking
) -> None:
    other = await office("fpi")
    await team.press("Hinzuziehen", team.card())
    await team.press("staff:1:bring:fpi", team.card())
    await team.press("Ja, FPI hinzuziehen", team.card())
    assert (await asking.enquiry()).cluster == "nieke"
    await other.reply("Wir helfen gern.", other.card())
    assert told(firm).startswith("FPI · GFC-2026-00001\nWir helfen gern.")
    await team.press("Hinzuziehen", team.card())
    assert not any("FPI" in label for label in team.buttons(team.card()))


async def test_history_is_shown_and_audited(team: Office, asking: Asking, firm: Any) -> None:
    await asking.says(await firm.person.write("Es eilt."))
    await team.reply("Wir sehen nach.", team.card())
    await team.press("Verlauf", team.card())
    shown = team.texts()[-1]
    assert shown.index("Wir suchen eine Verpackung") < shown.index("Es eilt.") < shown.index("Wir sehen nach.")
    assert "NieKE (Agnes)" in shown
    assert (await acts(team.bot))[-1] == "enquiry.look"


async def test_a_long_history_is_a_file(team: Office, asking: Asking, firm: Any) -> None:
    for _ in range(3):
        await asking.says(await firm.person.write("Sehr ausführlich <mit> Äpfeln. " * 60))
    await team.press("Verlauf", team.card())
    document = team.messages()[-1]["document"]
    assert document["file_name"] == "GFC-2026-00001.txt"
    file = team.simulator.file(document["file_id"])
    assert file
    assert "Sehr ausführlich <mit> Äpfeln." in file.upload.content.decode("utf-8-sig")


async def test_block_asks_first_then_the_person_sends_no_more(team: Office, asking: Asking, firm: Any) -> None:
    await team.press("Sperren", team.card())
    await team.press("Ja, diese Person sperren", team.card())
    assert "enquiry.block" in await acts(team.bot)
    assert "gesperrt" in await firm.say("/enquire")
    unblocked = await team.write("/unblock GFC-2026-00001", topic=team.topic())
    assert unblocked
    assert "kann wieder Anfragen senden" in team.texts()[-1]
    await team.write("/unblock GFC-2026-00001", topic=team.topic())
    assert "ist nicht gesperrt" in team.texts()[-1]
    assert (await acts(team.bot)).count("enquiry.unblock") == 1


async def test_a_prepared_text_is_shown_in_the_language_of_the_firm_before_it_is_sent(
    team: Office, firm: Any, asking: Asking
) -> None:
    async with team.bot.services.database.begin() as session:
        enquiry = await session.merge(await asking.enquiry())
        enquiry.language = "en"
    before = len(firm.messages())
    await team.press("Textbaustein", team.card())
    await team.press("Eingegangen, wir melden uns", team.card())
    assert "noch nicht gesendet (Sprache der Firma: Englisch)\n\nThank you for your enquiry." in team.texts()[-1]
    assert len(firm.messages()) == before
    preview = team.messages()[-1]
    await team.press("An die Firma senden", preview)
    assert "Thank you for your enquiry." in told(firm)
    sent = next(message for message in team.messages() if message["message_id"] == preview["message_id"])
    assert "an die Firma gesendet von Agnes" in sent["text"]
    await team.press("Zurückziehen", sent)
    assert not any("Thank you for your enquiry." in message["text"] for message in firm.messages())


async def test_a_prepared_text_that_is_not_wanted_goes_away(team: Office, firm: Any) -> None:
    before = len(firm.messages())
    await team.press("staff:1:canned", team.card())
    await team.press("staff:1:canned:thanks", team.card())
    await team.press("Nicht senden")
    assert not any("noch nicht gesendet" in text for text in team.texts())
    assert len(firm.messages()) == before


async def test_who_lost_the_role_is_told_so_alone(team: Office, firm: Any, asking: Asking) -> None:
    await fire(team.bot, team.agent.id, "agent", "nieke")
    before = (len(firm.messages()), len(team.messages()))
    answer = await team.press("Übernehmen", team.card())
    assert answer
    assert answer.alert
    assert answer.text.startswith("Dazu haben Sie keine Berechtigung")
    assert (len(firm.messages()), len(team.messages())) == before
    assert (await asking.enquiry()).state == EnquiryState.OPEN
    assert (await acts(team.bot))[-1] == "refused"


async def test_a_closed_enquiry_is_not_answered(team: Office, firm: Any, clock: Clock) -> None:
    card = team.card()
    await team.press("staff:1:close", card)
    await team.press("staff:1:close:answered", team.card())
    clock.pass_(hours=1)
    before = len(firm.messages())
    await team.reply("Noch etwas", card)
    assert len(firm.messages()) == before
    assert team.texts()[-1] == "GFC-2026-00001 ist geschlossen."


async def test_without_topics_prompts_and_answers_stand_in_the_group(
    office: OpenOffice, firm: Any, asking: Asking
) -> None:
    team = await office("nieke", forum=False)
    await asking.open("nieke")
    await team.press("Antworten", team.card())
    await team.reply("Gern.")
    assert told(firm).endswith("Gern.")


async def test_owners_are_told_when_the_bot_is_removed(team: Office, talk: Any) -> None:
    owner = talk("de", OWNER)
    await owner.say("/start")
    team.simulator.remove_bot(team.group.id)
    assert "Die Gruppe für NieKE funktioniert nicht" in await owner.answer()
