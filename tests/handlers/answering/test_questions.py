"""Ask, press, follow up, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Begin = Callable[..., Any]


async def test_the_seat_of_nieke_is_told_with_its_renaming_date_and_source(talk: Begin) -> None:
    firm = talk("de")
    answer = await firm.say("Wo sitzt NieKE und wer macht das heute?")
    assert "Vechta" in answer
    assert "Quakenbrück" in answer
    assert "LI Food" in answer
    assert "2019" in answer
    assert "Quelle" in answer


async def test_a_follow_up_in_english_is_answered_in_english(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("Wo sitzt NieKE?")
    answer = await firm.say("and how do I reach FPI?")
    assert "98640" in answer
    assert "Source" in answer


async def test_a_follow_up_without_a_name_means_the_last_cluster(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("Wo sitzt foodRegio?")
    assert "0451" in await firm.say("und die Telefonnummer?")


async def test_one_word_asks_back_with_a_button_for_each_cluster(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("Kontakt")
    assert len(firm.buttons()) >= 4
    assert "98640" in await firm.press(next(label for label in firm.buttons() if "FPI" in label))


async def test_what_is_not_known_is_said(talk: Begin) -> None:
    firm = talk("en")
    answer = await firm.say("What will the weather be like tomorrow?")
    assert "not my subject" in answer


async def test_start_greets_as_a_machine_and_offers_questions(talk: Begin) -> None:
    firm = talk("de")
    assert "automatische Assistent" in await firm.say("/start")
    assert "Quelle" in await firm.press(firm.buttons()[0])


async def test_a_chosen_language_wins_until_it_is_given_up(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("/language")
    assert await firm.press("English") == "From now on I answer in English."
    assert "Source" in await firm.say("Wo sitzt FPI?")
    await firm.say("/language")
    await firm.press("Follow the language I write in")
    assert "Quelle" in await firm.say("Wo sitzt FPI?")
