"""Finds the words that tell a firm's own trade, which is not its need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answering.words import folded_words
from bot.routing.schema import Rules

ENDINGS = ("", "e", "en", "n", "er", "s", "es", "in", "innen")
# So many words may stand between "we are a" and the trade, and between the trade and "seeks".
BEFORE, AFTER = 3, 2
SHORTEST_COMPOUND = 6


class Trades:
    """Knows the trades, and how a text introduces its own."""

    def __init__(self, rules: Rules) -> None:
        self._trades = [tuple(folded_words(trade)) for trade in rules.trades]
        self._single = {trade[0] + ending for trade in self._trades if len(trade) == 1 for ending in ENDINGS}
        self._compound = tuple(word for word in self._single if len(word) >= SHORTEST_COMPOUND)
        self._introducing = tuple(f" {phrase} " for phrase in rules.introducing)
        self._following = frozenset(rules.following)
        self._custom = tuple(f" {phrase} " for phrase in rules.custom)

    def places(self, text: Sequence[str]) -> set[int]:
        """Return the numbers of the words that tell the sender's trade."""
        if any(phrase in f" {' '.join(text)} " for phrase in self._custom):
            return set()
        return {
            place
            for first, last in self._spans(text)
            if self._is_introduced(text, first) or self._is_subject(text, first, last)
            for place in range(first, last)
        }

    def _spans(self, text: Sequence[str]) -> Iterator[tuple[int, int]]:
        for place, word in enumerate(text):
            if word in self._single or word.endswith(self._compound):
                yield place, place + 1
            for trade in self._trades:
                if len(trade) > 1 and tuple(text[place : place + len(trade)]) == trade:
                    yield place, place + len(trade)

    def _is_introduced(self, text: Sequence[str], first: int) -> bool:
        before = f" {' '.join(text[max(0, first - BEFORE - 2) : first])} "
        return any(
            phrase in before and len(before.rsplit(phrase, 1)[1].split()) <= BEFORE for phrase in self._introducing
        )

    def _is_subject(self, text: Sequence[str], first: int, last: int) -> bool:
        return first <= 1 and any(word in self._following for word in text[last : last + AFTER])
