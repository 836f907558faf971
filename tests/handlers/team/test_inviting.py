"""Invitations: made by those who may, used once by another, withdrawn; each step in the audit log."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.app import Running
from bot.simulator import Simulator
from tests.handlers.conftest import OWNER, Clock
from tests.handlers.hiring import acts, fire, hire, log_of, roles, told_of

Begin = Callable[..., Any]

LINK = re.compile(r"https://t\.me/\w+\?start=(i-[\w-]+)")


async def invite(inviter: Any, role: str = "Anfragen", cluster: str | None = "FPI") -> str:
    """Press through /invite and return what the link carries."""
    await inviter.say("/invite")
    told = await inviter.press(role)
    if cluster:
        told = await inviter.press(cluster)
    found = LINK.search(told)
    assert found, told
    return found[1]


async def follow(person: Any, link: str) -> str:
    await person.person.start(link)
    return str(await person.answer())


@pytest.fixture
async def owner(talk: Begin) -> Any:
    owner = talk("de", person_id=OWNER)
    await owner.say("/start")
    return owner


async def test_an_owner_invites_and_the_person_has_the_role(
    bot: Running, simulator: Simulator, talk: Begin, owner: Any
) -> None:
    link = await invite(owner)
    newcomer = talk("de")
    told = await follow(newcomer, link)
    assert "Sie haben die Rolle Anfragen, FPI" in told
    assert await roles(bot, newcomer.person.id) == (("agent", "fpi"),)
    assert "Muster hat Ihre Einladung angenommen: Anfragen, FPI." in await owner.answer()
    assert await acts(bot) == ["invited", "role_granted"]
    granted = (await log_of(bot))[1]
    assert granted.actor == newcomer.person.id
    assert granted.details == {"role": "agent", "person": newcomer.person.id, "by": OWNER}
    menu = [command["command"] for command in simulator.commands(newcomer.person.id, newcomer.person.id, "de")]
    assert menu[-1] == "staff"


async def test_a_link_fits_telegrams_start_parameter(bot: Running, owner: Any) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", await invite(owner))


async def test_an_invitation_works_once(bot: Running, talk: Begin, owner: Any) -> None:
    link = await invite(owner)
    first, second = talk("de"), talk("de")
    await follow(first, link)
    assert "schon benutzt" in await follow(second, link)
    assert await roles(bot, second.person.id) == ()
    # Who has the role already is told so; nothing is used up, nobody is told again.
    assert "Sie haben die Rolle" in await follow(first, link)
    refused = (await log_of(bot))[-1]
    assert refused.act == "invitation_refused"
    assert told_of(refused) == (None, {"reason": "used"}, True)


async def test_a_forged_link_is_refused_in_plain_words(bot: Running, talk: Begin) -> None:
    assert "gilt nicht" in await follow(talk("de"), "i-AAAA")
    assert await acts(bot) == ["invitation_refused"]


async def test_an_expired_invitation_says_so(bot: Running, talk: Begin, owner: Any, clock: Clock) -> None:
    link = await invite(owner)
    clock.pass_(hours=72)
    assert "abgelaufen" in await follow(talk("de"), link)
    assert told_of((await log_of(bot))[-1]) == (None, {"reason": "expired"}, True)


async def test_a_withdrawn_invitation_is_worth_nothing(bot: Running, talk: Begin, owner: Any) -> None:
    link = await invite(owner)
    assert "zurückgezogen" in await owner.press("Diese Einladung zurückziehen")
    newcomer = talk("de")
    assert "gilt nicht" in await follow(newcomer, link)
    assert await roles(bot, newcomer.person.id) == ()
    assert await acts(bot) == ["invited", "invitation_withdrawn", "invitation_refused"]


async def test_an_invitation_falls_with_the_right_of_who_issued_it(bot: Running, talk: Begin) -> None:
    admin, newcomer = talk("de"), talk("de")
    await hire(bot, admin.person.id, "admin")
    link = await invite(admin, cluster=None)
    await fire(bot, admin.person.id, "admin")
    assert "gilt nicht" in await follow(newcomer, link)
    assert await roles(bot, newcomer.person.id) == ()


async def test_nobody_uses_up_their_own_invitation_by_a_slip(bot: Running, talk: Begin, owner: Any) -> None:
    link = await invite(owner)
    assert "Ihre eigene Einladung" in await follow(owner, link)
    assert "Sie haben die Rolle" in await follow(talk("de"), link)


@pytest.mark.parametrize(
    ("role", "cluster", "offered"),
    [
        ("admin", "fpi", ["Redaktion", "Ankündigungen", "Anfragen"]),
        ("admin", "*", ["Verwaltung", "Redaktion", "Ankündigungen", "Anfragen"]),
    ],
)
async def test_only_roles_that_one_may_give_are_offered(
    role: str, cluster: str, offered: list[str], bot: Running, talk: Begin
) -> None:
    admin = talk("de")
    await hire(bot, admin.person.id, role, cluster)
    await admin.say("/invite")
    assert admin.buttons() == offered


async def test_the_administration_of_all_makes_that_of_one_but_not_its_equals(bot: Running, talk: Begin) -> None:
    admin = talk("de")
    await hire(bot, admin.person.id, "admin", "*")
    await admin.say("/invite")
    await admin.press("Verwaltung")
    assert admin.buttons() == ["foodRegio", "NieKE", "FPI", "GIQS", "Zurück"]
    await admin.press("Zurück")
    await admin.press("Anfragen")
    assert admin.buttons() == ["foodRegio", "NieKE", "FPI", "GIQS", "alle Cluster", "Zurück"]


async def test_a_button_counts_no_more_than_the_role_behind_it(bot: Running, talk: Begin) -> None:
    admin = talk("de")
    await hire(bot, admin.person.id, "admin", "*")
    await admin.say("/invite")
    await admin.press("Anfragen")
    await fire(bot, admin.person.id, "admin", "*")
    assert "keine Berechtigung" in await admin.press("FPI")
    refused = (await log_of(bot))[-1]
    assert (refused.act, refused.cluster) == ("refused", "fpi")
    assert told_of(refused) == (None, {"action": "invite"}, True)
