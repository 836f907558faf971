"""The text alternatives say all that the pictures show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import pictures
from bot.answering.content import Content
from bot.simulator.html import parse
from bot.texts import Texts

LANGUAGES = ("de", "en")
CAPTION = 1024


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_fit_a_caption(content: Content, texts: Texts, language: str) -> None:
    for tell in (pictures.seats_text, pictures.value_chain_text):
        told = tell(content, texts, language)
        assert "\n\n\n" not in told
        assert len(parse(told)[0].encode("utf-16-le")) // 2 <= CAPTION


@pytest.mark.parametrize("language", LANGUAGES)
def test_seats_are_told_with_renamings_and_dates(content: Content, texts: Texts, language: str) -> None:
    told = parse(pictures.seats_text(content, texts, language))[0]
    for cluster in content.clusters.values():
        fact = content.fact(f"{cluster.id}.seat.town")
        assert cluster.name in told
        assert fact.value[language] in told
        assert str(fact.data["city"]) in told
        assert fact.note is None or fact.note[language] in told
    assert {"de": "NieKE, heute LI Food", "en": "NieKE, today LI Food"}[language] in told
    assert {"de": "(Stand 2017)", "en": "(as of 2017)"}[language] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_names_its_clusters_main_focus_first(content: Content, texts: Texts, language: str) -> None:
    told = parse(pictures.value_chain_text(content, texts, language))[0]
    also = {"de": "auch ", "en": "also "}[language]
    for step in content.steps.values():
        line = next(line for line in told.splitlines() if line.startswith(f"{step.name[language]}: "))
        first, _, second = line.partition(also)
        for name, cluster in content.clusters.items():
            rank = step.clusters.get(cluster.id)
            assert (cluster.name in first, cluster.name in second) == (rank == "P", rank == "S")
            assert (f"{cluster.name}*" in line) == (name in step.dated)


def test_a_step_without_main_focus_begins_with_also(content: Content, texts: Texts) -> None:
    step = content.steps["packaging"].model_copy(update={"clusters": {"fpi": "S"}})
    other = replace(content, steps={**content.steps, "packaging": step})
    assert "\nPackaging: also FPI\n" in pictures.value_chain_text(other, texts, "en")
