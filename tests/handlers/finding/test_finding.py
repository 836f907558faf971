"""Which cluster fits: by buttons, from a written enquiry, and both mixed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Begin = Callable[..., Any]
FISH = "Wir suchen für unsere Fischfabrik in Kiel einen Partner für recycelbare Verpackungen"
NOWHERE = "Wir suchen einen Partner für recycelbare Verpackungen"


async def test_step_by_step_to_the_clusters_that_fit(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/find")
    assert "Wo sitzt Ihre Firma?" in await firm.press("Verpackung")
    result = await firm.press("Schleswig-Holstein")
    assert result.index("foodRegio") < result.index("FPI")
    assert "wegen Ihrer Region: Schleswig-Holstein" in result
    assert len(firm.messages()) == 1


async def test_a_result_says_why_what_they_do_there_and_how_to_reach_them(talk: Begin) -> None:
    firm = talk("de")
    result = await firm.say(FISH)
    assert "weil Sie „Verpackung“ genannt haben" in result
    assert "Es gab einen eigenen Arbeitskreis" in result
    assert "0451 70655-0" in result
    assert "0521 98640-0" in result
    assert "Quellen:" in result


async def test_a_result_leads_to_an_enquiry_at_either_cluster(talk: Begin) -> None:
    firm = talk("de")
    await firm.say(FISH)
    assert firm.buttons() == ["Anfrage an foodRegio senden", "Anfrage an FPI senden", "Passt nicht?"]
    rows = firm.messages()[-1]["reply_markup"]["inline_keyboard"]
    assert [button["callback_data"] for (button,) in rows][:2] == [
        "enquire:foodregio:packaging:DE-SH",
        "enquire:fpi:packaging:DE-SH",
    ]


async def test_a_renamed_cluster_is_named_with_both_names(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/find")
    await firm.press("Forschung, Technologietransfer & Förderung")
    assert "NieKE, heute LI Food" in await firm.press("Niedersachsen")
    assert "Anfrage an NieKE (LI Food) senden" in firm.buttons()


async def test_a_result_replies_to_the_enquiry(talk: Begin) -> None:
    firm = talk("de")
    await firm.say(FISH)
    assert firm.messages()[-1]["reply_to_message"]["text"] == FISH


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


async def test_the_value_chain_is_shown_as_a_picture_that_leads_back_to_the_steps(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/find")
    await firm.person.press(firm.messages()[-1]["message_id"], "Als Bild ansehen")
    await firm.bot.inbox.idle()
    picture = firm.messages()[-1]
    assert picture["photo"]
    assert "Verpackung: foodRegio; auch FPI" in picture["caption"]
    await firm.person.press(picture["message_id"], "Stufe auswählen")
    await firm.bot.inbox.idle()
    steps = firm.messages()[-1]
    assert steps["message_id"] > picture["message_id"]
    assert "Verpackung" in firm.buttons()


@pytest.mark.parametrize("place", ["kiel", "in 24103 Kiel", "Schleswig-Holstein", "Wir sitzen in Husum"])
async def test_a_place_typed_for_the_region_is_taken(talk: Begin, place: str) -> None:
    firm = talk("de")
    await firm.say("/find")
    await firm.press("Verpackung")
    assert "wegen Ihrer Region: Schleswig-Holstein" in await firm.say(place)


async def test_no_matter_and_cancel_can_be_typed(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/find")
    await firm.press("Verpackung")
    assert "1. foodRegio" in await firm.say("Egal")
    await firm.say("/find")
    assert "abgebrochen" in await firm.say("Abbrechen")


async def test_a_step_typed_for_the_step_is_taken_and_a_place_is_kept(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/find")
    assert "Wo sitzt Ihre Firma?" in await firm.say("Verpackung")
    await firm.say("/find")
    assert "Welcher Cluster passt?" in await firm.say("Kiel")
    assert "wegen Ihrer Region: Schleswig-Holstein" in await firm.press("Verpackung")


async def test_an_enquiry_typed_for_the_region_is_an_enquiry_of_its_own(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/find")
    await firm.press("Marketing, Vertrieb & Handel")
    assert "Stufe der Wertschöpfungskette: Verpackung" in await firm.say(FISH)


async def test_a_question_in_between_is_answered_and_ends_the_asking(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/find")
    await firm.press("Verpackung")
    assert "Quakenbrück" in await firm.say("Wo sitzt NieKE?")
    assert "Stufe der Wertschöpfungskette" not in await firm.say("Kiel")


async def test_a_place_written_after_an_enquiry_without_one_is_added_to_it(talk: Begin) -> None:
    firm = talk("de")
    assert "Den Ort Ihrer Firma kenne ich noch nicht" in await firm.say(NOWHERE)
    assert "Region: Schleswig-Holstein" in await firm.say("Kiel")
    assert firm.messages()[-1]["reply_to_message"]["text"] == NOWHERE


async def test_an_enquiry_from_elsewhere_is_told_so(talk: Begin) -> None:
    firm = talk("de")
    result = await firm.say("Wir suchen für unser Werk bei Augsburg einen Partner für recycelbare Verpackungen")
    assert "Bayern" in result
    assert "keines der vier" in result.casefold()
    await firm.say("/find")
    await firm.press("Verpackung")
    assert "keines der vier" in (await firm.press("Bayern")).casefold()
