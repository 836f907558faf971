"""Keeps arrays that take seconds to compute in a folder, each under a key of what it was computed from."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
UNUSED_SECONDS = 7 * 24 * 3600
KINDS = ("vectors", "weights", "bands")


class Keeping:
    """A folder of arrays; one that cannot be used is ignored, and what is in it is computed anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def kept(self, kind: str, origin: Iterable[str], rows: int, make: Callable[[], Array]) -> Array:
        """Return what was made of `origin` before, or make and keep it; `rows` is its length."""
        path = self._folder / f"{kind}-{key_of(origin)}.npy"
        array = _read(path, rows)
        if array is None:
            array = make()
            self._write(path, array)
        return array

    def _write(self, path: Path, array: Array) -> None:
        """Write to a file of its own first, since two processes may start together."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{id(array):x}.npy")
            np.save(part, array, allow_pickle=False)
            part.replace(path)
            self._forget_unused()
        except OSError:
            return

    def _forget_unused(self) -> None:
        """Drop what belongs to contents that nobody has started with for a while."""
        for kind in KINDS:
            for file in self._folder.glob(f"{kind}-*.npy"):
                if file.stat().st_mtime < time.time() - UNUSED_SECONDS:
                    file.unlink(missing_ok=True)


def key_of(origin: Iterable[str]) -> str:
    """Return the key of texts in their order."""
    return hashlib.sha256("\0".join(origin).encode()).hexdigest()[:24]


def _read(path: Path, rows: int) -> Array | None:
    try:
        array = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    with suppress(OSError):
        path.touch()
    return np.asarray(array, dtype=np.float32) if array.shape[:1] == (rows,) else None
