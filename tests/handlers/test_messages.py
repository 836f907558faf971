"""Every message renders in every language, and Telegram takes it: templates, facts and entries."""

from __future__ import annotations

from typing import Any

import pytest

from bot import answering
from bot.answering import Answerer
from bot.pages import length, split
from bot.simulator import Limits, Simulator
from bot.texts import Texts

LABELS = ("labels.html", "demo.html", "playground.html", "pictures.html", "finding/labels.html")
PIECES = ("answers/", "pictures/", "routing/")  # rendered with real replies below, and by their own tests
VALUES: dict[str, list[dict[str, object]]] = {
    "clusters.html": [{"clusters": [{"name": "A & B", "today": "C", "long_name": {"de": "ä", "en": "<a>"}}]}],
    "errors/owner.html": [{"error": "KeyError", "reference": "1F"}],
    "errors/unexpected.html": [{"reference": "1F"}, {"reference": ""}],
    "finding/cancelled.html": [{}],
    "finding/region.html": [{"step": {"name": {"de": "a", "en": "b"}, "definition": {"de": "ä", "en": "c & d"}}}],
    "finding/steps.html": [{}],
    "help.html": [{}],
    "language.html": [{}],
    "language_chosen.html": [{"follows": True}, {"follows": False}],
    "only_text.html": [{}],
    "privacy.html": [{}],
    "repeated.html": [{}],
    "start.html": [{}],
    "unknown_command.html": [{}],
}
LANGUAGES = ("en", "de")


def test_every_template_is_tried_here(texts: Texts) -> None:
    names = {name for name in texts.names() if name not in LABELS and not name.startswith(PIECES)}
    assert names == VALUES.keys()


@pytest.fixture
def telegram() -> Simulator:
    simulator = Simulator(limits=Limits.off())
    simulator.add_person("Muster", person_id=7)
    return simulator


async def check_taken(telegram: Simulator, message: str) -> None:
    await telegram.person(7).unblock()
    for part in split(message):
        answer = await telegram.call("sendMessage", {"chat_id": 7, "text": part, "parse_mode": "HTML"})
        assert answer.status == 200, (answer.body, part)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_templates_are_taken(language: str, texts: Texts, telegram: Simulator) -> None:
    await telegram.person(7).start()
    for name, samples in VALUES.items():
        for values in samples:
            await check_taken(telegram, texts.render(name, language, **values))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_facts_and_entries_are_taken(
    language: str, texts: Texts, telegram: Simulator, answerer: Answerer
) -> None:
    await telegram.person(7).start()
    content = answerer.knowledge.content
    payloads = [f"e:{entry}" for entry in content.entries]
    payloads += [f"f:{facet}:{cluster}" for facet in content.facets for cluster in content.clusters]
    context = answering.Context(language=language)
    for payload in payloads:
        reply = answerer.reply_to_choice(payload, context)
        assert len(f"ask:{payload}".encode()) <= 64
        assert reply.language == language
        await check_taken(telegram, answering.render(reply, texts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_short_enough_to_be_read(language: str, texts: Texts, answerer: Answerer) -> None:
    context = answering.Context(language=language)
    for entry in answerer.knowledge.content.entries:
        message = answering.render(answerer.reply_to_choice(f"e:{entry}", context), texts)
        assert length(message) <= 2000, entry


def test_no_two_handlers_claim_one_command(bot: Any) -> None:
    handlers = [handler for group in bot.application.handlers.values() for handler in group]
    commands = [command for handler in handlers for command in getattr(handler, "commands", ())]
    assert len(commands) == len(set(commands))
    assert set(commands) == {"start", "find", "help", "clusters", "language", "privacy"}
