"""German post codes, and how a text shows that five digits are one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.answering.words import Word

NAMES = frozenset(("plz", "d", "postleitzahl", "postcode", "zip"))
DIGITS = 5
SHORTEST_ZONE = 2


class PostCodes:
    """The Länder by the first digits of the code; where zones overlap, the longest counts."""

    def __init__(self, zones: Mapping[str, str], before: Collection[str], units: Collection[str]) -> None:
        """`before` are prepositions of place, `units` make of a number a quantity."""
        self._zones = zones
        self._before = before
        self._units = frozenset(units)

    def region(self, text: Sequence[Word], place: int, towns: Collection[str]) -> str | None:
        """Return the Land of the code at `place`, or None where there is none or the digits are a quantity."""
        code = text[place].folded
        if len(code) != DIGITS or not code.isdecimal() or not self._is_code(text, place, towns):
            return None
        sizes = range(DIGITS, SHORTEST_ZONE - 1, -1)
        return next((self._zones[code[:size]] for size in sizes if code[:size] in self._zones), None)

    def _is_code(self, text: Sequence[Word], place: int, towns: Collection[str]) -> bool:
        after = text[place + 1] if place + 1 < len(text) else None
        if after is not None and after.folded in self._units:
            return False
        if place == 0 or text[place - 1].folded in NAMES or (after is not None and after.folded in towns):
            return True
        return text[place - 1].folded in self._before and (after is None or not after.written[0].isupper())
