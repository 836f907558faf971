"""A topic that is closed by hand: the staff is asked, and nothing is closed in silence."""

from __future__ import annotations

from typing import Any

from bot.simulator import Message
from tests.handlers.conftest import OpenOffice
from tests.handlers.enquiring import Asking
from tests.handlers.office import Office


async def shut(team: Office, *, closed: bool = True) -> Message:
    """Close or open the topic of the enquiry as an administrator does in the app."""
    topic, world = team.topic(), team.simulator.world
    team.group.topics[topic].closed = closed
    told: Message = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    place = {"message_thread_id": topic, "is_topic_message": True}
    message: Message = world.post(team.group, team.agent.account, {**place, **told})
    world.notify("message", message)
    await team.bot.idle()
    return message


async def test_the_staff_is_asked_and_closes_with_an_outcome(team: Office, asking: Asking) -> None:
    await shut(team)
    question = team.messages(team.topic())[-1]
    assert question["text"].startswith("Dieses Thema wurde geschlossen. Die Anfrage GFC-2026-00001 ist noch offen.")
    assert not (await asking.enquiry()).is_closed
    await team.press("Anfrage schließen", question)
    await team.press("Kontakt vermittelt", question)
    assert (await asking.enquiry()).outcome == "contact_made"
    told = len(team.messages())
    await shut(team)
    assert len(team.messages()) == told


async def test_the_topic_can_be_opened_again_from_there(team: Office, firm: Any, asking: Asking) -> None:
    await shut(team)
    question = team.messages(team.topic())[-1]
    answer = await team.press("Thema wieder öffnen", question)
    assert answer
    assert answer.text == "Das Thema ist wieder offen."
    assert not team.group.topics[team.topic()].closed
    await asking.says(await firm.person.write("Es eilt"))
    assert team.texts(team.topic())[-1] == "Es eilt"


async def test_what_the_firm_writes_still_arrives_in_a_closed_topic(team: Office, firm: Any, asking: Asking) -> None:
    await shut(team)
    await asking.says(await firm.person.write("Es eilt"))
    assert team.texts(team.topic())[-1] == "Es eilt"
    assert len(team.topics()) == 1


async def test_an_opened_topic_needs_no_word(team: Office) -> None:
    await shut(team)
    told = len(team.messages())
    await shut(team, closed=False)
    assert len(team.messages()) == told


async def test_who_was_brought_in_is_asked_for_its_part_only(team: Office, office: OpenOffice, asking: Asking) -> None:
    other = await office("fpi")
    await team.press("Hinzuziehen", team.card())
    await team.press("staff:1:bring:fpi", team.card())
    await team.press("staff:1:bring!:fpi", team.card())
    await shut(other)
    question = other.messages(other.topic())[-1]
    assert other.buttons(question) == ["Unser Teil ist erledigt", "Thema wieder öffnen"]
    await other.press("Unser Teil ist erledigt", question)
    assert "FPI (Teil erledigt)" in team.card()["text"]
    assert not (await asking.enquiry()).is_closed


async def test_another_topic_of_the_group_is_nobodys_business(team: Office) -> None:
    told = len(team.messages())
    topic = await team.agent.open_topic("Kaffeekasse", chat=team.group.id)
    world = team.simulator.world
    place = {"message_thread_id": topic.id, "is_topic_message": True, "forum_topic_closed": {}}
    world.notify("message", world.post(team.group, team.agent.account, place))
    await team.bot.idle()
    assert len(team.messages()) == told
