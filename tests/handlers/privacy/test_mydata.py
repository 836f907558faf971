"""/privacy tells who, what and how long from the settings; /mydata hands out what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bot.app import Running
from bot.simulator import Simulator
from tests.handlers.conftest import Talk
from tests.handlers.enquiring import TEXT, Asking
from tests.handlers.office import Office

Begin = Callable[..., Talk]


async def handed_out(talk: Talk, simulator: Simulator) -> tuple[str, dict[str, Any]]:
    """Ask what is kept: the text, and what the file holds."""
    before = len(talk.messages())
    await talk.person.write("/mydata")
    await talk.bot.idle()
    text, file = talk.messages()[before:]
    stored = simulator.file(file["document"]["file_id"])
    assert stored
    return text["text"], json.loads(stored.upload.content)


async def test_the_policy_names_the_operator_another_way_and_the_lengths(talk: Begin, bot: Running) -> None:
    said = await talk("de").say("/privacy")
    for told in ("Muster e. V.", "Weg 1, 12345 Ort", "Ohne Telegram: post@example.org", "/mydata", "/forget"):
        assert told in said
    settings = bot.services.settings
    for days in (settings.keep_enquiries_days, settings.keep_chats_days, settings.keep_audit_days):
        assert f"{days} Tage" in said
    assert "Who is responsible" in await talk("en").say("/privacy")


async def test_all_that_is_kept_of_a_firm_is_handed_out(
    team: Office, firm: Talk, asking: Asking, simulator: Simulator
) -> None:
    await firm.say("Wie wird morgen das Wetter in Tonga?")
    await team.reply("Das geht.", team.card())
    await firm.say("/subscribe")
    await firm.press(firm.buttons()[0])
    text, file = await handed_out(firm, simulator)
    assert TEXT in text
    assert "Muster GmbH" in text
    assert "Einwilligungen" in text
    kept = file["kept"]
    assert file["telegram_number"] == firm.person.id
    assert kept["enquiries"][0]["text"] == TEXT
    assert [row["text"] for row in kept["enquiry_messages"]] == ["Das geht."]
    assert kept["subscribers"][0]["person_id"] == firm.person.id
    assert kept["consents"][0]["text"]
    assert kept["questions"][-1]["text"] == "Wie wird morgen das Wetter in Tonga?"


async def test_nothing_of_others_is_handed_out(
    team: Office, firm: Talk, talk: Begin, simulator: Simulator, asking: Asking
) -> None:
    await team.press("Übernehmen", team.card())
    await team.reply("Das geht.", team.card())
    _, file = await handed_out(firm, simulator)
    assert str(team.agent.id) not in json.dumps(file)
    assert "Agnes" not in json.dumps(file)
    stranger = talk("de")
    await stranger.say("/start")
    _, file = await handed_out(stranger, simulator)
    assert set(file["kept"]) <= {"chats", "inbox", "sends"}


async def test_staff_gets_what_it_did(team: Office, simulator: Simulator, bot: Running) -> None:
    await team.press("Übernehmen", team.card())
    _, file = await handed_out(Talk(bot, simulator, team.agent), simulator)
    assert file["kept"]["staff_roles"][0]["name"] == "Agnes"
    assert "enquiry.claim" in [row["act"] for row in file["kept"]["audit"]]


async def test_who_was_refused_is_noted_without_a_number(talk: Begin, bot: Running, simulator: Simulator) -> None:
    curious = talk("de")
    await curious.say("/staff")
    _, file = await handed_out(curious, simulator)
    (entry,) = file["kept"]["audit"]
    assert entry["actor"] is None
    assert str(curious.person.id) not in json.dumps(entry)
