"""Finds the places that a text names: Länder, landscapes, countries, towns and post codes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.answering.words import Word, folded_words
from bot.routing.adjectives import forms
from bot.routing.mentions import Kind, Mention, capital, spans
from bot.routing.postcodes import PostCodes
from bot.routing.schema import Places
from bot.routing.setting import Setting
from bot.routing.spelling import Spelling
from bot.routing.town_names import WITHOUT_CAPITAL, TownNames, chosen
from bot.routing.towns import Town

MISSPELT_PEOPLE = 10_000


class Gazetteer:
    """All places by their folded words."""

    def __init__(
        self,
        places: Places,
        regions: Mapping[str, Sequence[str]],
        towns: Mapping[str, list[Town]],
        vocabulary: Collection[str],
        function: Collection[str],
    ) -> None:
        """`regions` are the words of each Land; `vocabulary` names a town only where a place must stand."""
        self._towns = towns
        self._names: dict[str, tuple[str, Kind]] = {}
        for names in (regions, places.landscapes):
            for region, phrases in names.items():
                self._add(region, phrases, "land" if "-" in region else "town")
        for region, country in places.countries.items():
            self._add(region, country.names, "country")
            self._add(region, country.people, "people")
        self._listed, self._dish_names = frozenset(places.ordinary), frozenset(places.dish_names)
        well_known = {name for name, found in towns.items() if found[0].population >= WITHOUT_CAPITAL}
        ordinary = self._listed | (frozenset(vocabulary) - well_known) | frozenset(function)
        self.setting = Setting(places)
        self._town_names = TownNames(places, towns, ordinary, self.setting)
        self._codes = PostCodes(places)
        self._spelt = (ordinary, towns, self._names, self.setting.before, self.setting.skipped)
        known = (name for name, found in towns.items() if found[0].population >= MISSPELT_PEOPLE)
        self._spelling = Spelling(name for name in (*known, *self._names) if name not in ordinary)

    def _add(self, region: str, phrases: Sequence[str], kind: Kind) -> None:
        for phrase in phrases:
            parts = folded_words(phrase)
            for letters in (" ".join(parts), "".join(parts)):
                self._names.setdefault(letters, (region, kind))

    def find(self, text: Sequence[Word]) -> list[Mention]:
        """Return the places in the order of the text; the longest wins, a Land before a town, exact before misspelt."""
        found: list[Mention] = []
        taken: set[int] = set()
        for look in (self._named, self._post_codes, self._town_names.find, self._misspelt):
            for mention in look(text, frozenset(m.region for m in found)):
                span = range(mention.first, mention.last)
                if taken.isdisjoint(span):
                    taken.update(span)
                    found.append(mention)
        return sorted(found, key=lambda mention: mention.first)

    def _named(self, text: Sequence[Word], _: Collection[str]) -> Iterator[Mention]:
        for first, last, letters in spans(text):
            found = self._listed_place(letters, text[first])
            if found is None or letters in self._dish_names:
                continue
            if letters in self._listed and not (capital(text[first]) and self.setting.is_set(text, first, last)):
                continue
            yield Mention(found[0], first, last, found[1])

    def _listed_place(self, letters: str, word: Word) -> tuple[str, Kind] | None:
        exact = self._names.get(letters)
        if exact is not None or " " in letters:
            return exact
        tried = (form for form in forms(letters) if form not in self._listed)
        derived = next((form for form in tried if form in self._names), None)
        adjective = letters.endswith("er") and not letters.endswith("ischer")
        return self._names[derived] if derived and (capital(word) or not adjective) else None

    def _post_codes(self, text: Sequence[Word], _: Collection[str]) -> Iterator[Mention]:
        for place in range(len(text)):
            code = self._codes.find(text, place, self._towns)
            if code is not None:
                yield Mention(code[0], code[1], place + 1, "town")

    def _misspelt(self, text: Sequence[Word], regions: Collection[str]) -> Iterator[Mention]:
        for place, word in enumerate(text):
            letters = word.folded
            if any(letters in known for known in self._spelt):
                continue
            meant = self.setting.is_set(text, place, place + 1) or self.setting.follows_slip(text, place)
            near = self._spelling.nearest(letters) if meant else None
            if near in self._names:
                region, kind = self._names[near]
                yield Mention(region, place, place + 1, kind)
            elif near is not None:
                yield Mention(chosen(self._towns[near], regions).region, place, place + 1, "town")
