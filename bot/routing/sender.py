"""Tells the sender's own place from the places of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.words import Word
from bot.routing.mentions import Mention
from bot.routing.schema import Places
from bot.routing.voices import NEAR, Voices

# How far back in a sentence the words lie that say whose place it is.
REACH = 12
SENTENCE_ENDS = ".!?;"
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

    def __init__(self, places: Places) -> None:
        self._voices = Voices(places)
        self._toward, self._skipped = frozenset(places.toward), frozenset(places.skipped)
        self._before = frozenset(places.before)
        self._arriving = tuple(f" {phrase}" for phrase in places.arriving)
        self._departing, self._supplying = frozenset(places.departing), frozenset(places.supplying)
        self._head_office = tuple(f" {phrase} " for phrase in places.head_office)
        self._joining, self._germany = frozenset(places.joining), frozenset(places.germany)

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
        return any(self._voices.is_someone(word.folded) for word in found[mention.last : mention.last + 3])

    def _comes_from(self, found: Sequence[Word], mention: Mention) -> bool:
        """Tell whether goods come from the place, or a supplier sits there."""
        first = mention.first
        while first > 0 and mention.first - first < NEAR and found[first].start - found[first - 1].end == 1:
            first -= 1
        before = {word.folded for word in found[first : mention.first]}
        speaks = not before.isdisjoint(self._voices.own | self._voices.possessive)
        around = set() if speaks else before | {word.folded for word in found[mention.last : mention.last + 1]}
        return not before.isdisjoint(self._supplying) or not around.isdisjoint(self._departing)

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
        noun, earlier = self._voices.governing(before)
        if noun in self._voices.own:
            return OWN
        if self._voices.is_relation(noun):
            return OTHERS if earlier or after else OWN
        if self._voices.is_firm(noun):
            opening = (len(earlier) <= 1 and not self._voices.speaks(after)) or self._voices.opens(earlier, after)
            return OWN if opening or self._voices.owns(earlier) else STRANGERS - (2 if mention.foreign else 0)
        if mention.kind == "country" and mention.foreign:
            return OWN if self._voices.owns([*earlier, noun]) and not self._voices.wishes(before) else 0
        return OWN if self._voices.is_own(before) else 0

    def _score_people(self, before: list[str], after: Sequence[Word]) -> int:
        """ "A Danish maker" or "we are a Dutch firm" is the sender, "a Japanese importer" is another."""
        if self._voices.introduces(before[-NEAR:]) and not self._voices.wishes(before):
            return OWN
        related = any(self._voices.is_relation(word.folded) for word in after)
        firm = any(self._voices.is_firm(word.folded) for word in after)
        return 1 if len(before) <= 1 and firm and not related else OTHERS

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
        for place in range(len(before) - 1, max(-1, len(before) - 4), -1):
            word = before[place]
            if word in self._toward:
                # "Close to" leads nowhere.
                return place == 0 or before[place - 1] not in self._before
            if word not in self._skipped:
                return False
        return False
