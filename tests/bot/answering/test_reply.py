from __future__ import annotations

import json

from bot.answering import Context


def test_a_context_survives_storage() -> None:
    context = Context(entities=("nieke",), facet="seat", entry=None)
    assert Context.from_json(json.loads(json.dumps(context.to_json()))) == context


def test_an_empty_or_older_context_is_read() -> None:
    assert Context.from_json(None) == Context.from_json({}) == Context()
    assert Context.from_json({"entities": ["fpi"], "mood": "good"}).entities == ("fpi",)


def test_languages_are_kept_apart_from_the_memory() -> None:
    context = Context(entities=("fpi",)).spoken_by(language="de", language_code="en")
    assert (context.language, context.language_code, context.entities) == ("de", "en", ("fpi",))
    assert "language" not in context.to_json()
