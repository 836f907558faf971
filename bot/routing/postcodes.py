"""German post codes, and how a text shows that five digits are one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.answering.words import Word
from bot.routing.schema import Places

# "Our postcode is", "zip code:".
NAME_BEFORE = 2
# Such a number is rather a quantity or a sum.
ROUND = "000"
DIGITS = 5
SHORTEST_ZONE = 2


class PostCodes:
    """The Länder by the first digits of the code; where zones overlap, the longest counts."""

    def __init__(self, places: Places) -> None:
        self._zones = places.zones
        self._before = frozenset((*places.before, *places.code_before))
        self._names, self._units = frozenset(places.code_names), frozenset(places.units)

    def find(self, text: Sequence[Word], place: int, towns: Collection[str]) -> tuple[str, int] | None:
        """Return the Land of the code at `place` and where its mention begins; None where the digits are no code."""
        code = text[place].folded
        if len(code) != DIGITS or not code.isdecimal() or self._is_quantity(text, place):
            return None
        first = self._named_from(text, place)
        if first is None and not self._is_code(text, place, towns):
            return None
        sizes = range(DIGITS, SHORTEST_ZONE - 1, -1)
        region = next((self._zones[code[:size]] for size in sizes if code[:size] in self._zones), None)
        return (region, place if first is None else first) if region else None

    def _is_quantity(self, text: Sequence[Word], place: int) -> bool:
        return place + 1 < len(text) and text[place + 1].folded in self._units

    def _named_from(self, text: Sequence[Word], place: int) -> int | None:
        """Return where "postcode", "our postcode is" or the like begins before the code."""
        near = range(place - 1, max(-1, place - 1 - NAME_BEFORE), -1)
        return next((before for before in near if text[before].folded in self._names), None)

    def _is_code(self, text: Sequence[Word], place: int, towns: Collection[str]) -> bool:
        after = text[place + 1] if place + 1 < len(text) else None
        if place == 0 or (after is not None and after.folded in towns):
            return True
        ends = after is None or after.start - text[place].end > 1
        before = text[place - 1]
        if before.folded in self._before:
            return ends or (after is not None and not after.written[0].isupper())
        return ends and text[place].start - before.end > 1 and not text[place].folded.endswith(ROUND)
