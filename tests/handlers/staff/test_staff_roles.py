"""Every act of the staff asks for the role: who may do it does, everybody else changes nothing and is told so."""

from __future__ import annotations

import pytest

from bot.simulator import Message
from storage.models import Outcome
from tests.handlers.conftest import OWNER, Clock, OpenOffice, Talk
from tests.handlers.enquiring import Asking
from tests.handlers.hiring import acts, hire
from tests.handlers.office import Office

WHO = {
    "owner": True,
    "admin nieke": True,
    "agent nieke": True,
    "admin *": True,
    "agent fpi": False,
    "admin fpi": False,
    "editor nieke": False,
    "sender nieke": False,
    "nobody": False,
}
"""Who stands in NieKE's staff chat, and whether they may answer its enquiries."""
PRESSED = (
    *("menu", "claim", "answer", "ask", "canned", "canned:received", "send:received", "hand", "hand:fpi", "hand!:fpi"),
    *(
        "bring",
        "bring:fpi",
        "bring!:fpi",
        "wait",
        "close",
        f"close:{Outcome.ANSWERED}",
        "reopen",
        "back",
        "history",
        "block",
    ),
    *("block!", "unblock", "ready", "unready", "topic", "drop", "unsend"),
)
WRITTEN = (
    "/reply Hallo",
    "/withdraw",
    "/open",
    "/enquiry GFC-2026-00001",
    "/search Papier",
    "/unblock 1",
    "/reopen 1",
    "Hallo",
)


@pytest.fixture(params=WHO)
async def who(request: pytest.FixtureRequest, team: Office) -> str:
    """Put somebody with a role in the place of the agent."""
    name: str = request.param
    role, _, cluster = name.partition(" ")
    person = team.simulator.add_person("Wer", person_id=OWNER if name == "owner" else None)
    if cluster:
        await hire(team.bot, person.id, role, cluster)
    await person.join(team.group.id)
    await team.bot.idle()
    team.agent = person
    return name


async def state(team: Office, asking: Asking, firm: Talk) -> tuple[object, ...]:
    """What must not change when somebody is refused."""
    enquiry = await asking.enquiry()
    values = (enquiry.state, enquiry.cluster, enquiry.claimed_by, enquiry.held_until, enquiry.outcome)
    return *values, len(firm.messages())


async def test_each_button_of_the_card_asks_for_the_role(who: str, team: Office, firm: Talk, asking: Asking) -> None:
    card = team.card()
    for act in PRESSED:
        number, before = (await acts(team.bot)).count("refused"), await state(team, asking, firm)
        alert = await _press(team, act, card)
        refused = (await acts(team.bot)).count("refused") - number
        assert refused == (0 if WHO[who] else 1), act
        if not WHO[who]:
            assert alert.startswith("Dazu haben Sie keine Berechtigung."), act
            assert await state(team, asking, firm) == before, act


async def test_each_message_and_command_asks_for_the_role(who: str, team: Office, firm: Talk, asking: Asking) -> None:
    for text in WRITTEN:
        number, before = (await acts(team.bot)).count("refused"), await state(team, asking, firm)
        await team.reply(text, team.card())
        refused = (await acts(team.bot)).count("refused") - number
        assert refused == (0 if WHO[who] else 1), text
        if not WHO[who]:
            assert team.texts()[-1].startswith("Dazu haben Sie keine Berechtigung."), text
            assert await state(team, asking, firm) == before, text


async def test_a_button_of_another_clusters_enquiry_does_nothing(
    office: OpenOffice, team: Office, firm: Talk, asking: Asking, clock: Clock
) -> None:
    other = await office("fpi")
    await Asking(firm.bot, firm.person).open("fpi")
    before = await state(team, asking, firm)
    assert "bei Ihrem Cluster nicht" in await _press(other, "claim", other.card())
    assert await state(team, asking, firm) == before


async def _press(team: Office, act: str, card: Message) -> str:
    """Press a button that need not stand under the card: anybody can make up its data. Return the alert, if any."""
    world = team.simulator.world
    query = world.ask("callback", team.agent.id)
    pressed = {"id": query.id, "from": team.agent.account.as_user(), "message": card, "chat_instance": "1"}
    world.notify("callback_query", {**pressed, "data": f"staff:1:{act}"})
    await team.bot.idle()
    answer = query.answer.result() if query.answer.done() else {}
    return str(answer.get("text", "")) if answer.get("alert") else ""
