"""Finds what a text says by the way: "GIQS does quality, our boxes are fine, but we need storage" is about storage."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.answering.schema import Named
from bot.answering.words import Word, folded_words
from bot.routing.schema import Rules

SHORT = 4
# So many words make another thought.
LEAST_LEFT = 3
CLAUSE_END = re.compile(r"[.,;:!?–]")


class Asides:
    """Knows the names of clusters and other networks that are one word, and how one says that something is well."""

    def __init__(self, named: Sequence[Named], rules: Rules) -> None:
        names = [folded_words(name) for one in named if one.kind in {"cluster", "network"} for name in one.names]
        self._contrasting = frozenset(rules.contrasting)
        self._content = tuple(f" {phrase} " for phrase in rules.content)
        self._not_content, self._too = frozenset(rules.not_content), frozenset(rules.too)
        self._names = frozenset(name[0] for name in names if len(name) == 1)

    def places(self, text: str, found: Sequence[Word], telling: Collection[int]) -> set[int]:
        """Return the numbers of the words in such clauses.

        A cluster that is named is no aside where all words `telling` lie in its clauses; what is well is one where
        anything else is said at all.
        """
        aside, fine = set[int](), set[int]()
        well = False
        for clause in self._clauses(text, found):
            words = [found[place].folded for place in clause]
            well = self._is_well(words, after=well)
            if well:
                fine.update(clause)
            elif not self._names.isdisjoint(words):
                aside.update(clause)
        aside |= fine
        if any(place not in aside for place in telling):
            return aside
        return fine if len(found) - len(fine) >= LEAST_LEFT else set()

    def _is_well(self, words: Sequence[str], *, after: bool) -> bool:
        """Tell whether a clause says that something is well; `after` one that does, "the staff too" is enough."""
        if not self._not_content.isdisjoint(words):
            return False
        said = any(phrase in f" {' '.join(words)} " for phrase in self._content)
        return said or (after and len(words) <= SHORT and not self._too.isdisjoint(words))

    def _clauses(self, text: str, found: Sequence[Word]) -> list[list[int]]:
        clauses: list[list[int]] = [[]]
        for place, word in enumerate(found):
            gap = text[found[place - 1].end : word.start] if place else ""
            if CLAUSE_END.search(gap) or word.folded in self._contrasting:
                clauses.append([])
            clauses[-1].append(place)
        return clauses
