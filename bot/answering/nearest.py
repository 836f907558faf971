"""Finds how near a sentence vector lies to each of some thousand others, exactly where it matters.

To read all vectors takes longer than to encode a question. The axes along which the vectors differ most tell who comes
near; those are then compared in full. What lies far keeps a cosine that is right to about 0.02.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from bot.answering.encoder import Vectors
from bot.answering.keeping import Arrays

AXES = 128
# So many of the nearest are compared in full.
EXACT = 384


class Nearest:
    """Over the rows of an array; `kept` makes the axes or has them from before."""

    def __init__(self, rows: Vectors, kept: Callable[[Callable[[], Arrays]], Arrays]) -> None:
        self._rows = rows
        self._axes: Vectors | None = None
        if len(rows) > 2 * EXACT and rows.shape[1] > 2 * AXES:
            self._axes = kept(lambda: {"rows": _axes(rows)})["rows"]
            self._along = np.ascontiguousarray(rows @ self._axes)

    def cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosine of a vector of length 1 with each row."""
        if self._axes is None:
            return np.asarray(self._rows @ vector, dtype=np.float32)
        found = self._along @ (vector @ self._axes)
        near = np.argpartition(found, -EXACT)[-EXACT:]
        found[near] = self._rows[near] @ vector
        return np.asarray(found, dtype=np.float32)


def _axes(rows: Vectors) -> Vectors:
    """Return the directions in which the rows reach farthest, one a column."""
    _, directions = np.linalg.eigh(rows.T @ rows)
    return np.ascontiguousarray(directions[:, : -AXES - 1 : -1], dtype=np.float32)
