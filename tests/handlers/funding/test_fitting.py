"""Does it fit us? Three replies, a hint, and the way to a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.app import Running
from storage import drafts
from tests.handlers.funding.calls import tell_of

Begin = Callable[..., Any]
NO_STATEMENT = "keine rechtliche Auskunft"


async def replied(firm: Any, who: str, region: str, step: str) -> str:
    await firm.say("/funding")
    await firm.press("1. Förderaufruf Muster")
    assert "Wer sind Sie" in await firm.press("Passt das zu uns?")
    assert "Wo sitzen Sie" in await firm.press(who)
    assert "Worum geht es Ihnen" in await firm.press(region)
    return str(await firm.press(next(name for name in firm.buttons() if name.startswith(step))))


async def test_what_fits_is_worth_asking(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    await tell_of(bot, who="small", regions="DE-NI", steps="packaging")
    said = await replied(firm, "Kleine und mittlere Unternehmen", "Niedersachsen", "Verpackung")
    assert "Eine Nachfrage lohnt sich" in said
    assert NO_STATEMENT in said


async def test_each_reason_against_it_is_named(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    await tell_of(bot, who="farm", regions="DE-NI", steps="packaging")
    said = await replied(firm, "Große Unternehmen", "Bayern", "Etwas anderes")
    assert "Wahrscheinlich nicht" in said
    assert "Einen Antrag stellen dürfen: Landwirtschaftliche Betriebe." in said
    assert "Er gilt für: Niedersachsen." in said
    assert "Seine Themen sind: Verpackung" in said
    assert NO_STATEMENT in said
    assert "Wer sind Sie" in await firm.press("Neu beantworten")


async def test_what_the_call_does_not_say_speaks_against_nobody(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    await tell_of(bot)
    assert "lohnt sich" in await replied(firm, "Etwas anderes", "Egal", "Etwas anderes")


async def test_it_ends_in_an_enquiry_with_call_and_replies(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    await tell_of(bot, cluster="giqs")
    await replied(firm, "Start-ups", "Niedersachsen", "Verpackung")
    await firm.press("GIQS fragen")
    async with bot.services.database.read() as session:
        draft = await drafts.of(session, firm.person.id)
    assert draft
    assert (draft.cluster, draft.steps, draft.region) == ("giqs", ["packaging"], "DE-NI")
    for part in ("„Förderaufruf Muster“ (Musterprogramm)", "Wir gehören zu: Start-ups.", "Ort: Niedersachsen."):
        assert part in (draft.text or "")


async def test_a_call_of_all_leaves_the_cluster_open(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    await tell_of(bot, cluster="*")
    await replied(firm, "Start-ups", "Niedersachsen", "Verpackung")
    await firm.press("Ein Cluster fragen")
    async with bot.services.database.read() as session:
        draft = await drafts.of(session, firm.person.id)
    assert draft
    assert draft.cluster is None
