"""Finds the words that tell a firm's own trade, which is not its need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answering.words import Word, folded_words
from bot.routing.schema import Rules

ENDINGS = ("", "e", "en", "n", "er", "s", "es", "in", "innen")
# So many words may stand between "we are a" and the trade, and between the trade and "seeks".
BEFORE, AFTER = 3, 3
SHORTEST_COMPOUND = 6


class Trades:
    """Knows the trades, and how a text introduces its own."""

    def __init__(self, rules: Rules) -> None:
        trades = [tuple(folded_words(trade)) for trade in rules.trades]
        self._single = {trade[0] + ending for trade in trades if len(trade) == 1 for ending in ENDINGS}
        self._compound = frozenset(word for word in self._single if len(word) >= SHORTEST_COMPOUND)
        self._several: dict[str, list[tuple[str, ...]]] = {}
        for trade in trades:
            if len(trade) > 1:
                self._several.setdefault(trade[0], []).append(trade)
        self._introducing = tuple(f" {phrase} " for phrase in rules.introducing)
        self._following = frozenset(rules.following)
        self._wanted = frozenset(rules.wanted)
        self._closing = self._following | frozenset(rules.closing)
        self._making = tuple(f" {phrase}" for phrase in rules.making)
        self._makers = tuple(rules.makers)
        self._custom = tuple(f" {phrase} " for phrase in rules.custom)

    def places(self, found: Sequence[Word]) -> set[int]:
        """Return the numbers of the words that tell the sender's trade."""
        text = [word.folded for word in found]
        if any(phrase in f" {' '.join(text)} " for phrase in self._custom):
            return set()
        told = (
            (first, self._attributes_end(found, last))
            for first, last in self._spans(text)
            if self._is_introduced(text, first) or self._is_subject(text, first, last)
        )
        spans = (*told, *self._made(found), *self._makers_of(text))
        return {place for first, last in spans for place in range(first, last)}

    def _made(self, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """What follows "we make" up to the end of the clause."""
        before = ""
        for place, word in enumerate(found):
            before += f" {word.folded}"
            if before.endswith(self._making):
                yield place, self._clause_end(found, place + 1)

    def _attributes_end(self, found: Sequence[Word], last: int) -> int:
        """A haulier from Hamm with cool trucks: what belongs to the trade, up to the verb of the wish."""
        for place in range(last, len(found)):
            if found[place].folded in self._closing:
                return place
            if found[place].start - found[place - 1].end > 1:
                break
        return last

    def _clause_end(self, found: Sequence[Word], first: int) -> int:
        for place in range(first, len(found)):
            if found[place].start - found[place - 1].end > 1 or found[place].folded in self._closing:
                return place
        return len(found)

    def _makers_of(self, text: Sequence[str]) -> Iterator[tuple[int, int]]:
        """A packaging film maker: the words between "we are a" and the maker."""
        for place, word in enumerate(text):
            if not word.endswith(self._makers):
                continue
            for first in range(max(0, place - BEFORE), place + 1):
                if f" {' '.join(text[:first])} ".endswith(self._introducing):
                    yield first, place + 1
                    break

    def _spans(self, text: Sequence[str]) -> Iterator[tuple[int, int]]:
        for place, word in enumerate(text):
            if word in self._single or self._ends_as_trade(word):
                yield place, place + 1
            for trade in self._several.get(word, ()):
                if tuple(text[place : place + len(trade)]) == trade:
                    yield place, place + len(trade)

    def _ends_as_trade(self, word: str) -> bool:
        return any(word[start:] in self._compound for start in range(len(word) - SHORTEST_COMPOUND + 1))

    def _is_introduced(self, text: Sequence[str], first: int) -> bool:
        before = f" {' '.join(text[max(0, first - BEFORE - 2) : first])} "
        return any(
            phrase in before and len(before.rsplit(phrase, 1)[1].split()) <= BEFORE for phrase in self._introducing
        )

    def _is_subject(self, text: Sequence[str], first: int, last: int) -> bool:
        after = text[last : last + AFTER]
        return first <= 1 and self._wanted.isdisjoint(after) and any(word in self._following for word in after)
