""" "Not right?": the person corrects step and region, and the editors get an example."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import Running
from bot.names import STEPS
from bot.simulator import Simulator
from handlers.finding import results
from storage.models import RoutingExample

Begin = Callable[..., Any]
FISH = "Wir suchen für unsere Fischfabrik in Kiel einen Partner für recycelbare Verpackungen"


async def examples(bot: Running) -> Sequence[RoutingExample]:
    async with bot.services.database.read() as session:
        return (await session.scalars(select(RoutingExample).order_by(RoutingExample.id))).all()


async def test_another_step_and_region_give_another_result_and_an_example(talk: Begin, bot: Running) -> None:
    firm = talk("de")
    await firm.say(FISH)
    assert "Welche Stufe passt?" in await firm.press("Passt nicht?")
    assert "Wo sitzt Ihre Firma?" in await firm.press("Energie, Ressourcen & Kreislaufwirtschaft")
    result = await firm.press("Nordrhein-Westfalen")
    assert "1. FPI" in result
    assert "Region: Nordrhein-Westfalen" in result
    (example,) = await examples(bot)
    assert (example.text, example.language) == (FISH, "de")
    assert (example.routed_steps, example.routed_region) == (["packaging", "resources"], "DE-SH")
    assert (example.chosen_step, example.chosen_region) == ("resources", "DE-NW")


async def test_the_region_that_was_read_is_offered_first(talk: Begin, bot: Running) -> None:
    firm = talk("de")
    await firm.say(FISH)
    await firm.press("Passt nicht?")
    await firm.press("Logistik & Distribution")
    assert firm.buttons()[0] == "Wie bisher: Schleswig-Holstein"
    await firm.press("Wie bisher: Schleswig-Holstein")
    (example,) = await examples(bot)
    assert (example.chosen_step, example.chosen_region) == ("logistics", "DE-SH")


async def test_back_shows_the_result_and_keeps_nothing(talk: Begin, bot: Running) -> None:
    firm = talk("de")
    result = await firm.say(FISH)
    await firm.press("Passt nicht?")
    await firm.press("Logistik & Distribution")
    await firm.press("Zurück")
    assert await firm.press("Zurück") == result
    assert await examples(bot) == []


async def test_who_chooses_what_was_read_corrects_nothing(talk: Begin, bot: Running) -> None:
    firm = talk("de")
    await firm.say("Wir suchen für unsere Fischfabrik in Kiel Kartons")
    await firm.press("Passt nicht?")
    await firm.press("Verpackung")
    await firm.press("Wie bisher: Schleswig-Holstein")
    assert await examples(bot) == []


async def test_a_guided_result_is_corrected_without_a_text(talk: Begin, bot: Running) -> None:
    firm = talk("en")
    await firm.say("/find")
    await firm.press("Packaging")
    await firm.press("No matter")
    assert "kept" not in await firm.press("Not right?")
    await firm.press("Marketing, sales & retail")
    await firm.press("Hamburg")
    (example,) = await examples(bot)
    assert example.text is None
    assert (example.routed_steps, example.routed_region) == (["packaging"], None)


async def test_a_step_that_was_asked_for_is_an_example_too(talk: Begin, bot: Running) -> None:
    firm = talk("de")
    await firm.say("Wir suchen jemanden für Labels, Firma in Kiel")
    assert firm.buttons() == ["Verpackung", "Marketing, Vertrieb & Handel", "Andere Stufe"]
    assert "1. foodRegio" in await firm.press("Verpackung")
    (example,) = await examples(bot)
    assert (example.routed_steps, example.chosen_step, example.chosen_region) == ([], "packaging", "DE-SH")


async def test_in_a_group_the_result_replies_to_the_enquiry_and_can_be_corrected(
    talk: Begin, bot: Running, simulator: Simulator
) -> None:
    firm = talk("de")
    group = simulator.add_group("Stammtisch", members=[firm.person])
    simulator.promote_bot(group.id)
    written = await firm.person.write(f"@{bot.application.bot.username} {FISH}", chat=group.id)
    await bot.inbox.idle()
    result = simulator.messages(group.id)[-1]
    assert result["reply_to_message"]["message_id"] == written["message_id"]
    for button in ("Passt nicht?", "Logistik & Distribution", "Hamburg"):
        await firm.person.press(result["message_id"], button, chat=group.id)
        await bot.inbox.idle()
    (example,) = await examples(bot)
    assert example.text == FISH


@pytest.mark.parametrize("steps", [STEPS, STEPS[3:5], ("skills", "packaging"), ()])
def test_steps_fit_into_a_button_and_come_back_in_their_order(steps: tuple[str, ...]) -> None:
    code = results.letters(steps)
    assert results.steps_of(code) == steps
    assert len(f"fix:{code}:DE-NI:l:DE-NW".encode()) <= 64
