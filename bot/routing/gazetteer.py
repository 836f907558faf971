"""Finds the places that a text names: Länder, landscapes, countries, towns and post codes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answering.words import Word, folded_words
from bot.routing.adjectives import bases, forms
from bot.routing.postcodes import PostCodes
from bot.routing.schema import Places
from bot.routing.spelling import Spelling
from bot.routing.towns import Town

Kind = Literal["land", "town", "country", "people"]
LONGEST = 4
# People of a town from whom on its name needs no preposition; needs only that where it is a word too; needs no capital.
KNOWN, WITH_WORD, WITHOUT_CAPITAL = 8_000, 15_000, 30_000
FOREIGN_KNOWN = 150_000
MISSPELT_PEOPLE = 10_000
ADJECTIVE_PEOPLE = 8_000


@dataclass(frozen=True)
class Mention:
    """A place in the words `first` up to `last` of a text; `region` is an ISO 3166 code."""

    region: str
    first: int
    last: int
    kind: Kind

    @property
    def foreign(self) -> bool:
        """Tell whether the place lies outside Germany."""
        return "-" not in self.region


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
        self._known, self._listed = frozenset(places.known), frozenset(places.ordinary)
        well_known = {name for name, found in towns.items() if found[0].population >= WITHOUT_CAPITAL}
        self._ordinary = self._listed | (frozenset(vocabulary) - well_known) | frozenset(function)
        self.before, self._skipped = frozenset(places.before), frozenset(places.skipped)
        self._spelt = (self._ordinary, towns, self._names, self.before, self._skipped)
        self._before_spelling = Spelling(self.before)
        self._dishes, self._dish_names = tuple(places.dishes), frozenset(places.dish_names)
        self._codes = PostCodes(places.zones, self.before, places.units)
        known = (name for name, found in towns.items() if found[0].population >= MISSPELT_PEOPLE)
        self._spelling = Spelling(name for name in (*known, *self._names) if name not in self._ordinary)

    def _add(self, region: str, phrases: Sequence[str], kind: Kind) -> None:
        for phrase in phrases:
            parts = folded_words(phrase)
            for letters in (" ".join(parts), "".join(parts)):
                self._names.setdefault(letters, (region, kind))

    def find(self, text: Sequence[Word]) -> list[Mention]:
        """Return the places in the order of the text; the longest wins, a Land before a town, exact before misspelt."""
        found: list[Mention] = []
        taken: set[int] = set()
        for look in (self._named, self._post_codes, self._town_names, self._misspelt):
            for mention in look(text, frozenset(m.region for m in found)):
                span = range(mention.first, mention.last)
                if taken.isdisjoint(span):
                    taken.update(span)
                    found.append(mention)
        return sorted(found, key=lambda mention: mention.first)

    def stands_after(self, text: Sequence[Word], first: int) -> str | None:
        """Return the preposition or the like that a place's name at `first` stands after."""
        place = first - 1
        while place >= max(0, first - 4):
            word = text[place].folded
            if word in self.before:
                return word
            if word not in self._skipped:
                return None
            place -= 1
        return None

    def _is_set(self, text: Sequence[Word], first: int, last: int) -> bool:
        """Tell whether a name stands after a word of place, or alone between commas or at the end."""
        if self.stands_after(text, first):
            return True
        apart = first > 0 and text[first].start - text[first - 1].end > 1
        ends = last == len(text) or text[last].start - text[last - 1].end > 1
        return apart and ends and (_capital(text[first]) or not any(_capital(word) for word in text))

    def _follows_slip(self, text: Sequence[Word], place: int) -> bool:
        """Tell whether a misspelt word of place, such as "Standrt", stands before."""
        return place > 0 and self._before_spelling.nearest(text[place - 1].folded) is not None

    def _spans(self, text: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        for length in range(min(LONGEST, len(text)), 0, -1):
            for first in range(len(text) - length + 1):
                yield first, first + length, " ".join(word.folded for word in text[first : first + length])

    def _named(self, text: Sequence[Word], _: Collection[str]) -> Iterator[Mention]:
        for first, last, letters in self._spans(text):
            found = self._listed_place(letters, text[first])
            if found is None or letters in self._dish_names:
                continue
            if letters in self._listed and not (_capital(text[first]) and self._is_set(text, first, last)):
                continue
            yield Mention(found[0], first, last, found[1])

    def _listed_place(self, letters: str, word: Word) -> tuple[str, Kind] | None:
        exact = self._names.get(letters)
        if exact is not None or " " in letters:
            return exact
        tried = (form for form in forms(letters) if form not in self._listed)
        derived = next((form for form in tried if form in self._names), None)
        adjective = letters.endswith("er") and not letters.endswith("ischer")
        return self._names[derived] if derived and (_capital(word) or not adjective) else None

    def _post_codes(self, text: Sequence[Word], _: Collection[str]) -> Iterator[Mention]:
        for place in range(len(text)):
            code = self._codes.find(text, place, self._towns)
            if code is not None:
                yield Mention(code[0], code[1], place + 1, "town")

    def _town_names(self, text: Sequence[Word], regions: Collection[str]) -> Iterator[Mention]:
        for first, last, letters in self._spans(text):
            towns = self._towns.get(letters)
            town = towns and _chosen(towns, regions)
            if town and (last - first > 1 or self._is_meant(text, first, letters, town)):
                yield Mention(town.region, first, last, "town")
            elif last - first == 1:
                yield from self._adjective(text, first, regions)

    def _is_meant(self, text: Sequence[Word], first: int, letters: str, town: Town) -> bool:
        after = self.stands_after(text, first)
        capital = _capital(text[first])
        shouted = not any(_capital(word) for word in text[1:])
        if letters in self._ordinary:
            least = WITH_WORD if capital else WITHOUT_CAPITAL
            if first > 0 and text[first - 1].folded in self.before and (capital or shouted):
                return town.population >= least
            return capital and letters in self._known and not shouted
        if "-" not in town.region:
            named = capital and first > 0 and not shouted
            return town.population >= FOREIGN_KNOWN or ((named or after is not None) and (capital or shouted))
        if after is not None:
            return capital or shouted or town.population >= KNOWN
        return town.population >= KNOWN and len(letters) >= 4

    def _adjective(self, text: Sequence[Word], place: int, regions: Collection[str]) -> Iterator[Mention]:
        """Hamburger, Bremer, Göttinger: a place where a noun follows and no dish is named."""
        if place + 1 == len(text):
            return
        word, following = text[place], text[place + 1]
        for base in bases(word.folded):
            towns = self._towns.get(base)
            if not towns or (base in self._ordinary and base not in self._known):
                continue
            town = _chosen(towns, regions)
            if town.population >= ADJECTIVE_PEOPLE and self._is_no_dish(word, following):
                yield Mention(town.region, place, place + 1, "town")
                return

    def _is_no_dish(self, word: Word, following: Word) -> bool:
        if following.folded.endswith(self._dishes):
            return False
        if word.folded in self._dish_names:
            return _capital(word) and _capital(following)
        return _capital(word)

    def _misspelt(self, text: Sequence[Word], regions: Collection[str]) -> Iterator[Mention]:
        for place, word in enumerate(text):
            letters = word.folded
            if any(
                letters in known for known in (self._ordinary, self._towns, self._names, self.before, self._skipped)
            ):
                continue
            meant = self._is_set(text, place, place + 1) or self._follows_slip(text, place)
            near = self._spelling.nearest(letters) if meant else None
            if near in self._names:
                region, kind = self._names[near]
                yield Mention(region, place, place + 1, kind)
            elif near is not None:
                yield Mention(_chosen(self._towns[near], regions).region, place, place + 1, "town")


def _chosen(towns: Sequence[Town], regions: Collection[str]) -> Town:
    """Return the town in a Land that the text names, else the largest."""
    return next((town for town in towns if town.region in regions), towns[0])


def _capital(word: Word) -> bool:
    return word.written[0].isupper()
