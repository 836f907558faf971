from __future__ import annotations

import pytest

from bot.answering import Answerer


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wo sitzt foodRegio?", "de"),
        ("Where is foodRegio?", "en"),
        ("was kostet das", "de"),
        ("Kann mein start-up ins Lab, was sind die requirements?", "de"),
        ("How much money gab das Land?", "en"),
        ("telefonnummer", "de"),
        ("phone number", "en"),
    ],
)
def test_the_build_of_a_sentence_tells_its_language(answerer: Answerer, text: str, language: str) -> None:
    assert answerer.knowledge.speech.detect(text) == language


def test_a_name_alone_has_no_language(answerer: Answerer) -> None:
    assert answerer.knowledge.speech.detect("FPI") is None


@pytest.mark.parametrize(
    "text",
    [
        "Waar is het kantoor van foodRegio?",
        "Gdzie jest siedziba FPI?",
        "foodRegio nerede ve ne yapıyor?",
        "Où se trouve le siège de NieKE ?",
        "Где находится GIQS?",
        "أين يقع foodRegio",
    ],
)
def test_other_languages_are_recognised(answerer: Answerer, text: str) -> None:
    assert answerer.knowledge.speech.is_foreign(text)


@pytest.mark.parametrize("text", ["Wo is des Büro?", "Does GIQS do Tierwohl?", "FPI", "Servas, wos mocht foodRegio?"])
def test_dialect_and_mixture_are_not_foreign(answerer: Answerer, text: str) -> None:
    assert not answerer.knowledge.speech.is_foreign(text)


def test_a_name_with_a_hyphen_is_of_no_language(answerer: Answerer) -> None:
    assert answerer.knowledge.speech.detect("go-cluster Laufzeit") == "de"
