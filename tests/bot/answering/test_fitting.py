from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.answering import fitting
from bot.answering.content import Content
from bot.answering.encoder import Vectors
from bot.answering.fitting import FEWEST, FURTHEST, Held, bands_from, bands_of, held_out, level
from bot.answering.knowledge import Knowledge
from bot.answering.outcomes import LEXICAL, Bands
from bot.answering.vectors import KeptVectors


class Letters:
    """An encoder of no understanding: the letters of a text, counted."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([[text.lower().count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts])
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1), dtype=np.float32)


def held(sure_from: float, count: int = 1000) -> list[Held]:
    """Examples whose own answer is rather first from `sure_from` on, and among the options 0.2 earlier."""
    scores = [2 * (number + 0.5) / count for number in range(count)]
    chances = [int(hashlib.sha256(str(number).encode()).hexdigest()[:4], 16) / 65536 for number in range(count)]
    return [
        Held(score, score + chance - 0.5 > sure_from, score + chance - 0.5 > sure_from - 0.2)
        for score, chance in zip(scores, chances, strict=True)
    ]


def test_the_level_is_where_the_share_of_right_ones_is_the_aim() -> None:
    scores = [one.score for one in held(1.0)]
    right = [one.first for one in held(1.0)]
    half, most = level(scores, right, 0.5), level(scores, right, 0.8)
    assert half == pytest.approx(1.0, abs=0.05)
    assert half is not None
    assert most is not None
    assert most > half


def test_a_content_whose_examples_are_found_at_lower_scores_gets_lower_bands() -> None:
    low, high = bands_from(held(0.9)), bands_from(held(1.1))
    assert low.answer < high.answer
    assert low.clarify < low.answer
    assert high.clarify < high.answer


def test_a_content_moves_the_bands_only_so_far() -> None:
    assert bands_from(held(1.6)).answer == pytest.approx(Bands().answer + FURTHEST)
    assert bands_from(held(0.4)).answer == pytest.approx(Bands().answer - FURTHEST)


def test_scores_that_tell_nothing_leave_the_bands() -> None:
    turned = [Held(2 - one.score, one.first, one.among) for one in held(1.0)]
    assert bands_from(turned) == Bands()


def test_a_small_content_leaves_the_bands(content: Content) -> None:
    few = replace(content, entries=dict(list(content.entries.items())[:9]), facets={}, intents={})
    asked = list(held_out(Knowledge(few, Letters()), Letters()))
    assert 0 < len(asked) < FEWEST
    assert bands_from(asked) == Bands()


def test_what_is_held_out_is_not_among_the_examples(content: Content) -> None:
    parts = dict.fromkeys(fitting._parts(content))
    rest = fitting._rest(content)
    left = {
        (f"{kind}:{name}", phrase)
        for kind, records in (("entry", rest.entries), ("facet", rest.facets), ("intent", rest.intents))
        for name, record in records.items()
        for phrases in record.questions.values()
        for phrase in phrases
    }
    assert len(parts) > 1000
    assert left.isdisjoint(parts)


def test_bands_are_fitted_once_for_a_content_and_again_for_a_changed_one(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = [Bands(answer=0.9, clarify=0.6), Bands(answer=1.0, clarify=0.8)]
    fits: list[Knowledge] = []

    def fit(knowledge: Knowledge, _: object) -> Bands:
        fits.append(knowledge)
        return results[len(fits) - 1]

    monkeypatch.setattr(fitting, "fitted", fit)
    entry = next(iter(content.entries.values()))
    longer = entry.model_copy(update={"questions": {**entry.questions, "de": [*entry.questions["de"], "Noch eine?"]}})
    changed = replace(content, entries={**content.entries, entry.id: longer})
    encoder = KeptVectors(Letters(), tmp_path)
    knowledge = Knowledge(content, Letters())
    first, again = bands_of(knowledge, encoder), bands_of(knowledge, KeptVectors(Letters(), tmp_path))
    assert (first, again, len(fits)) == (results[0], results[0], 1)
    assert bands_of(Knowledge(changed, Letters()), encoder) == results[1]


def test_without_encoder_or_folder_the_bands_are_the_measured_ones(content: Content) -> None:
    knowledge = Knowledge(content, None)
    assert bands_of(knowledge, None) == LEXICAL
    assert bands_of(knowledge, Letters()) == Bands()
