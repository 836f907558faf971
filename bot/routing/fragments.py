"""Finds parts of a sentence that only say who writes: "sausage plant in Münster", "a dairy near Leipzig:"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.answering.words import Word
from bot.routing.schema import Rules

# So many words besides firm, place and function words may stand in such a part: "small potato processing plant in".
BESIDE = 2


class Fragments:
    """Knows what a firm may be called."""

    def __init__(self, rules: Rules, function: Collection[str]) -> None:
        self._firms = tuple(rules.firms)
        self._function = frozenset(function)
        # "Plant" is a verb of wishing in German, and a firm in English.
        self._needing = frozenset((*rules.wanted, *rules.following)) - frozenset(self._firms)

    def places(self, text: str, found: Sequence[Word], named: frozenset[int]) -> set[int]:
        """Return the numbers of the words in such parts; `named` are the words of places."""
        parts = [part for part in _parts(text, found) if self._is_firm(found, part, named)]
        return {place for part in parts for place in part}

    def _is_firm(self, found: Sequence[Word], part: Sequence[int], named: frozenset[int]) -> bool:
        if named.isdisjoint(part):
            return False
        words = [found[place].folded for place in part if place not in named]
        telling = [word for word in words if word not in self._function]
        firm = [word for word in telling if word.endswith(self._firms)]
        return bool(firm) and len(telling) - len(firm) <= BESIDE and self._needing.isdisjoint(words)


def _parts(text: str, found: Sequence[Word]) -> Iterator[list[int]]:
    """Cut a text at each sign between two words."""
    part: list[int] = []
    for place, word in enumerate(found):
        if part and text[found[place - 1].end : word.start].strip():
            yield part
            part = []
        part.append(place)
    if part:
        yield part
