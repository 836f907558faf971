"""Finds the fact or the answer that speaks of what a question asks, by its rare words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Prefix

# Inflected forms and compounds share a beginning of at least this many letters.
STEM = 5
# Compounds that share so much are about the same thing.
LONG_STEM = 8


class Passage(NamedTuple):
    """A document found: the share of the question's weight that it covers, and how rare its rarest word is."""

    id: str
    cover: float
    rarest: int
    held: frozenset[str]


class Passages:
    """An index of documents by their words; a document may have texts in several languages."""

    def __init__(self, documents: Iterable[tuple[str, Collection[str]]], common: Collection[str] = ()) -> None:
        """`documents` are pairs of an id and the folded words of a text; compounds of `common` words are unrelated."""
        self._common = tuple(word for word in common if len(word) >= LONG_STEM)
        self._documents: list[str] = []
        self._places: defaultdict[str, set[int]] = defaultdict(set)
        self._stems: defaultdict[str, set[str]] = defaultdict(set)
        for name, found in documents:
            for word in set(found):
                self._places[word].add(len(self._documents))
                self._stems[word[:STEM]].add(word)
            self._documents.append(name)

    def __contains__(self, word: str) -> bool:
        return bool(self._holding(word))

    def find(self, asked: Sequence[str]) -> list[Passage]:
        """Return the documents that hold some of the `asked` words, the one that holds most of the weight first."""
        holders = {word: self._holding(word) for word in dict.fromkeys(asked)}
        size = len(self._documents) + 1
        weights = {word: math.log(size / (1 + len(found))) for word, found in holders.items()}
        total = max(sum(weights.values()), 1e-9)
        held: defaultdict[str, set[str]] = defaultdict(set)
        for word, found in holders.items():
            for place in found:
                held[self._documents[place]].add(word)
        passages = [
            Passage(
                name,
                sum(weights[word] for word in words) / total,
                min(len(holders[word]) for word in words),
                frozenset(words),
            )
            for name, words in held.items()
        ]
        return sorted(passages, key=lambda passage: -passage.cover)

    def weights(self, asked: Sequence[str]) -> dict[str, float]:
        """Return the share of each asked word; a word that nobody holds weighs most."""
        size = len(self._documents) + 1
        weights = {word: math.log(size / (1 + len(self._holding(word)))) for word in dict.fromkeys(asked)}
        total = max(sum(weights.values()), 1e-9)
        return {word: weight / total for word, weight in weights.items()}

    def _holding(self, word: str) -> set[int]:
        # "Applies" and "apply" share too few letters to be told as forms of one word.
        singular = self._places.get(f"{word[:-3]}y", set()) if word.endswith("ies") else set()
        if singular or word in self._places or len(word) < STEM:
            return self._places.get(word, set()) | singular
        found: set[int] = set()
        for other in self._stems.get(word[:STEM], ()):
            if self._related(word, other):
                found |= self._places[other]
        return found

    def _related(self, word: str, other: str) -> bool:
        """Inflections share all but a short ending, compounds their first part."""
        shared = Prefix.similarity(word, other)
        if shared >= max(STEM, min(len(word), len(other)) - 2) and abs(len(word) - len(other)) <= 4:
            return True
        return shared >= LONG_STEM and not word.startswith(self._common)
