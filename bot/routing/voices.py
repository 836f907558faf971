"""Tells from the words of a sentence who is spoken of: the sender, or others."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.words import Word
from bot.routing.schema import Places

NEAR = 4
# Endings of compounds that are looked for: Wurstfabrik is a Fabrik.
LONG_ENDING = 6
# So many words may stand before the noun that a text opens with.
OPENING = 3


class Voices:
    """Knows the words for oneself, for firms and for other people."""

    def __init__(self, places: Places) -> None:
        self._relations, self._strangers = frozenset(places.relations), frozenset(places.strangers)
        self._related = tuple(word for word in places.relations if len(word) >= LONG_ENDING)
        self._firms = tuple(word for word in places.strangers if len(word) >= LONG_ENDING)
        self.own, self.possessive = frozenset(places.own), frozenset(places.possessive)
        self._being = tuple(f" {phrase} " for phrase in places.being)
        self._wishing = frozenset(places.wishing)
        self._skipped, self._before = frozenset(places.skipped), frozenset(places.before)

    def is_someone(self, word: str) -> bool:
        """Tell whether a word is for people or firms."""
        return self.is_relation(word) or self.is_firm(word)

    def is_relation(self, word: str) -> bool:
        """Tell whether a word is for those whom a firm deals with: customers, suppliers."""
        return word in self._relations or word.endswith(self._related)

    def is_firm(self, noun: str) -> bool:
        """Tell whether a word is for a firm or a place of work."""
        return noun in self._strangers or noun.endswith(self._firms)

    def opens(self, earlier: list[str], after: Sequence[Word]) -> bool:
        """ "Small oat mill near Aarhus, we would like" opens with the sender."""
        return len(earlier) <= OPENING and self.speaks(after[:1]) and not self.wishes(earlier)

    def speaks(self, words: Sequence[Word]) -> bool:
        """Tell whether the sender speaks of himself in these words."""
        return any(word.folded in self.own or word.folded in self.possessive for word in words)

    def owns(self, earlier: list[str]) -> bool:
        """Tell whether "our" or "we are a" stands before the noun that a place belongs to."""
        if len(earlier) <= 2 and earlier[:1] and earlier[0] in self.own:
            return True
        return any(word in self.possessive for word in earlier[-2:]) or self.introduces(earlier[-NEAR:])

    def governing(self, before: list[str]) -> tuple[str, list[str]]:
        """Return the noun that the place belongs to, and the words before it."""
        place = len(before) - 1
        while place >= 0 and (before[place] in self._skipped or before[place] in self._before):
            place -= 1
        return (before[place], before[:place]) if place >= 0 else ("", [])

    def is_own(self, before: list[str]) -> bool:
        """Somebody speaks of himself, and no wish stands between him and the place."""
        for place in range(len(before) - 1, -1, -1):
            word = before[place]
            if word in self.own or word in self.possessive:
                wished = before[place + 1 :] if word in self.own else before
                return not self.wishes(wished)
        return self.introduces(before) and not self.wishes(before)

    def introduces(self, before: list[str]) -> bool:
        """Tell whether "we are a" or the like stands among these words."""
        joined = f" {' '.join(before)} "
        return any(phrase in joined for phrase in self._being)

    def wishes(self, words: Sequence[str]) -> bool:
        """Tell whether a wish stands among these words: the place is then another's."""
        return any(word in self._wishing for word in words)
