"""Keeps the vectors of the content's examples on disk, so that a restart does not compute them again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.answering.encoder import Encoder, Vectors

# A question is a few texts; only the content's examples are worth a file.
FEWEST = 100


class KeptVectors:
    """An encoder that reads what it has encoded before from `folder`; a folder that cannot be used is ignored."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._folder = folder

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        if len(texts) < FEWEST:
            return self._encoder.encode(texts)
        key = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
        path = self._folder / f"vectors-{key}.npy"
        kept = _read(path, len(texts))
        if kept is None:
            kept = self._encoder.encode(texts)
            self._write(path, kept)
        return kept

    def _write(self, path: Path, vectors: Vectors) -> None:
        """Write to a file of its own first, since two processes may start together; older vectors go."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{id(vectors):x}.npy")
            np.save(part, vectors, allow_pickle=False)
            part.replace(path)
            for older in self._folder.glob("vectors-*.npy"):
                if older != path:
                    older.unlink(missing_ok=True)
        except OSError:
            return


def _read(path: Path, rows: int) -> Vectors | None:
    try:
        vectors = np.load(path, allow_pickle=False)
    except (OSError, ValueError):
        return None
    return np.asarray(vectors, dtype=np.float32) if vectors.shape[:1] == (rows,) else None
