"""TF-IDF over character n-grams: finds compounds, inflected and misspelt words without a dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.answering.keeping import Arrays
from bot.answering.words import folded_words

SIZES = (3, 4, 5)
REMEMBERED = 50_000


def indexed(texts: Sequence[str], function_words: Collection[str]) -> Arrays:
    """Return the index of texts by the 3- to 5-letter pieces of their content words, as arrays that can be kept.

    `rows` are the texts that hold each of the `pieces`, `values` its weight there; `ends` tell where a piece's end.
    """
    counts = [_pieces(text, function_words) for text in texts]
    spread = Counter(piece for count in counts for piece in count)
    numbers = {piece: number for number, piece in enumerate(spread)}
    weights = np.log((1 + len(texts)) / (1 + np.array(list(spread.values()), dtype=np.float64))) + 1
    sizes = np.array([len(count) for count in counts])
    held = np.array([numbers[piece] for count in counts for piece in count], dtype=np.int64)
    values = weights[held] * (1 + np.log([many for count in counts for many in count.values()]))
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
    lengths = np.sqrt(np.bincount(owners, values * values, minlength=len(texts)))
    order = np.argsort(held, kind="stable")
    return {
        "pieces": np.array(list(spread)),
        "weights": weights,
        "ends": np.cumsum(np.bincount(held, minlength=len(spread))),
        "rows": owners[order],
        "values": (values / np.maximum(lengths, 1e-9)[owners])[order].astype(np.float32),
        "size": np.array(len(texts)),
    }


class NGrams:
    """An index as `indexed` makes it."""

    def __init__(self, index: Arrays, function_words: Collection[str]) -> None:
        self._function_words = function_words
        self._size = int(index["size"])
        self._rare = float(np.log(1 + self._size) + 1)
        pieces = index["pieces"].tolist()
        self._weight = dict(zip(pieces, index["weights"].tolist(), strict=True))
        ends = index["ends"].tolist()
        self._spans = dict(zip(pieces, zip([0, *ends[:-1]], ends, strict=True), strict=True))
        self._rows, self._values = index["rows"], index["values"]

    def cosines(self, text: str) -> NDArray[np.float32]:
        """Return the cosine of `text` with each indexed text."""
        scaled = self._scaled(_pieces(text, self._function_words))
        found = [(*self._spans[piece], value) for piece, value in scaled.items() if piece in self._spans]
        if not found:
            return np.zeros(self._size, dtype=np.float32)
        rows = np.concatenate([self._rows[first:last] for first, last, _ in found])
        values = np.concatenate([self._values[first:last] * value for first, last, value in found])
        return np.bincount(rows, values, minlength=self._size).astype(np.float32)

    def _scaled(self, count: Counter[str]) -> dict[str, float]:
        weighted = {
            piece: (1 + float(np.log(many))) * self._weight.get(piece, self._rare)
            if many > 1
            else self._weight.get(piece, self._rare)
            for piece, many in count.items()
        }
        length = sum(value * value for value in weighted.values()) ** 0.5
        return {piece: value / length for piece, value in weighted.items()} if length else {}


def _pieces(text: str, function_words: Collection[str]) -> Counter[str]:
    found = folded_words(text)
    content = [word for word in found if word not in function_words]
    return Counter(chain.from_iterable(map(_pieces_of, content or found)))


@lru_cache(REMEMBERED)
def _pieces_of(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    return tuple(padded[start : start + size] for size in SIZES for start in range(len(padded) - size + 1))
