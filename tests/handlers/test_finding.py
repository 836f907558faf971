"""Which cluster fits: by buttons, and from a written enquiry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Begin = Callable[..., Any]


async def test_step_by_step_to_the_cluster_and_its_contact(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/find")
    assert "Wo sitzt Ihre Firma?" in await firm.press("Verpackung")
    result = await firm.press("Schleswig-Holstein")
    assert result.index("foodRegio") < result.index("FPI")
    assert "wegen Ihrer Region: Schleswig-Holstein" in result
    assert len(firm.messages()) == 1
    assert "0451" in await firm.press("So erreichen Sie foodRegio")


async def test_back_and_cancel(talk: Begin) -> None:
    firm = talk("en")
    await firm.say("/find")
    await firm.press("Packaging")
    assert "Which cluster fits?" in await firm.press("Back")
    await firm.press("Packaging")
    await firm.press("No matter")
    assert "Where is your firm?" in await firm.press("Back")
    assert "cancelled" in await firm.press("Cancel")
    assert firm.buttons() == []


async def test_a_written_enquiry_is_routed_with_reasons(talk: Begin) -> None:
    firm = talk("de")
    result = await firm.say("Wir suchen für unsere Fischfabrik in Kiel einen Partner für recycelbare Verpackungen")
    assert "foodRegio" in result
    assert "Schleswig-Holstein" in result
    assert "0451" in await firm.press("So erreichen Sie foodRegio")


async def test_an_enquiry_from_elsewhere_is_told_so(talk: Begin) -> None:
    firm = talk("de")
    result = await firm.say("Wir suchen für unser Werk bei Augsburg einen Partner für recycelbare Verpackungen")
    assert "Bayern" in result
    assert "keines der vier" in result.casefold()


async def test_not_right_leads_to_the_steps(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("Wir suchen für unsere Fischfabrik in Kiel einen Partner für recycelbare Verpackungen")
    assert "Stufe der Wertschöpfungskette" in await firm.press("Nicht richtig? Stufe auswählen")
