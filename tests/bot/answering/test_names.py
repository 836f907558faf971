from __future__ import annotations

import pytest

from bot.answering import Answerer
from bot.answering.words import words


def named(answerer: Answerer, text: str) -> list[str]:
    return [mention.named.id for mention in answerer.knowledge.names.find(words(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wo sitzt LI-Food?", "nieke"),
        ("die Landesinitiative Ernährungswirtschaft", "nieke"),
        ("FPIs Adresse", "fpi"),
        ("Foodregoi telefon", "foodregio"),
        ("teh Food-Procesing Inititive", "fpi"),
        ("GIQS' office", "giqs"),
        ("gqis", "giqs"),
        ("Was ist go-cluser?", "go-cluster"),
        ("AQUACOMBIEN", "aquacombine"),
        ("Food Pro·tec·ts", "protects"),
        ("gehört foodactive dazu", "foodactive"),
    ],
)
def test_names_are_found_in_every_spelling(answerer: Answerer, text: str, expected: str) -> None:
    assert expected in named(answerer, text)


@pytest.mark.parametrize("text", ["Nike Schuhe", "ein gutes Netzwerk", "what a nice day", "FP 1"])
def test_ordinary_words_are_no_names(answerer: Answerer, text: str) -> None:
    clusters = {"foodregio", "nieke", "fpi", "giqs"}
    assert clusters.isdisjoint(named(answerer, text))


def test_a_name_after_a_denial_is_marked(answerer: Answerer) -> None:
    mentions = answerer.knowledge.names.find(words("die anderen, nicht foodRegio"))
    assert [(mention.named.id, mention.denied) for mention in mentions] == [("foodregio", True)]
