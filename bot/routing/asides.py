"""Finds what a text says of a cluster by the way: "GIQS does quality, but we need storage" is about storage."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.answering.schema import Named
from bot.answering.words import Word, folded_words

CLAUSE_END = re.compile(r"[.,;:!?–]")


class Asides:
    """Knows the names of clusters and other networks that are one word."""

    def __init__(self, named: Sequence[Named], contrasting: Collection[str]) -> None:
        """`contrasting` words begin another thought."""
        names = [folded_words(name) for one in named if one.kind in {"cluster", "network"} for name in one.names]
        self._contrasting = frozenset(contrasting)
        self._names = frozenset(name[0] for name in names if len(name) == 1)

    def places(self, text: str, found: Sequence[Word], telling: Collection[int]) -> set[int]:
        """Return the numbers of the words in clauses that name a cluster, unless all words `telling` lie in them."""
        aside: set[int] = set()
        for clause in self._clauses(text, found):
            if any(found[place].folded in self._names for place in clause):
                aside.update(clause)
        return aside if any(place not in aside for place in telling) else set()

    def _clauses(self, text: str, found: Sequence[Word]) -> list[list[int]]:
        clauses: list[list[int]] = [[]]
        for place, word in enumerate(found):
            gap = text[found[place - 1].end : word.start] if place else ""
            if CLAUSE_END.search(gap) or word.folded in self._contrasting:
                clauses.append([])
            clauses[-1].append(place)
        return clauses
