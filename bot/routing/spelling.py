"""Recognises the name of a place with a slip in it."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST = 6
# A name of this many letters may be misspelt in two places, a shorter one in one.
LONG = 10


class Spelling:
    """Names that are long or known enough to be recognised, by their initial and length."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[tuple[str, int], list[str]] = {}
        for name in names:
            if len(name) >= SHORTEST - 1:
                self._names.setdefault((name[0], len(name)), []).append(name)

    def nearest(self, letters: str) -> str | None:
        """Return the name that a misspelt one is, or None."""
        if len(letters) < SHORTEST:
            return None
        allowed = 2 if len(letters) >= LONG else 1
        lengths = range(len(letters) - allowed, len(letters) + allowed + 1)
        candidates = [name for length in lengths for name in self._names.get((letters[0], length), ())]
        distances = ((OSA.distance(letters, name, score_cutoff=allowed), name) for name in candidates)
        distance, name = min(distances, default=(allowed + 1, ""))
        return name if distance <= allowed else None
