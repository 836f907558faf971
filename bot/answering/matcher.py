"""Ranks labels for a text: softmax over sentence vectors, best example, and character n-grams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.answering import ngrams, words
from bot.answering.encoder import Encoder, Vectors
from bot.answering.keeping import code_of
from bot.answering.nearest import Nearest
from bot.answering.softmax import FITTING, Softmax
from bot.answering.vectors import kept

# Weights measured on a bilingual set of questions and answers; see docs/answering.md.
LETTERS = 0.5
LETTERS_ALONE = 1.6
# One message is read several times, each time in the same few wordings.
REMEMBERED = 32
Row = NDArray[np.float32]


class Example(NamedTuple):
    """A text and the label that it is an example of."""

    label: str
    text: str


class Scores(NamedTuple):
    """Scores of all labels; 2.5 is the most with an encoder, 1.6 without."""

    labels: tuple[str, ...]
    total: Row
    chance: Row
    nearest: Row


class Rated(NamedTuple):
    """What one text says of each label."""

    letters: Row
    chance: Row
    nearest: Row


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
        origin = (*texts, *sorted(function_words), *code_of(ngrams.__file__, words.__file__))
        index = kept(encoder, "letters", origin, lambda: ngrams.indexed(texts, function_words))
        self._letters = ngrams.NGrams(index, function_words)
        self._encoder = encoder
        self._rated: dict[str, Rated] = {}
        if encoder is not None:
            self._vectors = encoder.encode(texts)
            self._nearest = Nearest(self._vectors, lambda make: kept(encoder, "axes", texts, make))
            origin = (*(f"{examples[row].label}: {examples[row].text}" for row in self._order), FITTING)
            self._softmax = Softmax(kept(encoder, "weights", origin, lambda: {"rows": self._fit(owners)})["rows"])

    def scores(self, *questions: Sequence[str]) -> list[Scores]:
        """Score the labels for each question, the mean of some readings of it; all are encoded at once."""
        rated = self.prepare(text for texts in questions for text in texts)
        return [self._scores([rated[text] for text in texts]) for texts in questions]

    def prepare(self, texts: Iterable[str]) -> Mapping[str, Rated]:
        """Rate some texts at once, so that `scores` has them at hand; many cost little more than one."""
        wanted = dict.fromkeys(texts)
        if len(self._rated) > REMEMBERED:
            self._rated = {text: rated for text, rated in self._rated.items() if text in wanted}
        new = [text for text in wanted if text not in self._rated]
        if new:
            self._rated.update(zip(new, self._rate(new), strict=True))
        return self._rated

    def _rate(self, texts: Sequence[str]) -> list[Rated]:
        letters = [self._best(self._letters.cosines(text)) for text in texts]
        if self._encoder is None:
            return [Rated(found, found, found) for found in letters]
        vectors = self._encoder.encode(texts)
        chances = self._softmax.probabilities(vectors)
        nearest = (self._best(self._nearest.cosines(vector)) for vector in vectors)
        return [Rated(*found) for found in zip(letters, chances, nearest, strict=True)]

    def _scores(self, readings: Sequence[Rated]) -> Scores:
        first, *others = readings
        letters, chance, nearest = (np.mean(rows, axis=0) for rows in zip(*readings, strict=True)) if others else first
        if self._encoder is None:
            return Scores(self.labels, LETTERS_ALONE * letters, letters, letters)
        return Scores(self.labels, chance + nearest + LETTERS * letters, chance, nearest)

    def _fit(self, owners: NDArray[np.intp]) -> Vectors:
        return Softmax.fit(self._vectors, owners[self._order], len(self.labels)).weights

    def _best(self, cosines: Row) -> Row:
        """Return the best example of each label."""
        return np.asarray(np.maximum.reduceat(cosines, self._starts), dtype=np.float32)
