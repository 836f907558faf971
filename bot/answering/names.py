"""Finds what a text names: clusters, the platform, projects, places and other networks, also when misspelt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.answering.schema import Named
from bot.answering.words import Word, folded_words

LONGEST_NAME = 6
# Words that are looked up again and again.
REMEMBERED = 20_000
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
        # What a name begins with: words that begin none need not be looked up together.
        self._beginnings = frozenset(name[:size] for name in self._exact for size in range(1, len(name) + 1))
        self._near = lru_cache(REMEMBERED)(self._nearest)
        self._by_initial: dict[str, list[str]] = {}
        for name in self._exact:
            if len(name) >= TOLERANCES[-1][0]:
                self._by_initial.setdefault(name[0], []).append(name)

    def find(self, text: Sequence[Word]) -> list[Mention]:
        """Return the names in the order of the text; the longest wins, an exact one before a misspelt one."""
        found: list[Mention] = []
        taken: set[int] = set()
        for spans in (self._exact_spans(text), self._misspelt_spans(text)):
            for first, last, named in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
                span = range(first, last)
                if taken.isdisjoint(span):
                    taken.update(span)
                    found.append(Mention(named, first, last, self._is_denied(text, first)))
        return sorted(found, key=lambda mention: mention.first)

    def _exact_spans(self, text: Sequence[Word]) -> Iterator[tuple[int, int, Named]]:
        for first in range(len(text)):
            letters = ""
            for last in range(first, min(first + LONGEST_NAME, len(text))):
                letters += text[last].folded
                named = self._spelt(letters)
                if named is not None:
                    yield first, last + 1, named
                if letters not in self._beginnings:
                    break

    def _spelt(self, letters: str) -> Named | None:
        return self._exact.get(letters) or (self._exact.get(letters[:-1]) if letters.endswith("s") else None)

    def _misspelt_spans(self, text: Sequence[Word]) -> Iterator[tuple[int, int, Named]]:
        """A word of the content is none of a misspelt name of several words, unless it is a short one."""
        common = [word.folded in self._common for word in text]
        strange = [not (known or word.folded.isdigit()) for known, word in zip(common, text, strict=True)]
        for first in range(len(text)):
            letters, any_strange = "", False
            for last in range(first, min(first + LONGEST_NAME, len(text))):
                if last > first and any(common[at] and len(text[at].folded) > 2 for at in (first, last)):
                    break
                letters += text[last].folded
                any_strange = any_strange or strange[last]
                named = self._near(letters) if any_strange else None
                if named is not None:
                    yield first, last + 1, named

    def _nearest(self, letters: str) -> Named | None:
        """Return the name that letters which spell none are a slip of."""
        if len(letters) == 4:
            return self._swapped(letters)
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
