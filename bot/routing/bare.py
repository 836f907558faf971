"""Reads a text that says where somebody is and nothing else: the answer to "Where is your firm?"."""

from __future__ import annotations

from bot.answering.words import clean, words
from bot.routing.gazetteer import Gazetteer
from bot.routing.schema import Places

LONGEST = 8
# A small town is read where a preposition stands before it; here a place is what is expected.
EXPECTED = "in "


class BarePlace:
    """Knows the words that may stand beside the place."""

    def __init__(self, places: Places, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        phrases = (*places.before, *places.skipped, *places.own, *places.possessive, *places.being, *places.strangers)
        self._beside = frozenset(word for phrase in (*phrases, *places.germany) for word in phrase.split())

    def region(self, text: str) -> str | None:
        """Return the ISO 3166 code of the place; None where there is none, or something else besides."""
        cleaned = clean(text).strip(" .!?")
        return self._read(cleaned) or self._read(EXPECTED + cleaned)

    def _read(self, text: str) -> str | None:
        found = words(text)
        mentions = self._gazetteer.find(found) if len(found) <= LONGEST else []
        named = {place for mention in mentions for place in range(mention.first, mention.last)}
        beside = (word.folded for place, word in enumerate(found) if place not in named)
        if not mentions or any(word not in self._beside for word in beside):
            return None
        return mentions[0].region
