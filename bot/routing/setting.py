"""Tells from the words around it whether a place is meant."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.words import Word
from bot.routing.mentions import capital
from bot.routing.schema import Places
from bot.routing.spelling import Spelling

# So many words lie between a preposition and its place: "in the beautiful town of".
REACH = 4


class Setting:
    """Knows the words that stand before places."""

    def __init__(self, places: Places) -> None:
        self.before, self.skipped = frozenset(places.before), frozenset(places.skipped)
        self._slips = Spelling(self.before)

    def stands_after(self, text: Sequence[Word], first: int) -> str | None:
        """Return the preposition or the like that a place's name at `first` stands after."""
        place = first - 1
        while place >= max(0, first - REACH):
            word = text[place].folded
            if word in self.before:
                return word
            if word not in self.skipped:
                return None
            place -= 1
        return None

    def is_set(self, text: Sequence[Word], first: int, last: int) -> bool:
        """Tell whether a name stands after a word of place, or alone between commas or at the end."""
        if self.stands_after(text, first):
            return True
        apart = first > 0 and text[first].start - text[first - 1].end > 1
        ends = last == len(text) or text[last].start - text[last - 1].end > 1
        return apart and ends and (capital(text[first]) or not any(capital(word) for word in text))

    def follows_slip(self, text: Sequence[Word], place: int) -> bool:
        """Tell whether a misspelt word of place, such as "Standrt", stands before."""
        return place > 0 and self._slips.nearest(text[place - 1].folded) is not None
