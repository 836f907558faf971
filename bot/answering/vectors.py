"""Keeps the vectors of the content's examples on disk, so that a restart does not compute them again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from bot.answering.encoder import Encoder, Vectors, load_encoder

# A question is a few texts; only the content's examples are worth a file.
FEWEST = 100
UNUSED_SECONDS = 7 * 24 * 3600

CACHE = Path.home() / ".cache" / "german-food-clusters-bot"


def kept_encoder(folder: Path | None = CACHE) -> Encoder | None:
    """Return the encoder, keeping vectors in `folder` (None keeps nothing), or None where it is not installed."""
    encoder = load_encoder()
    return encoder if encoder is None or folder is None else KeptVectors(encoder, folder)


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
        """Write to a file of its own first, since two processes may start together."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{id(vectors):x}.npy")
            np.save(part, vectors, allow_pickle=False)
            part.replace(path)
            self._forget_unused()
        except OSError:
            return

    def _forget_unused(self) -> None:
        """Drop the vectors of contents that nobody has started with for a while."""
        for file in self._folder.glob("vectors-*.npy"):
            if file.stat().st_mtime < time.time() - UNUSED_SECONDS:
                file.unlink(missing_ok=True)


def _read(path: Path, rows: int) -> Vectors | None:
    try:
        vectors = np.load(path, allow_pickle=False)
    except (OSError, ValueError):
        return None
    with suppress(OSError):
        path.touch()
    return np.asarray(vectors, dtype=np.float32) if vectors.shape[:1] == (rows,) else None
