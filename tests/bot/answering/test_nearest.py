from __future__ import annotations

import numpy as np

from bot.answering.keeping import Arrays
from bot.answering.nearest import EXACT, Nearest


def rows(count: int, seed: int = 1) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Vectors of length 1, some axes of which reach farther than others, as those of sentences do."""
    drawn = np.random.default_rng(seed).normal(size=(count, 512)) / np.sqrt(np.arange(1, 513))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def test_what_is_near_has_its_exact_cosine_and_the_rest_nearly() -> None:
    many = rows(3000)
    vector = many[7] + 0.3 * rows(1, seed=2)[0]
    vector /= np.linalg.norm(vector)
    found, exact = Nearest(many, lambda make: make()).cosines(vector), many @ vector
    assert found.argmax() == exact.argmax() == 7
    best = np.argsort(-exact)[:20]
    assert np.allclose(found[best], exact[best], atol=1e-5)
    assert np.abs(found - exact).mean() < 0.03


def test_a_few_rows_are_compared_in_full() -> None:
    def made(_: object) -> Arrays:
        raise AssertionError("no axes are needed")

    few = rows(EXACT)
    assert np.allclose(Nearest(few, made).cosines(few[3]), few @ few[3])
