"""The staff opens a closed enquiry again, ends its part of one, or blocks who writes: by buttons and by numbers."""

from __future__ import annotations

from typing import Any

from tests.handlers.conftest import Clock, OpenOffice
from tests.handlers.enquiring import Asking
from tests.handlers.hiring import acts, hire
from tests.handlers.office import Office


async def close(team: Office, outcome: str = "answered") -> None:
    """Close the enquiry by the buttons of its card."""
    await team.press("staff:1:close", team.card())
    await team.press(f"staff:1:close:{outcome}", team.card())


async def test_the_button_opens_it_and_both_sides_are_told(team: Office, firm: Any, asking: Asking) -> None:
    await close(team)
    answer = await team.press("Wieder öffnen", team.card())
    assert answer
    assert answer.text == "Die Anfrage ist wieder offen."
    assert "Offen, noch niemand" in team.card()["text"]
    assert team.texts()[-1] == "Agnes nieke hat GFC-2026-00001 wieder geöffnet."
    assert firm.messages()[-1]["text"].startswith("NieKE hat Ihre Anfrage GFC-2026-00001 wieder geöffnet.")
    assert "enquiry.reopen" in await acts(team.bot)
    assert not (await asking.enquiry()).is_closed


async def test_after_the_days_of_the_terms_it_is_refused_with_their_number(team: Office, clock: Clock) -> None:
    await close(team)
    clock.pass_(days=30, seconds=1)
    answer = await team.press("Wieder öffnen", team.card())
    assert answer
    assert answer.alert
    assert "seit mehr als 30 Tagen geschlossen" in answer.text


async def test_the_command_opens_it_in_the_group_and_in_private(
    team: Office, firm: Any, asking: Asking, talk: Any
) -> None:
    await close(team)
    await team.write("/reopen 1")
    assert "GFC-2026-00001 ist wieder offen." in team.texts()
    agent = talk("de")
    await hire(team.bot, agent.person.id, "agent", "nieke")
    assert "war nicht geschlossen" in await agent.say("/reopen GFC-2026-00001")
    await close(team)
    assert "ist wieder offen" in await agent.say("/reopen GFC-2026-00001")
    assert "gibt es bei Ihrem Cluster nicht" in await agent.say("/reopen GFC-2026-00002")
    assert not (await asking.enquiry()).is_closed


async def test_what_the_firm_has_withdrawn_only_the_firm_opens(team: Office, firm: Any, asking: Asking) -> None:
    await firm.press("Zurückziehen")
    assert "Innerhalb von 30 Tagen" in firm.messages()[-1]["text"]
    await firm.press("Anfrage zurückziehen")
    assert firm.buttons() == []
    assert team.buttons(team.card()) == ["Verlauf"]
    await team.write("/reopen 1")
    assert "Wieder öffnen kann die Anfrage nur sie selbst." in team.texts()[-1]
    assert (await asking.enquiry()).is_closed


async def test_block_shows_on_the_card_and_its_button_undoes_it(team: Office, firm: Any, asking: Asking) -> None:
    await team.press("Übernehmen", team.card())
    await team.press("Sperren", team.card())
    await team.press("Ja, diese Person sperren", team.card())
    assert "Gesperrt: Was die Firma schreibt, wird abgewiesen." in team.card()["text"]
    assert not (await asking.enquiry()).is_closed
    opened = next(one for one in firm.messages() if "liegt bei NieKE" in one["text"])
    await firm.person.write("Hallo?", reply_to=opened["message_id"])
    assert "weil das Team Sie gesperrt hat. Eine Antwort zu GFC-2026-00001" in await firm.answer()
    assert "Hallo?" not in team.texts()
    # The bot is no longer silent, and the staff may still answer.
    assert "Quakenbrück" in await firm.say("Wo sitzt NieKE?")
    await team.reply("Bitte rufen Sie an.", team.card())
    assert firm.messages()[-1]["text"].endswith("Bitte rufen Sie an.")
    assert "Bielefeld" in await firm.say("Wo sitzt FPI?")
    await team.press("Sperre aufheben", team.card())
    assert "Gesperrt" not in team.card()["text"]
    await firm.person.write("Danke", reply_to=opened["message_id"])
    await firm.bot.idle()
    assert "Danke" in team.texts()


async def test_a_blocked_firm_changes_and_opens_nothing(team: Office, firm: Any, asking: Asking) -> None:
    written = await firm.person.write("Es eilt")
    await asking.says(written)
    await close(team)
    await team.press("Wieder öffnen", team.card())
    await team.press("Sperren", team.card())
    await team.press("Ja, diese Person sperren", team.card())
    await firm.person.edit(written["message_id"], "Es eilt sehr")
    assert "Diese Nachricht wurde nicht weitergegeben" in await firm.answer()
    await close(team)
    await firm.say("/enquiries")
    await firm.press("GFC-2026-00001 · NieKE")
    assert "keine Anfragen senden" in await firm.press("Wieder öffnen")
    assert (await asking.enquiry()).is_closed
    assert "Es eilt sehr" not in team.texts()


async def test_who_was_brought_in_ends_its_part_but_closes_nothing(
    team: Office, office: OpenOffice, asking: Asking
) -> None:
    other = await office("fpi")
    await team.press("Hinzuziehen", team.card())
    await team.press("staff:1:bring:fpi", team.card())
    await team.press("staff:1:bring!:fpi", team.card())
    assert "Schließen" not in other.buttons(other.card())
    await other.press("Unser Teil ist erledigt", other.card())
    assert "Wir sind doch noch dran" in other.buttons(other.card())
    assert "FPI (Teil erledigt)" in team.card()["text"]
    assert "Agnes fpi meldet: FPI hat den eigenen Teil von GFC-2026-00001 erledigt." in team.texts()[-1]
    await other.write("/open")
    assert "(hinzugezogen, Ihr Teil ist erledigt)" in other.texts()[-1]
    await other.reply("Noch etwas.", other.card())
    assert "Unser Teil ist erledigt" in other.buttons(other.card())
    await other.write("/open")
    assert "(hinzugezogen, federführend ist NieKE)" in other.texts()[-1]
    await close(team)
    assert other.buttons(other.card()) == ["Verlauf"]
    await other.write("/reopen 1")
    assert "ist ein anderer Cluster federführend" in other.texts()[-1]
    assert (await asking.enquiry()).is_closed
