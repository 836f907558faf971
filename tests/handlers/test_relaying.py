"""What is said reaches the other side: cards and topics in the staff's group, answers in the firm's chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.handlers.conftest import OpenOffice
from tests.handlers.enquiring import TEXT, Asking

Begin = Callable[..., Any]


@pytest.fixture
async def firm(talk: Begin) -> Any:
    person = talk("de")
    await person.say("/start")
    return person


@pytest.fixture
def asking(firm: Any) -> Asking:
    return Asking(firm.bot, firm.person)


async def test_an_enquiry_gets_its_topic_and_its_card(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    assert team.topics() == [f"{number} · Muster GmbH"]
    card = team.texts(team.topic(number))[0]
    assert card.startswith(f"{number} · Muster GmbH\nOffen, noch niemand hat sie übernommen.\n\n{TEXT}\n")
    assert "– Verarbeitung & Produktentwicklung ist ein Kernthema von Ihnen" in card
    assert "– Niedersachsen ist Ihre Region" in card
    assert "Übernehmen" in team.buttons(team.card())
    assert f"Ihre Anfrage {number} liegt bei NieKE." in firm.messages()[-1]["text"]
    assert firm.buttons() == ["Anfrage ansehen", "Zurückziehen"]


async def test_what_is_said_goes_both_ways(office: OpenOffice, firm: Any, asking: Asking) -> None:
    team = await office("nieke")
    number = await asking.open()
    await asking.says(await firm.person.write("Es eilt <sehr> & ist wichtig"))
    topic = team.topic(number)
    assert team.texts(topic)[-1] == "Es eilt <sehr> & ist wichtig"
    answer = await team.agent.write("Wir kennen drei Firmen.", chat=team.group.id, topic=topic)
    await asking.is_answered(answer)
    assert firm.messages()[-1]["text"] == f"NieKE · {number}\nWir kennen drei Firmen."
    assert "Die letzte Antwort ist angekommen" in team.card()["text"]
