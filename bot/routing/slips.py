"""Reads words that are misspelt as the words that point to a step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.answering.repair import Repair
from bot.answering.words import Word
from bot.routing.cues import CueBook, Hit
from bot.routing.spelling import Spelling, sounds_alike

# A word of this many letters may be repaired in 2 places or in 1.
SLIPS = ((10, 2), (6, 1))
REMEMBERED = 20_000


class Slips:
    """Knows how words are spelt."""

    def __init__(self, cues: CueBook, known: Iterable[str], described: Iterable[str]) -> None:
        """`known` words are spelt right; slips are traced back to the cues and the `described` words."""
        self._cues = cues
        self._repair = Repair((*known, *cues.words))
        self._spelling = Spelling({*described, *cues.words})
        self._spelt = lru_cache(REMEMBERED)(self._guessed)

    def repaired(self, text: str, found: Sequence[Word]) -> str:
        """Return a text with its misspelt words put right."""
        return self._repair.text(text, list(found))

    def hits(self, found: Sequence[Word], repaired: Sequence[Word]) -> list[Hit]:
        """Return the cues in a text as written; where a word has none, in its repaired spelling."""
        hits = self._cues.find([word.folded for word in found])
        if len(found) != len(repaired):
            return hits
        spelt = [self._spelt(word.folded) for word in repaired]
        trusted = [_is_slip(before.folded, after) for before, after in zip(found, spelt, strict=True)]
        known = {hit.first for hit in hits}
        again = self._cues.find(spelt) if any(trusted) else []
        return hits + [hit for hit in again if hit.first not in known and any(trusted[hit.first : hit.last])]

    def _guessed(self, word: str) -> str:
        """Return what a long word that is still unknown may be with two slips in it."""
        return word if word in self._repair else self._spelling.nearest(word) or self._spelling.alike(word) or word


def _is_slip(before: str, after: str) -> bool:
    """Tell whether a repaired word is surely the same: in short words another letter is another word."""
    allowed = next((slips for length, slips in SLIPS if len(before) >= length), 0)
    if before == after or before[:1] != after[:1]:
        return False
    return OSA.distance(before, after, score_cutoff=allowed) <= allowed or sounds_alike(before, after)
