"""What the staff looks up: /open, /enquiry, /search; only of its own clusters, and each look is noted."""

from __future__ import annotations

from typing import Any

from tests.handlers.conftest import Clock, OpenOffice, Talk
from tests.handlers.enquiring import Asking
from tests.handlers.hiring import acts, hire, log_of
from tests.handlers.office import Office


async def agent_of(talk: Talk, cluster: str, role: str = "agent") -> Talk:
    """Give the person of a talk a role."""
    await hire(talk.bot, talk.person.id, role, cluster)
    return talk


async def test_open_lists_the_oldest_first_with_state_and_age(team: Office, firm: Talk, clock: Clock) -> None:
    clock.pass_(hours=3)
    await Asking(firm.bot, firm.person).open("nieke", firm="Zweite & Söhne")
    await team.press("Übernehmen", team.card("GFC-2026-00002"))
    await team.write("/open", topic=team.topic("00001"))
    listed = team.texts()[-1].split("\n")
    assert listed[:3] == [
        "NieKE",
        "• GFC-2026-00001 · Muster GmbH: noch nicht übernommen, 3 Stunden",
        "• GFC-2026-00002 · Zweite & Söhne: bei Agnes nieke, weniger als eine Stunde",
    ]
    assert team.messages()[-1]["message_thread_id"] == team.topic("00001")


async def test_open_in_private_shows_ones_own_clusters(team: Office, office: OpenOffice, firm: Talk, talk: Any) -> None:
    await office("fpi")
    await Asking(firm.bot, firm.person).open("fpi")
    agent = await agent_of(talk("de"), "fpi")
    listed = await agent.say("/open")
    assert "FPI" in listed
    assert "NieKE" not in listed
    assert "Dazu haben Sie keine Berechtigung." in await (await agent_of(talk("de"), "fpi", "editor")).say("/open")


async def test_open_with_nothing_open(office: OpenOffice) -> None:
    team = await office("fpi")
    await team.write("/open")
    assert team.texts()[-1] == "Es ist keine Anfrage offen."


async def test_enquiry_shows_what_was_said_and_is_noted(team: Office, firm: Talk, talk: Any) -> None:
    await team.reply("Wir sehen nach.", team.card())
    agent = await agent_of(talk("de"), "nieke")
    for number in ("GFC-2026-00001", "gfc-2026-1", "1"):
        assert "Wir sehen nach." in await agent.say(f"/enquiry {number}")
    looks = [entry for entry in await log_of(team.bot) if entry.act == "enquiry.look"]
    assert [(entry.actor, entry.enquiry_id) for entry in looks] == [(agent.person.id, 1)] * 3


async def test_enquiries_of_others_do_not_exist_for_one(team: Office, talk: Any) -> None:
    agent = await agent_of(talk("de"), "fpi")
    for number in ("GFC-2026-00001", "GFC-2025-00001", "GFC-2026-99999", "irgendetwas"):
        assert "gibt es bei Ihrem Cluster nicht" in await agent.say(f"/enquiry {number}")
    assert "enquiry.look" not in await acts(team.bot)


async def test_search_finds_firm_text_and_what_was_said(team: Office, firm: Talk, asking: Asking, talk: Any) -> None:
    await asking.says(await firm.person.write("Am liebsten 100 % Ökologie, Datei a_b"))
    agent = await agent_of(talk("de"), "nieke")
    for word in ("muster", "TIEFKÜHLWARE", "ökologie", "100 %", "a_b"):
        assert "GFC-2026-00001" in await agent.say(f"/search {word}"), word
    for word in ("Roboter", "a%b", "___", "%%%"):
        assert "nichts gefunden" in await agent.say(f"/search {word}"), word
    assert "mindestens 3 Zeichen" in await agent.say("/search ab")


async def test_search_stays_in_ones_own_clusters_and_notes_no_words(team: Office, talk: Any) -> None:
    agent = await agent_of(talk("de"), "fpi")
    assert "nichts gefunden" in await agent.say("/search Muster")
    noted = (await log_of(team.bot))[-1]
    assert (noted.act, noted.cluster, noted.details) == ("enquiry.search", "fpi", {"found": 0})


async def test_in_a_group_that_is_no_staff_chat_nothing_is_shown(team: Office, firm: Talk) -> None:
    group = team.simulator.add_group("Stammtisch", members=[team.agent])
    await team.agent.write("/open", chat=group.id)
    await team.bot.idle()
    assert "nur in der Gruppe eines Cluster-Teams" in team.simulator.messages(group.id)[-1]["text"]
