"""Keeps arrays that take seconds to compute in a folder, each under a key of what they were computed from."""

from __future__ import annotations

import hashlib
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
UNUSED_SECONDS = 7 * 24 * 3600
# Contents that are started with in turn; what more there is of a kind belongs to contents that were edited since.
MOST_OF_A_KIND = 6


class Keeping:
    """A folder of arrays; one that cannot be used is ignored, and what is in it is computed anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def kept(self, kind: str, origin: Iterable[str], make: Callable[[], Arrays]) -> Arrays:
        """Return what was made of `origin` before, or make and keep it."""
        path = self._folder / f"{kind}-{key_of(origin)}.npz"
        arrays = _read(path)
        if arrays is None:
            arrays = make()
            self._write(path, arrays)
        return arrays

    def _write(self, path: Path, arrays: Arrays) -> None:
        """Write to a file of its own first, since two processes may start together."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{id(arrays):x}.npz")
            np.savez(part, allow_pickle=False, **arrays)
            part.replace(path)
            self._forget(path.name.partition("-")[0])
        except OSError:
            return

    def _forget(self, kind: str) -> None:
        """Drop what nobody has started with for a while, and the oldest of what there is too much of."""
        used = sorted(((file.stat().st_mtime, file) for file in self._folder.glob(f"{kind}-*.np[yz]")), reverse=True)
        for place, (when, file) in enumerate(used):
            if place >= MOST_OF_A_KIND or when < time.time() - UNUSED_SECONDS:
                file.unlink(missing_ok=True)


def key_of(origin: Iterable[str]) -> str:
    """Return the key of texts in their order."""
    return hashlib.sha256("\0".join(origin).encode()).hexdigest()[:24]


def code_of(*files: str) -> list[str]:
    """Return the source of modules (their `__file__`): what is kept belongs to the code that made it, too."""
    return [Path(file).read_text(encoding="utf-8") for file in files]


def _read(path: Path) -> Arrays | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None
    with suppress(OSError):
        path.touch()
    return arrays
