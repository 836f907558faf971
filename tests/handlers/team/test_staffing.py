"""Who may use which command of the staff; the list of people; a role that is taken ends at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.app import Running
from bot.simulator import Simulator
from storage import staff_chats
from tests.handlers.conftest import NOW, OWNER
from tests.handlers.hiring import acts, hire, log_of, roles, told_of

Begin = Callable[..., Any]

COMMANDS = ("/staff", "/invite", "/revoke", "/link", "/unlink", "/audit", "/audit export", "/audit fpi", "/audit giqs")
ADMIN_OF_FPI = set(COMMANDS) - {"/audit giqs"}
MAY: dict[tuple[str, str] | None, set[str]] = {
    None: set(),
    ("agent", "fpi"): {"/staff"},
    ("agent", "*"): {"/staff"},
    ("editor", "fpi"): {"/staff"},
    ("editor", "*"): {"/staff"},
    ("sender", "fpi"): {"/staff"},
    ("sender", "*"): {"/staff"},
    ("admin", "fpi"): ADMIN_OF_FPI,
    ("admin", "*"): set(COMMANDS),
    ("owner", "*"): set(COMMANDS),
}


@pytest.mark.parametrize("held", MAY, ids=str)
async def test_each_command_is_for_its_roles(held: tuple[str, str] | None, bot: Running, talk: Begin) -> None:
    person = talk("de", person_id=OWNER if held == ("owner", "*") else None)
    if held and held[0] != "owner":
        await hire(bot, person.person.id, *held)
    await person.say("/start")
    for command in COMMANDS:
        await person.person.write(command)
        await bot.idle()
        last = person.messages()[-1]
        refused = "keine Berechtigung" in last.get("text", "")
        assert refused is (command not in MAY[held]), command
    entries = await log_of(bot)
    assert [entry.act for entry in entries if entry.act == "refused"] == ["refused"] * (len(COMMANDS) - len(MAY[held]))
    # Of who is no staff the log knows that it was one person, not which.
    actors = {told_of(entry)[0] for entry in entries}
    assert actors == (set() if not entries else {person.person.id} if held else {None})


async def test_a_refusal_says_who_can_help(bot: Running, talk: Begin) -> None:
    told = await talk("de").say("/invite")
    assert told == (
        "Dazu haben Sie keine Berechtigung.\n\n"
        "Sie brauchen eine dieser Rollen: Verwaltung. Die Verwaltung Ihres Clusters kann Sie dazu einladen."
    )
    assert "You do not have the right" in await talk("en").say("/audit")


async def test_staff_sees_its_own_cluster_and_who_works_for_all(bot: Running, talk: Begin) -> None:
    agent = talk("de")
    await hire(bot, agent.person.id, "agent", "fpi", "Frau A")
    await hire(bot, 5, "admin", "fpi", "Herr <B>")
    await hire(bot, 6, "agent", "giqs", "Frau C")
    await hire(bot, 8, "admin", "*", "Herr D")
    async with bot.services.database.begin() as session:
        await staff_chats.link(session, "fpi", -5, title="Team FPI", is_forum=True, linked_by=5, now=NOW)
    told = await agent.say("/staff")
    assert told == (
        "Team\n\nFPI\nVerwaltung: Herr <B>\nAnfragen: Frau A\nGruppe: Team FPI\n\nalle Cluster\nVerwaltung: Herr D"
    )


async def test_the_list_says_when_a_group_does_not_work(bot: Running, talk: Begin) -> None:
    agent = talk("de")
    await hire(bot, agent.person.id, "agent")
    async with bot.services.database.begin() as session:
        await staff_chats.link(session, "fpi", -5, title="Team FPI", is_forum=True, linked_by=5, now=NOW)
        await staff_chats.set_problem(session, -5, "gone")
    assert "Gruppe: Team FPI\n⚠ Ich bin nicht mehr Mitglied der Gruppe." in await agent.say("/staff")


async def test_a_taken_role_ends_at_once_and_the_person_is_told(
    bot: Running, simulator: Simulator, talk: Begin
) -> None:
    admin, agent = talk("de"), talk("de")
    await hire(bot, admin.person.id, "admin", name="Chefin")
    await hire(bot, agent.person.id, "agent", name="Frau A")
    await agent.say("/start")
    await admin.say("/revoke")
    await admin.press("FPI")
    # Another administrator of the same cluster is not theirs to remove.
    assert admin.buttons() == ["Frau A – Anfragen", "Zurück"]
    assert "von Frau A zurücknehmen? Sie endet sofort." in await admin.press("Frau A – Anfragen")
    assert await roles(bot, agent.person.id) == (("agent", "fpi"),)
    assert "nicht mehr" in await admin.press("Ja, Rolle entziehen")
    assert await roles(bot, agent.person.id) == ()
    assert "Sie haben die Rolle Anfragen, FPI, nicht mehr" in await agent.answer()
    assert "keine Berechtigung" in await agent.say("/staff")
    menu = [command["command"] for command in simulator.commands(agent.person.id, agent.person.id, "de")]
    assert "staff" not in menu
    assert await acts(bot) == ["role_revoked", "refused"]
    assert (await log_of(bot))[0].details == {"role": "agent", "person": agent.person.id}


async def test_an_open_invitation_is_taken_back_in_the_same_place(bot: Running, talk: Begin) -> None:
    admin = talk("de")
    await hire(bot, admin.person.id, "admin")
    await admin.say("/invite")
    await admin.press("Anfragen")
    await admin.say("/revoke")
    await admin.press("FPI")
    assert admin.buttons() == ["Einladung: Anfragen, bis 27.11.26, 13:00", "Zurück"]
    assert "zurückgezogen" in await admin.press("Einladung: Anfragen, bis 27.11.26, 13:00")
    await admin.say("/revoke")
    assert "nichts, was Sie zurücknehmen könnten" in await admin.press("FPI")


async def test_many_people_are_shown_in_pages(bot: Running, talk: Begin) -> None:
    admin = talk("de", person_id=OWNER)
    for number in range(25):
        await hire(bot, 1000 + number, "agent", name=f"P{number:02}")
    await admin.say("/revoke")
    await admin.press("FPI")
    assert admin.buttons()[19:] == ["P19 – Anfragen", "Mehr", "Zurück"]
    await admin.press("Mehr")
    assert admin.buttons() == [*(f"P{number} – Anfragen" for number in range(20, 25)), "Zurück"]


async def test_staff_find_their_commands_in_the_menu(bot: Running, simulator: Simulator, talk: Begin) -> None:
    admin = talk("de")
    await hire(bot, admin.person.id, "admin")
    await admin.say("/start")
    menu = [command["command"] for command in simulator.commands(admin.person.id, admin.person.id, "de")]
    assert menu[-12:-5] == ["open", "enquiry", "search", "reopen", "staff", "invite", "revoke"]
    assert menu[-5:] == ["link", "unlink", "announce", "announcements", "audit"]
    stranger = talk("de")
    await stranger.say("/start")
    menu = [command["command"] for command in simulator.commands(stranger.person.id, stranger.person.id, "de")]
    assert "staff" not in menu


async def test_in_a_group_nothing_of_it_is_answered(bot: Running, simulator: Simulator, talk: Begin) -> None:
    admin = talk("de")
    await hire(bot, admin.person.id, "admin")
    group = simulator.add_group("Team", members=[admin.person], administrator=True)
    for command in ("/staff", "/invite", "/revoke", "/unlink", "/audit"):
        await admin.person.write(command, chat=group.id)
    await bot.idle()
    assert [one for one in simulator.messages(group.id) if one.get("from", {}).get("is_bot")] == []
