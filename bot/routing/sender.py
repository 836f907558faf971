"""Tells the sender's own place from the places of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.words import Word
from bot.routing.gazetteer import Gazetteer, Mention
from bot.routing.schema import Places

# How far back in a sentence the words lie that say whose place it is.
REACH = 12
NEAR = 4
# Endings of compounds that are looked for: Wurstfabrik is a Fabrik.
LONG_ENDING = 6
SENTENCE_ENDS = ".!?;"
# So many words may stand before the noun that a text opens with.
OPENING = 3
OFFICE_NEAR = 3
OWN, OTHERS, STRANGERS, AWAY = 2, -3, -1, -3
# A country alone is rather the market than the sender's; a German place may stand after "an institute near".
LEAST_AT_HOME, LEAST_ABROAD = -2, 1


@dataclass(frozen=True)
class Location:
    """Where the sender is, and which places abroad he names besides; ISO 3166 codes."""

    region: str | None
    abroad: tuple[str, ...] = ()
    german_market: bool = False


class Sender:
    """Reads the words around each place."""

    def __init__(self, places: Places, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._toward = frozenset(places.toward)
        self._relations, self._strangers = frozenset(places.relations), frozenset(places.strangers)
        self._related = tuple(word for word in places.relations if len(word) >= LONG_ENDING)
        self._firms = tuple(word for word in places.strangers if len(word) >= LONG_ENDING)
        self._own, self._possessive = frozenset(places.own), frozenset(places.possessive)
        self._arriving = tuple(f" {phrase}" for phrase in places.arriving)
        self._departing, self._supplying = frozenset(places.departing), frozenset(places.supplying)
        self._head_office = tuple(f" {phrase} " for phrase in places.head_office)
        self._wishing, self._joining = frozenset(places.wishing), frozenset(places.joining)

        self._being = tuple(f" {phrase} " for phrase in places.being)
        self._skipped = frozenset(places.skipped)
        self._germany = frozenset(places.germany)

    def locate(self, text: str, found: Sequence[Word], mentions: Sequence[Mention]) -> Location:
        """Return the sender's region and what lies abroad."""
        named = frozenset(place for mention in mentions for place in range(mention.first, mention.last))
        scored = [(self._score(text, found, mention, named), mention) for mention in mentions]
        eligible = [
            (score, -mention.first, mention)
            for score, mention in scored
            if score >= (LEAST_ABROAD if mention.foreign else LEAST_AT_HOME)
        ]
        own = max(eligible, key=lambda one: one[:2])[2] if eligible else None
        region = own.region if own else None
        abroad = tuple(
            dict.fromkeys(
                mention.region
                for mention in mentions
                if mention.foreign and mention.region != region and self._is_abroad(found, mention)
            )
        )
        german = any(word.folded in self._germany for word in found) or any(not m.foreign for m in mentions)
        return Location(region, abroad, bool(own and own.foreign and german))

    def _is_abroad(self, found: Sequence[Word], mention: Mention) -> bool:
        """An adjective counts only before people: a Greek yoghurt is no business with Greece."""
        if mention.kind != "people":
            return not self._comes_from(found, mention)
        return any(self._is_someone(word.folded) for word in found[mention.last : mention.last + 3])

    def _comes_from(self, found: Sequence[Word], mention: Mention) -> bool:
        """Tell whether goods come from the place, or a supplier sits there."""
        first = mention.first
        while first > 0 and mention.first - first < NEAR and found[first].start - found[first - 1].end == 1:
            first -= 1
        before = {word.folded for word in found[first : mention.first]}
        speaks = not before.isdisjoint(self._own | self._possessive)
        around = set() if speaks else before | {word.folded for word in found[mention.last : mention.last + 1]}
        return not before.isdisjoint(self._supplying) or not around.isdisjoint(self._departing)

    def _is_someone(self, word: str) -> bool:
        return word in self._relations or self._is_firm(word) or word.endswith(self._related)

    def _is_firm(self, noun: str) -> bool:
        return noun in self._strangers or noun.endswith(self._firms)

    def _score(self, text: str, found: Sequence[Word], mention: Mention, named: frozenset[int]) -> int:
        before = self._sentence_before(text, found, mention.first, named)
        if mention.kind == "people":
            return self._score_people(before, found[mention.last : mention.last + NEAR])
        score = 1 if mention.foreign and mention.kind == "town" else 0
        said = f" {' '.join(before)}"
        if said.endswith(self._arriving):
            return OWN + 1
        if self._leads_away(before):
            return score + AWAY
        if self._comes_from(found, mention):
            return OTHERS if mention.foreign else LEAST_AT_HOME
        near = f" {' '.join(before[-OFFICE_NEAR:])} "
        if any(office in near for office in self._head_office):
            return LEAST_AT_HOME
        return score + self._score_noun(before, found[mention.last :], mention)

    def _score_noun(self, before: list[str], after: Sequence[Word], mention: Mention) -> int:
        """Read the noun that a place belongs to: "our bakery in", "customers in", "a university near"."""
        noun, earlier = self._governing(before)
        if noun in self._own:
            return OWN
        if noun in self._relations or noun.endswith(self._related):
            return OTHERS if earlier or after else OWN
        if self._is_firm(noun):
            opening = (len(earlier) <= 1 and not self._speaks(after)) or self._opens(earlier, after)
            return OWN if opening or self._owns(earlier) else STRANGERS - (2 if mention.foreign else 0)
        if mention.kind == "country" and mention.foreign:
            return OWN if self._owns([*earlier, noun]) and not self._wishes(before) else 0
        return OWN if self._is_own(before) else 0

    def _score_people(self, before: list[str], after: Sequence[Word]) -> int:
        """ "A Danish maker" or "we are a Dutch firm" is the sender, "a Japanese importer" is another."""
        joined = f" {' '.join(before[-NEAR:])} "
        if any(phrase in joined for phrase in self._being) and not self._wishes(before):
            return OWN
        related = any(word.folded in self._relations for word in after)
        firm = any(self._is_firm(word.folded) for word in after)
        return 1 if len(before) <= 1 and firm and not related else OTHERS

    def _opens(self, earlier: list[str], after: Sequence[Word]) -> bool:
        """ "Small oat mill near Aarhus, we would like" opens with the sender."""
        return len(earlier) <= OPENING and self._speaks(after[:1]) and not self._wishes(earlier)

    def _speaks(self, words: Sequence[Word]) -> bool:
        return any(word.folded in self._own or word.folded in self._possessive for word in words)

    def _owns(self, earlier: list[str]) -> bool:
        """Tell whether "our" or "we are a" stands before the noun that a place belongs to."""
        if len(earlier) <= 2 and earlier[:1] and earlier[0] in self._own:
            return True
        joined = f" {' '.join(earlier[-NEAR:])} "
        return any(word in self._possessive for word in earlier[-2:]) or any(phrase in joined for phrase in self._being)

    def _sentence_before(self, text: str, found: Sequence[Word], first: int, named: frozenset[int]) -> list[str]:
        """Return the words before a place in its sentence, without other places that it is listed with."""
        start = first
        while start > 0 and first - start < REACH:
            gap = text[found[start - 1].end : found[start].start]
            if any(end in gap for end in SENTENCE_ENDS) or (start == first and "," in gap):
                break
            start -= 1
        return [
            found[place].folded
            for place in range(start, first)
            if place not in named and not (place - 1 in named and found[place].folded in self._joining)
        ]

    def _leads_away(self, before: list[str]) -> bool:
        for word in reversed(before[-3:]):
            if word in self._toward:
                return True
            if word not in self._skipped:
                return False
        return False

    def _governing(self, before: list[str]) -> tuple[str, list[str]]:
        """Return the noun that the place belongs to, and the words before it."""
        place = len(before) - 1
        while place >= 0 and (before[place] in self._skipped or before[place] in self._gazetteer.before):
            place -= 1
        return (before[place], before[:place]) if place >= 0 else ("", [])

    def _is_own(self, before: list[str]) -> bool:
        """Somebody speaks of himself, and no wish stands between him and the place."""
        for place in range(len(before) - 1, -1, -1):
            word = before[place]
            if word in self._own or word in self._possessive:
                wished = before[place + 1 :] if word in self._own else before
                return not self._wishes(wished)
        return any(phrase in f" {' '.join(before)} " for phrase in self._being) and not self._wishes(before)

    def _wishes(self, words: Sequence[str]) -> bool:
        return any(word in self._wishing for word in words)
