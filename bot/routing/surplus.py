"""Leaves out words that point to a step by the way: where something happens, from whom it is bought."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.words import Word
from bot.routing.cues import FAIR, Hit
from bot.routing.schema import Rules

# So many words before a cue tell that it is only where something happens.
BEFORE = 2
# Endings of compounds that are looked for: Kartoffelverarbeitung is a Verarbeitung.
LONG = 6


class Surplus:
    """Knows the words that tell no need where another one is told."""

    def __init__(self, rules: Rules) -> None:
        self._buying, self._bought = tuple(rules.buying), frozenset(rules.bought)
        self._assets, self._sites = frozenset(rules.assets), tuple(one for one in rules.assets if len(one) >= LONG)
        self._within = tuple(f" {phrase}" for phrase in rules.within)
        self._likened = tuple(f" {phrase}" for phrase in rules.likened)
        self._abroad = frozenset(rules.abroad)
        self._heads, self._streams = frozenset(rules.heads), frozenset(rules.streams)

    def without(self, found: Sequence[Word], hits: Sequence[Hit], away: bool) -> Sequence[Hit]:
        """Return the hits that tell a need; `away` says that the text names a place abroad as others'."""
        kept = [hit for hit in hits if not self._before(found, hit).endswith(self._likened)]
        kept = [hit for hit in kept if not (self._is_size(found, hit) or self._is_left_over(found, hit))]
        if away:
            kept = [hit for hit in kept if _named(found, hit) not in self._abroad]
        return self._without_places(found, self._without_buying(found, kept))

    def _without_buying(self, found: Sequence[Word], hits: Sequence[Hit]) -> Sequence[Hit]:
        """A supplier of cups is no wish for ingredients."""
        if not any(hit.step in self._bought and hit.weight >= FAIR for hit in hits):
            return hits
        return [hit for hit in hits if hit.step != "ingredients" or not found[hit.first].folded.endswith(self._buying)]

    def _without_places(self, found: Sequence[Word], hits: Sequence[Hit]) -> Sequence[Hit]:
        """Solar panels on "our cold store" are no wish for storage."""
        places = [hit for hit in hits if self._is_place(found, hit)]
        others = [hit for hit in hits if hit not in places]
        steps = {hit.step for hit in places}
        return others if any(hit.step not in steps and hit.weight >= FAIR for hit in others) else hits

    def _is_place(self, found: Sequence[Word], hit: Hit) -> bool:
        named = _named(found, hit)
        return (named in self._assets or named.endswith(self._sites)) and self._before(found, hit).endswith(
            self._within
        )

    def _is_size(self, found: Sequence[Word], hit: Hit) -> bool:
        """With 80 employees: how large a firm is."""
        return found[hit.first].folded in self._heads and hit.first > 0 and found[hit.first - 1].folded.isdecimal()

    def _is_left_over(self, found: Sequence[Word], hit: Hit) -> bool:
        """Starch water is no wish for starch."""
        after = found[hit.last].folded if hit.last < len(found) else ""
        return hit.step == "ingredients" and after in self._streams

    def _before(self, found: Sequence[Word], hit: Hit) -> str:
        return " " + " ".join(word.folded for word in found[max(0, hit.first - BEFORE) : hit.first])


def _named(found: Sequence[Word], hit: Hit) -> str:
    return " ".join(word.folded for word in found[hit.first : hit.last])
