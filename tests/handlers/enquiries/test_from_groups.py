"""In a group, "Send an enquiry" leads to the private chat: what is one firm's is not written before all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.simulator import Chat, Simulator
from storage import blocked, drafts
from storage.models import Draft

Begin = Callable[..., Any]
WISH = "Wir suchen für unsere Fischfabrik in Kiel einen Partner für recycelbare Verpackungen"
LINK = "https://t.me/FoodClustersBot?start="
BUTTON = "Anfrage an foodRegio senden"


async def draft_of(firm: Any) -> Draft | None:
    async with firm.bot.services.database.read() as session:
        return await drafts.of(session, firm.person.id)


@pytest.fixture
def firm(talk: Begin) -> Any:
    return talk("de")


@pytest.fixture
async def group(firm: Any, simulator: Simulator) -> Chat:
    """A group in which the firm has told its wish, and the bot has named the clusters that fit."""
    group = simulator.add_group("Stammtisch", members=[firm.person], administrator=True)
    await firm.person.write(f"@FoodClustersBot {WISH}", chat=group.id)
    await firm.bot.idle()
    return group


async def pressed(firm: Any, group: Chat) -> Any:
    result = [message for message in firm.simulator.messages(group.id) if message["from"]["is_bot"]][-1]
    answer = await firm.person.press(result["message_id"], BUTTON, chat=group.id)
    await firm.bot.idle()
    return answer


async def test_who_wrote_the_wish_goes_on_with_it_in_private(firm: Any, group: Chat) -> None:
    said = len(firm.simulator.messages(group.id))
    assert (await pressed(firm, group)).url == f"{LINK}enquire"
    assert len(firm.simulator.messages(group.id)) == said
    await firm.person.start("enquire")
    assert "Wie heißt Ihre Firma?" in await firm.answer()
    draft = await draft_of(firm)
    assert draft
    assert (draft.text, draft.cluster, draft.region) == (WISH, "foodregio", "DE-SH")


async def test_anybody_else_begins_with_cluster_step_and_place(firm: Any, group: Chat, talk: Begin) -> None:
    other = talk("de")
    await other.person.join(group.id)
    assert (await pressed(other, group)).url == f"{LINK}enquire-foodregio_packaging_DE-SH"
    assert await draft_of(other) is None
    await other.person.start("enquire-foodregio_packaging_DE-SH")
    assert "Sie geht an foodRegio" in await other.answer()
    await other.say("Wir brauchen dafür auch eine Spedition mit Kühlung.")
    draft = await draft_of(other)
    assert draft
    assert (draft.steps, draft.region) == (["packaging"], "DE-SH")


async def test_a_draft_that_waits_is_not_replaced(firm: Any, group: Chat) -> None:
    await firm.say("/enquire")
    await firm.say("Wir suchen einen Partner für die Prüfung von Wurstwaren")
    assert (await pressed(firm, group)).url == f"{LINK}enquire-foodregio_packaging_DE-SH"
    draft = await draft_of(firm)
    assert draft
    assert "Wurstwaren" in (draft.text or "")


async def test_who_is_blocked_is_told_so_alone(firm: Any, group: Chat, clock: Any) -> None:
    async with firm.bot.services.database.begin() as session:
        await blocked.add(session, firm.person.id, by=7, now=clock())
    answer = await pressed(firm, group)
    assert answer.alert
    assert "keine Anfragen senden" in answer.text


@pytest.mark.parametrize(
    "link", ["enquire-_-_", "enquire-fpi_nothing_XX", "enquire-fpi_packaging", "enquire-a_b_c_d_e"]
)
async def test_an_odd_link_begins_with_what_can_be_read_of_it(firm: Any, link: str) -> None:
    await firm.person.start(link)
    assert "Worum geht es in Ihrer Anfrage?" in await firm.answer()
