"""TF-IDF over character n-grams: finds compounds, inflected and misspelt words without a dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.answering.words import folded_words

SIZES = (3, 4, 5)


class NGrams:
    """An index of texts by the 3- to 5-letter pieces of their content words."""

    def __init__(self, texts: Sequence[str], function_words: Collection[str]) -> None:
        self._function_words = function_words
        counts = [self._pieces(text) for text in texts]
        spread = Counter(piece for count in counts for piece in count)
        self._weight = {piece: float(np.log((1 + len(texts)) / (1 + many)) + 1) for piece, many in spread.items()}
        self._rare = float(np.log(1 + len(texts)) + 1)
        rows: dict[str, list[tuple[int, float]]] = {}
        for row, count in enumerate(counts):
            for piece, value in self._scaled(count).items():
                rows.setdefault(piece, []).append((row, value))
        self._rows = {
            piece: (np.array([row for row, _ in found]), np.array([value for _, value in found], dtype=np.float32))
            for piece, found in rows.items()
        }
        self._size = len(texts)

    def cosines(self, text: str) -> NDArray[np.float32]:
        """Return the cosine of `text` with each indexed text."""
        found = [
            (self._rows[piece], value)
            for piece, value in self._scaled(self._pieces(text)).items()
            if piece in self._rows
        ]
        if not found:
            return np.zeros(self._size, dtype=np.float32)
        rows = np.concatenate([rows for (rows, _), _ in found])
        values = np.concatenate([values * value for (_, values), value in found])
        return np.bincount(rows, values, minlength=self._size).astype(np.float32)

    def _pieces(self, text: str) -> Counter[str]:
        content = [word for word in folded_words(text) if word not in self._function_words]
        padded = [f" {word} " for word in content or folded_words(text)]
        return Counter(
            word[start : start + size] for word in padded for size in SIZES for start in range(len(word) - size + 1)
        )

    def _scaled(self, count: Counter[str]) -> dict[str, float]:
        weighted = {
            piece: (1 + float(np.log(many))) * self._weight.get(piece, self._rare)
            if many > 1
            else self._weight.get(piece, self._rare)
            for piece, many in count.items()
        }
        length = sum(value * value for value in weighted.values()) ** 0.5
        return {piece: value / length for piece, value in weighted.items()} if length else {}
