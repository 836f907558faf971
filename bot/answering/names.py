"""Finds what a text names: clusters, the platform, projects, places and other networks, also when misspelt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.answering.schema import Named
from bot.answering.words import Word, folded_words

LONGEST_NAME = 6
# A name of this many letters or more may be misspelt in 1, 2 or 3 places.
TOLERANCES = ((14, 3), (8, 2), (5, 1))

# Letters that are taken for each other.
LOOKALIKES = {"g": "q", "q": "g", "i": "l", "l": "i"}


class Mention(NamedTuple):
    """A name found in the words `first` up to `last` of a text; `denied` after words such as "not"."""

    named: Named
    first: int
    last: int
    denied: bool = False


class Names:
    """All names, looked up by their letters without spaces and hyphens."""

    def __init__(self, named: Sequence[Named], common: Collection[str], negating: Collection[str]) -> None:
        """`common` words are never taken for a misspelt name."""
        self._exact: dict[str, Named] = {}
        self._common = common
        self._negating = negating
        for one in named:
            for name in one.names:
                self._exact.setdefault("".join(folded_words(name)), one)
        self._by_initial: dict[str, list[str]] = {}
        for name in self._exact:
            if len(name) >= TOLERANCES[-1][0]:
                self._by_initial.setdefault(name[0], []).append(name)

    def find(self, text: Sequence[Word]) -> list[Mention]:
        """Return the names in the order of the text; the longest wins, an exact one before a misspelt one."""
        found: list[Mention] = []
        taken: set[int] = set()
        for tolerant in (False, True):
            for first, last, named in self._spans(text, tolerant):
                span = range(first, last)
                if taken.isdisjoint(span):
                    taken.update(span)
                    found.append(Mention(named, first, last, self._is_denied(text, first)))
        return sorted(found, key=lambda mention: mention.first)

    def _spans(self, text: Sequence[Word], tolerant: bool) -> list[tuple[int, int, Named]]:
        spans = []
        for length in range(min(LONGEST_NAME, len(text)), 0, -1):
            for first in range(len(text) - length + 1):
                words = text[first : first + length]
                named = self._misspelt(words) if tolerant else self._spelt("".join(word.folded for word in words))
                if named is not None:
                    spans.append((first, first + length, named))
        return spans

    def _spelt(self, letters: str) -> Named | None:
        return self._exact.get(letters) or (self._exact.get(letters[:-1]) if letters.endswith("s") else None)

    def _misspelt(self, words: Sequence[Word]) -> Named | None:
        if all(word.folded in self._common or word.folded.isdigit() for word in words):
            return None
        letters = "".join(word.folded for word in words)
        if len(letters) == 4:
            return self._swapped(letters)
        if len(words) > 1 and any(word.folded in self._common and len(word.folded) > 2 for word in words):
            return None
        allowed = next((slips for length, slips in TOLERANCES if len(letters) >= length), 0)
        if not allowed:
            return None
        best = min(
            (
                (OSA.distance(letters, name, score_cutoff=allowed), name)
                for name in self._by_initial.get(letters[0], ())
                if abs(len(name) - len(letters)) <= allowed
            ),
            default=(allowed + 1, ""),
        )
        return self._exact[best[1]] if best[0] <= allowed else None

    def _swapped(self, letters: str) -> Named | None:
        """A name of four letters is recognised when two neighbours changed places, or a letter looks like another."""
        for place in range(3):
            swapped = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
            if swapped in self._exact and swapped != letters:
                return self._exact[swapped]
        return next((self._exact[name] for name in _alike(letters) if name in self._exact), None)

    def _is_denied(self, text: Sequence[Word], first: int) -> bool:
        before = [word.folded for word in text[max(0, first - 3) : first]]
        return any(word in self._negating for word in before) or " ".join(before[-2:]) in self._negating


def _alike(letters: str) -> list[str]:
    """Return the letters with one replaced by what it is taken for."""
    pairs = ((place, one) for place, letter in enumerate(letters) for one in LOOKALIKES.get(letter, ""))
    return [letters[:place] + one + letters[place + 1 :] for place, one in pairs]
