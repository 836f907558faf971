from __future__ import annotations

from itertools import product

import pytest

from bot.answering import Answerer, Context, render
from bot.answering.content import Content
from bot.answering.schema import LANGUAGES
from bot.names import CLUSTERS
from bot.texts import Texts


def test_every_entry_and_facet_has_a_button_that_fits(answerer: Answerer, content: Content) -> None:
    payloads = [f"e:{entry}" for entry in content.entries]
    payloads += [f"f:{facet}:{cluster}" for facet, cluster in product(content.facets, CLUSTERS)]
    assert max(len(payload.encode()) for payload in payloads) <= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_leads_to_a_message(answerer: Answerer, content: Content, texts: Texts, language: str) -> None:
    context = Context(language=language)
    payloads = [f"e:{entry}" for entry in content.entries]
    payloads += [f"f:{facet}:{cluster}" for facet, cluster in product(content.facets, CLUSTERS)]
    for payload in payloads:
        reply = answerer.reply_to_choice(payload, context)
        message = render(reply, texts)
        assert reply.language == language
        assert message, payload
        assert len(message) < 4096, payload
        assert "{cluster}" not in message


@pytest.mark.parametrize("payload", ["", "e:nothing", "f:seat:nobody", "f::", "x:y", "f:nothing:fpi"])
def test_an_old_button_is_no_error(answerer: Answerer, payload: str) -> None:
    assert answerer.reply_to_choice(payload, Context()).kind == "unknown"


def test_offered_questions_are_written_out(answerer: Answerer) -> None:
    reply = answerer.reply_to("Wo sitzt FPI?", Context())
    assert reply.related
    assert all("FPI" in option.text for option in reply.related)
