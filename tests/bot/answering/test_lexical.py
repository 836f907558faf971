from __future__ import annotations

import pytest

from bot.answering import Answerer, Context


@pytest.mark.parametrize(
    ("text", "facet", "entry"),
    [
        ("Wo sitzt GIQS?", "seat", None),
        ("What is the phone number of FPI?", "contact", None),
        ("Gibt es eine Broschüre der Plattform?", None, "platform-brochure"),
    ],
)
def test_letters_alone_answer_what_is_plainly_asked(
    lexical: Answerer, text: str, facet: str | None, entry: str | None
) -> None:
    reply = lexical.reply_to(text, Context())
    assert (reply.kind, reply.facet, reply.entry) == ("answer", facet, entry)


def test_letters_alone_do_not_answer_another_subject(lexical: Answerer) -> None:
    assert lexical.reply_to("Wie wird das Wetter morgen?", Context()).kind == "unknown"
