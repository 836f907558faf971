"""An encoder that keeps the vectors of the content's examples, so that a restart does not compute them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from bot.answering.encoder import Encoder, Vectors, load_encoder
from bot.answering.keeping import Arrays, Keeping

# A question is a few texts; only the content's examples are worth a file.
FEWEST = 100

CACHE = Path.home() / ".cache" / "german-food-clusters-bot"


def kept_encoder(folder: Path | None = CACHE) -> Encoder | None:
    """Return the encoder, keeping vectors in `folder` (None keeps nothing), or None where it is not installed."""
    encoder = load_encoder()
    return encoder if encoder is None or folder is None else KeptVectors(encoder, folder)


class KeptVectors:
    """An encoder that reads what it has encoded before from `folder`; a folder that cannot be used is ignored."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self.keeping = Keeping(folder)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        if len(texts) < FEWEST:
            return self._encoder.encode(texts)
        kept = self.keeping.kept("vectors", texts, lambda: {"rows": self._encoder.encode(texts)})
        return np.asarray(kept["rows"], dtype=np.float32)


def kept(encoder: Encoder | None, kind: str, origin: Iterable[str], make: Callable[[], Arrays]) -> Arrays:
    """Make arrays of `origin`, or take what is kept beside the encoder's vectors."""
    return encoder.keeping.kept(kind, origin, make) if isinstance(encoder, KeptVectors) else make()
