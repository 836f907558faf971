"""Ranks labels for a text: softmax over sentence vectors, best example, and character n-grams."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.answering.encoder import Encoder, Vectors
from bot.answering.ngrams import NGrams
from bot.answering.softmax import FITTING, Softmax
from bot.answering.vectors import kept

# Weights measured on a bilingual set of questions and answers; see docs/answering.md.
LETTERS = 0.5
LETTERS_ALONE = 1.6


class Example(NamedTuple):
    """A text and the label that it is an example of."""

    label: str
    text: str


class Scores(NamedTuple):
    """Scores of all labels; 2.5 is the most with an encoder, 1.6 without."""

    labels: tuple[str, ...]
    total: NDArray[np.float32]
    chance: NDArray[np.float32]
    nearest: NDArray[np.float32]


class Matcher:
    """Fitted on examples; without an encoder the n-grams work alone."""

    def __init__(
        self,
        examples: Sequence[Example],
        function_words: Collection[str],
        encoder: Encoder | None,
    ) -> None:
        self.labels = tuple(dict.fromkeys(example.label for example in examples))
        numbers = {label: number for number, label in enumerate(self.labels)}
        owners = np.array([numbers[example.label] for example in examples], dtype=np.intp)
        self._order = np.argsort(owners, kind="stable")
        self._starts = np.searchsorted(owners[self._order], np.arange(len(self.labels)))
        texts = [examples[row].text for row in self._order]
        self._letters = NGrams(texts, function_words)
        self._encoder = encoder
        if encoder is not None:
            self._vectors = encoder.encode(texts)
            origin = (*(f"{examples[row].label}: {examples[row].text}" for row in self._order), FITTING)
            self._softmax = Softmax(kept(encoder, "weights", origin, len(self.labels), lambda: self._fit(owners)))

    def scores(self, *questions: Sequence[str]) -> list[Scores]:
        """Score the labels for each question, the mean of some readings of it; all are encoded at once."""
        encoder = self._encoder
        letters = [np.mean([self._best(self._letters.cosines(text)) for text in texts], axis=0) for texts in questions]
        if encoder is None:
            return [Scores(self.labels, LETTERS_ALONE * found, found, found) for found in letters]
        vectors = encoder.encode([text for texts in questions for text in texts])
        places = np.cumsum([len(texts) for texts in questions])[:-1]
        return [self._with_vectors(found, own) for found, own in zip(letters, np.split(vectors, places), strict=True)]

    def _fit(self, owners: NDArray[np.intp]) -> Vectors:
        return Softmax.fit(self._vectors, owners[self._order], len(self.labels)).weights

    def _with_vectors(self, letters: NDArray[np.float32], vectors: Vectors) -> Scores:
        chance = self._softmax.probabilities(vectors).mean(axis=0)
        cosines = vectors @ self._vectors.T
        nearest = np.maximum.reduceat(cosines, self._starts, axis=1).mean(axis=0)
        return Scores(self.labels, chance + nearest + LETTERS * letters, chance, nearest)

    def _best(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the best example of each label."""
        return np.asarray(np.maximum.reduceat(cosines, self._starts), dtype=np.float32)
