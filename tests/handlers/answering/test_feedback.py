"""Ratings, what reaches the editors, and what no other feature takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bot.app import Running
from storage import questions
from storage.models import Question

Begin = Callable[..., Any]


async def for_editors(bot: Running) -> Sequence[Question]:
    async with bot.services.database.read() as session:
        return await questions.for_editors(session)


async def test_an_unhelpful_answer_reaches_the_editors(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    await firm.say("Wo sitzt FPI?")
    assert await for_editors(bot) == []
    answer = await firm.person.press(firm.messages()[-1]["message_id"], "Nicht hilfreich")
    assert answer.text == "Danke. Die Redaktion sieht es sich an."
    await bot.inbox.idle()
    (question,) = await for_editors(bot)
    assert (question.text, question.language, question.answered_with) == ("Wo sitzt FPI?", "de", "seat")
    assert "Nicht hilfreich" not in firm.buttons()
    assert firm.buttons()


async def test_an_unanswered_question_reaches_the_editors_without_a_name(bot: Running, talk: Begin) -> None:
    firm = talk("en")
    await firm.say("What is the capital of Mongolia?")
    (question,) = await for_editors(bot)
    assert question.kind == "unknown"
    assert "Muster" not in repr(vars(question))
    assert str(firm.person.id) not in repr(vars(question))


async def test_where_only_a_person_can_help_the_offices_are_offered(talk: Begin) -> None:
    firm = talk("de")
    await firm.say("Ich möchte mit einem Menschen sprechen")
    assert firm.buttons() == ["Anfrage schreiben", "foodRegio", "NieKE", "FPI", "GIQS"]
    assert "0451" in await firm.press("foodRegio")


async def test_what_is_no_text_gets_an_answer_too(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    await firm.person.share_location(53.8, 10.6)
    assert "nur Text lesen" in await firm.answer()
    assert "/help" in await firm.say("/unbekannt")


async def test_privacy_is_told(talk: Begin) -> None:
    assert "180 Tage" in await talk("de").say("/privacy")
