"""A group becomes a cluster's, once what it takes is there; and says plainly what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.app import Running
from bot.simulator import Simulator
from storage import staff_chats
from tests.handlers.conftest import Clock
from tests.handlers.hiring import acts, fire, hire, log_of, told_of

Begin = Callable[..., Any]

LINK = re.compile(r"(/link [\w-]+)")


@pytest.fixture
async def admin(bot: Running, talk: Begin) -> Any:
    """The administration of FPI, in a talk with the bot."""
    admin = talk("de")
    await admin.say("/start")
    await hire(bot, admin.person.id, "admin", "fpi", "Chefin")
    return admin


async def code_of(admin: Any, cluster: str = "FPI") -> str:
    await admin.say("/link")
    found = LINK.search(await admin.press(cluster))
    assert found
    return found[1]


async def write(bot: Running, simulator: Simulator, person: Any, text: str, chat: int) -> str:
    """Write in a group and return what the bot has said there last."""
    await person.person.write(text, chat=chat)
    await bot.idle()
    said = [message for message in simulator.messages(chat) if message.get("from", {}).get("is_bot")]
    return str(said[-1]["text"]) if said else ""


async def linked(bot: Running) -> dict[str, int]:
    async with bot.services.database.read() as session:
        return {chat.cluster: chat.chat_id for chat in await staff_chats.everything(session)}


async def problem(bot: Running) -> str | None:
    async with bot.services.database.read() as session:
        chat = await staff_chats.of_cluster(session, "fpi")
    assert chat
    return chat.problem


async def test_a_group_with_topics_is_linked(bot: Running, simulator: Simulator, admin: Any) -> None:
    group = simulator.add_group("Team FPI", forum=True, members=[admin.person], administrator=True)
    told = await write(bot, simulator, admin, await code_of(admin), group.id)
    assert told == "Dies ist jetzt die Gruppe für FPI. Anfragen an FPI kommen hier an."
    assert await linked(bot) == {"fpi": group.id}
    entry = (await log_of(bot))[-1]
    assert (entry.act, entry.cluster, entry.actor) == ("chat_linked", "fpi", admin.person.id)


async def test_only_clusters_that_one_administers_are_offered(admin: Any) -> None:
    await admin.say("/link")
    assert admin.buttons() == ["FPI"]


async def test_without_topics_it_works_and_a_tip_is_given(bot: Running, simulator: Simulator, admin: Any) -> None:
    group = simulator.add_group("Team FPI", members=[admin.person])
    assert "Tipp: Wenn „Themen“" in await write(bot, simulator, admin, await code_of(admin), group.id)
    assert await linked(bot) == {"fpi": group.id}


async def test_what_is_missing_is_said_and_the_code_still_works_then(
    bot: Running, simulator: Simulator, admin: Any
) -> None:
    group = simulator.add_group("Team FPI", forum=True, members=[admin.person])
    code = await code_of(admin)
    told = await write(bot, simulator, admin, code, group.id)
    assert told == (
        "Die Gruppe ist noch nicht verknüpft.\n\n"
        "Die Gruppe hat Themen, aber ich darf sie nicht verwalten. Bitte machen Sie mich zum Administrator mit dem "
        "Recht „Themen verwalten“.\n\n"
        "Bitte ändern Sie das und schreiben Sie denselben Code noch einmal."
    )
    assert await linked(bot) == {}
    simulator.promote_bot(group.id)
    assert "jetzt die Gruppe für FPI" in await write(bot, simulator, admin, code, group.id)
    assert await acts(bot) == ["link_offered", "link_refused", "chat_linked"]


async def test_where_the_bot_may_not_write_it_says_so_in_private(
    bot: Running, simulator: Simulator, admin: Any
) -> None:
    group = simulator.add_group("Team FPI", members=[admin.person])
    code = await code_of(admin)
    simulator.demote_bot(group.id, may_write=False)
    assert await write(bot, simulator, admin, code, group.id) == ""
    assert "Ich darf in der Gruppe nicht schreiben." in await admin.answer()
    assert await linked(bot) == {}


async def test_a_mere_member_who_got_hold_of_the_code_cannot_link(
    bot: Running, simulator: Simulator, talk: Begin, admin: Any
) -> None:
    owner_of_group, member = talk("de"), talk("de")
    group = simulator.add_group("Stammtisch", members=[owner_of_group.person, member.person])
    code = await code_of(admin)
    assert "Nur ein Administrator dieser Gruppe" in await write(bot, simulator, member, code, group.id)
    assert told_of((await log_of(bot))[-1]) == (None, {"reason": "not_admin", "chat": group.id}, True)
    # An administrator of the group may, as the code was given to them by who may link.
    assert "jetzt die Gruppe" in await write(bot, simulator, owner_of_group, code, group.id)


async def test_a_code_works_once_and_not_for_ever(
    bot: Running, simulator: Simulator, talk: Begin, admin: Any, clock: Clock
) -> None:
    other = talk("de")
    group = simulator.add_group("Team FPI", members=[admin.person])
    foreign = simulator.add_group("Andere", members=[other.person, admin.person])
    code = await code_of(admin)
    await write(bot, simulator, admin, code, group.id)
    assert "schon benutzt" in await write(bot, simulator, other, code, foreign.id)
    assert "schon benutzt" in await write(bot, simulator, admin, code, foreign.id)
    assert "gilt nicht" in await write(bot, simulator, other, "/link AAAA", foreign.id)
    late = await code_of(admin)
    clock.now += timedelta(hours=72)
    assert "abgelaufen" in await write(bot, simulator, admin, late, group.id)
    assert await linked(bot) == {"fpi": group.id}


async def test_an_invitation_is_no_code_for_a_group(bot: Running, simulator: Simulator, admin: Any) -> None:
    group = simulator.add_group("Team FPI", members=[admin.person])
    await admin.say("/invite")
    link = re.search(r"start=i-([\w-]+)", await admin.press("Anfragen"))
    assert link
    assert "gilt nicht" in await write(bot, simulator, admin, f"/link {link[1]}", group.id)


async def test_a_code_falls_with_the_right_of_who_got_it(bot: Running, simulator: Simulator, admin: Any) -> None:
    group = simulator.add_group("Team FPI", members=[admin.person])
    code = await code_of(admin)
    await fire(bot, admin.person.id, "admin")
    assert "gilt nicht" in await write(bot, simulator, admin, code, group.id)


async def test_another_group_takes_the_place_and_the_log_knows_both(
    bot: Running, simulator: Simulator, admin: Any
) -> None:
    first = simulator.add_group("Alt", members=[admin.person])
    second = simulator.add_group("Neu", forum=True, members=[admin.person], administrator=True)
    await write(bot, simulator, admin, await code_of(admin), first.id)
    told = await write(bot, simulator, admin, await code_of(admin), second.id)
    assert "Die bisherige Gruppe ist nicht mehr verknüpft." in told
    assert await linked(bot) == {"fpi": second.id}
    entries = {entry.act: entry.details["chat"] for entry in (await log_of(bot))[-2:]}
    assert entries == {"chat_unlinked": first.id, "chat_linked": second.id}


async def test_a_group_is_not_that_of_two_clusters(bot: Running, simulator: Simulator, admin: Any) -> None:
    await hire(bot, admin.person.id, "admin", "giqs")
    group = simulator.add_group("Team", members=[admin.person])
    await write(bot, simulator, admin, await code_of(admin), group.id)
    told = await write(bot, simulator, admin, await code_of(admin, "GIQS"), group.id)
    assert "schon mit einem anderen Cluster verknüpft" in told
    assert await linked(bot) == {"fpi": group.id}


async def test_in_a_group_without_a_code_the_way_is_told(bot: Running, simulator: Simulator, admin: Any) -> None:
    group = simulator.add_group("Team", members=[admin.person])
    assert "schreiben Sie mir /link im privaten Chat" in await write(bot, simulator, admin, "/link", group.id)


async def test_a_link_is_undone_after_a_question(bot: Running, simulator: Simulator, admin: Any) -> None:
    assert "Keine Gruppe ist verknüpft" in await admin.say("/unlink")
    group = simulator.add_group("Team", members=[admin.person])
    await write(bot, simulator, admin, await code_of(admin), group.id)
    await admin.say("/unlink")
    await admin.press("FPI")
    assert "bleibt verknüpft" in await admin.press("Abbrechen")
    assert await linked(bot) == {"fpi": group.id}
    await admin.say("/unlink")
    await admin.press("FPI")
    assert "FPI hat jetzt keine Gruppe" in await admin.press("Ja, Verknüpfung lösen")
    assert await linked(bot) == {}
    assert (await acts(bot))[-1] == "chat_unlinked"


async def test_a_group_that_becomes_a_supergroup_is_followed(bot: Running, simulator: Simulator, admin: Any) -> None:
    group = simulator.add_group("Team", basic=True, members=[admin.person])
    await write(bot, simulator, admin, await code_of(admin), group.id)
    new = simulator.migrate(group.id)
    await bot.idle()
    assert await linked(bot) == {"fpi": new.id}
    assert (await acts(bot)).count("chat_moved") == 1


async def test_a_lost_right_is_noticed_told_and_forgotten_when_it_is_back(
    bot: Running, simulator: Simulator, admin: Any
) -> None:
    group = simulator.add_group("Team", forum=True, members=[admin.person], administrator=True)
    await write(bot, simulator, admin, await code_of(admin), group.id)
    simulator.demote_bot(group.id)
    await bot.idle()
    assert await problem(bot) == "cannot_manage_topics"
    assert "Die Gruppe für FPI funktioniert nicht" in await admin.answer()
    simulator.promote_bot(group.id)
    await bot.idle()
    assert await problem(bot) is None
    simulator.remove_bot(group.id)
    await bot.idle()
    assert await problem(bot) == "gone"
    assert (await acts(bot)).count("chat_problem") == 3
