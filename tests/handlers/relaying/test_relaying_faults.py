"""What goes wrong on the way: nothing is lost, nothing is doubled without saying so, and the staff knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.access import Role
from bot.simulator import Fault, Message, Person
from bot.terminal import message_text
from storage import staff
from tests.handlers.conftest import OWNER, Clock, OpenOffice
from tests.handlers.enquiring import Asking
from tests.handlers.office import Office

Begin = Callable[..., Any]
MARK = "Vielleicht haben Sie diese Nachricht schon erhalten: Die Verbindung war unterbrochen."


@pytest.fixture
async def owner(talk: Begin) -> Any:
    owner = talk("de", person_id=OWNER)
    await owner.say("/start")
    return owner


async def later(asking: Asking, clock: Clock, **span: float) -> None:
    """Let time pass for what waits for its next try."""
    clock.pass_(**(span or {"minutes": 2}))
    await asking.sent()


async def answer(team: Office, asking: Asking, text: str) -> Message:
    message = await team.agent.write(text, chat=team.group.id)
    await asking.is_answered(message, team.cluster)
    return message


def those(messages: list[Message], text: str) -> list[str]:
    return [message_text(message) for message in messages if text in message_text(message)]


async def test_what_never_left_is_sent_without_a_mark(
    office: OpenOffice, firm: Any, asking: Asking, clock: Clock
) -> None:
    team = await office("nieke")
    number = await asking.open()
    team.simulator.limits.per_second = 1
    await answer(team, asking, "Drei Firmen")
    team.simulator.limits.per_second = 0
    await later(asking, clock)
    assert those(firm.messages(), "Drei Firmen") == [f"NieKE · {number}\nDrei Firmen"]


@pytest.mark.parametrize("kind", ["lost", "reset", "error", "error_after"])
async def test_what_may_have_arrived_is_sent_again_with_a_mark(
    kind: Any, office: OpenOffice, firm: Any, asking: Asking, clock: Clock
) -> None:
    team = await office("nieke")
    number = await asking.open()
    await answer(team, asking, "Guten Tag")
    team.simulator.faults.add(Fault(kind, "sendMessage", chat_id=firm.person.id))
    await answer(team, asking, "Drei Firmen")
    assert "Die letzte Antwort ist unterwegs." in team.card()["text"]
    await later(asking, clock)
    plain = f"NieKE · {number}\nDrei Firmen"
    first = [plain] if kind in ("lost", "error_after") else []
    assert those(firm.messages(), "Drei Firmen") == [*first, f"{plain}\n\n{MARK}"]
    assert "Die letzte Antwort ist angekommen" in team.card()["text"]


async def test_after_five_departures_the_staff_is_told(
    office: OpenOffice, firm: Any, asking: Asking, clock: Clock
) -> None:
    team = await office("nieke")
    number = await asking.open(way="phone", contact="+49 451 706550")
    fault = team.simulator.faults.add(Fault("lost", "sendMessage", chat_id=firm.person.id, times=None))
    message = await team.agent.write("Drei Firmen", chat=team.group.id)
    await asking.is_answered(message)
    for _ in range(12):
        await later(asking, clock)
    fault()
    assert len(those(firm.messages(), "Drei Firmen")) == 5
    assert "Es ist nicht sicher, ob die letzte Antwort ankam." in team.card()["text"]
    told = team.texts()[-1]
    assert told.startswith(f"{number}: Es ist nicht sicher, ob Ihre Nachricht bei der Firma ankam.")
    assert "ab.\n\nSie erreichen sie telefonisch: " in told


async def test_who_has_blocked_the_bot_is_reached_another_way(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open(way="email", contact="a@example.org")
    await firm.person.block()
    await answer(team, asking, "Drei Firmen")
    card = team.card()["text"]
    assert "Die letzte Antwort kam nicht an: Die Firma hat den Bot blockiert." in card
    assert "Antwort erbeten per E-Mail: a@example.org" in card
    assert team.texts()[-1].startswith(f"{number}: Ihre Nachricht kam bei der Firma nicht an.")
    assert "per E-Mail: a@example.org" in team.texts()[-1]


async def test_a_topic_that_was_deleted_is_made_anew(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    team.simulator.delete_topic(team.group.id, team.topic(number))
    await asking.says(await firm.person.write("Es eilt"))
    assert team.topics() == [f"{number} · Muster GmbH"]
    card, relayed = team.texts(team.topic(number))
    assert card.startswith(number)
    assert relayed == "Es eilt"
    assert MARK not in card


async def test_a_card_that_was_deleted_is_sent_anew(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    team.simulator.world.remove(team.group, team.card()["message_id"])
    await asking.is_answered(await team.agent.write("Gern", chat=team.group.id))
    assert len(team.topics()) == 1
    (card,) = team.texts(team.topic(number))
    assert card.startswith(number)
    assert "Übernommen von Agnes" in card


async def test_a_topic_whose_making_got_no_answer_may_stand_empty(
    office: OpenOffice, firm: Any, asking: Asking, clock: Clock
) -> None:
    team = await office("nieke")
    team.simulator.faults.add(Fault("lost", "createForumTopic"))
    number = await asking.open()
    assert team.texts() == []
    await later(asking, clock)
    assert len(team.topics()) == 2
    (card,) = team.texts(team.topic(number))
    assert "kann es ein zweites, leeres Thema geben" in card
    assert MARK not in card


@pytest.mark.parametrize("told_before", [True, False])
async def test_a_group_that_became_a_supergroup_is_followed(
    told_before: bool, office: OpenOffice, firm: Any, asking: Asking, clock: Clock
) -> None:
    team = await office("nieke", forum=False, basic=True)
    number = await asking.open()
    if told_before:
        team.group = team.simulator.migrate(team.group.id)
        await asking.bot.idle()
    else:
        team.simulator.faults.add(Fault("migrate", chat_id=team.group.id))
    await asking.says(await firm.person.write("Es eilt"))
    await later(asking, clock)
    team.group = [chat for chat in team.simulator.chats if chat.title == "Team nieke"][-1]
    assert team.group.kind == "supergroup"
    card, relayed = team.texts()
    assert card.startswith(number)
    assert relayed.endswith("Es eilt")


@pytest.mark.parametrize("how", ["removed", "silenced", "no topics"])
async def test_a_group_that_does_not_work_gets_all_when_it_does(  # noqa: PLR0917
    how: str, office: OpenOffice, firm: Any, asking: Asking, owner: Any, talk: Begin
) -> None:
    team = await office("nieke")
    if how == "removed":
        team.simulator.remove_bot(team.group.id)
    else:
        team.simulator.demote_bot(team.group.id, may_write=how == "no topics")
    await asking.bot.idle()
    await asking.open()
    await asking.says(await firm.person.write("Es eilt"))
    second = Asking(asking.bot, talk("de").person)
    await second.person.start()
    await second.open()
    assert team.texts() == []
    assert len(those(owner.messages(), "Die Gruppe für NieKE funktioniert nicht")) == 1
    team.simulator.promote_bot(team.group.id)
    await asking.bot.idle()
    assert len(team.topics()) == 2
    assert [text for text in team.texts() if "GFC-" not in text] == ["Es eilt"]


async def test_without_a_group_the_administrators_are_told_once_an_enquiry(
    office: OpenOffice, firm: Any, asking: Asking, owner: Any, talk: Begin
) -> None:
    admin = talk("de")
    await admin.say("/start")
    async with asking.bot.services.database.begin() as session:
        await staff.grant(session, admin.person.id, Role.ADMIN, "nieke", name="Ada", granted_by=OWNER, now=asking.now)
    number = await asking.open()
    await asking.says(await firm.person.write("Es eilt"))
    assert those(admin.messages(), number) == [
        f"{number} wartet auf NieKE. Es ist keine Gruppe des Teams verknüpft. "
        "Die Anfrage bleibt gespeichert und kommt an, sobald eine Gruppe verknüpft ist: /link"
    ]
    assert those(owner.messages(), number) == []
    other = await asking.open("fpi")
    assert len(those(owner.messages(), other)) == 1
    group = await linked_by_code(admin)
    texts = [message_text(m) for m in admin.simulator.messages(group) if m["from"]["is_bot"]]
    assert any(text.startswith(number) for text in texts)
    assert "Es eilt" in texts


async def linked_by_code(admin: Any) -> int:
    """Link a group to NieKE as administrators do; return its id."""
    await admin.say("/link")
    told = await admin.press("NieKE")
    code = next(word for word in told.split() if len(word) == 39)
    person: Person = admin.person
    group = admin.simulator.add_group("Team", forum=True, members=[person], administrator=True)
    await person.write(f"/link {code}", chat=group.id)
    await admin.bot.idle()
    return int(group.id)


async def test_what_was_deleted_by_the_firm_is_sent_by_its_file(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    await asking.open()
    message = await firm.person.send_document(b"x", "Muster.pdf", caption="Unser Muster")
    await firm.person.delete(message["message_id"])
    await asking.says(message)
    assert team.messages()[-1]["document"]["file_name"] == "Muster.pdf"
    assert team.messages()[-1]["caption"] == "Unser Muster"
