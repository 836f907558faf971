"""Recognises a name or a word with a slip in it."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST = 6
# A name of this many letters may be misspelt in two places, a shorter one in one.
LONG = 10

# A word of this many letters may have other vowels and doubled letters: "recepie", "quallity".
SHORTEST_SOUND = 6
VOWELS = frozenset("aeiouy")


def sound(letters: str) -> str:
    """Return a word's initial and its consonants, doubled ones once."""
    kept = letters[:1]
    for letter in letters[1:]:
        if letter not in VOWELS and letter != kept[-1]:
            kept += letter
    return kept


def sounds_alike(one: str, other: str) -> bool:
    """Tell whether two words differ only in vowels and doubled letters, in two places at most."""
    if min(len(one), len(other)) < SHORTEST_SOUND or sound(one) != sound(other):
        return False
    return OSA.distance(one, other, score_cutoff=2) <= 2


class Spelling:
    """Names that are long or known enough to be recognised, by their initial and length."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[tuple[str, int], list[str]] = {}
        self._sounds: dict[str, list[str]] = {}
        for name in names:
            self._sounds.setdefault(sound(name), []).append(name)
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

    def alike(self, letters: str) -> str | None:
        """Return the name that a word sounds like, or None; it dares more than `nearest`."""
        alike = (name for name in self._sounds.get(sound(letters), ()) if sounds_alike(letters, name))
        return min(alike, key=lambda name: OSA.distance(letters, name), default=None)
