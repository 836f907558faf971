"""Finds towns by their names and by the adjectives of their names, and tells them from words and dishes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.answering.words import Word
from bot.routing.adjectives import bases
from bot.routing.mentions import Mention, capital, spans
from bot.routing.schema import Places
from bot.routing.setting import Setting
from bot.routing.towns import Town

# People of a town from whom on its name needs no preposition; needs only that where it is a word too; needs no capital.
KNOWN, WITH_WORD, WITHOUT_CAPITAL = 8_000, 15_000, 30_000
# Of a town whose name stands alone between commas or at the end.
APART = 3_000
FOREIGN_KNOWN = 150_000
ADJECTIVE_PEOPLE = 8_000


class TownNames:
    """Knows the towns, and which of their names are words too."""

    def __init__(
        self, places: Places, towns: Mapping[str, list[Town]], ordinary: Collection[str], setting: Setting
    ) -> None:
        """`ordinary` words name a town only where a place must stand."""
        self._towns, self._ordinary, self._setting = towns, ordinary, setting
        self._known = frozenset(places.known)
        self._dishes, self._dish_names = tuple(places.dishes), frozenset(places.dish_names)

    def find(self, text: Sequence[Word], regions: Collection[str]) -> Iterator[Mention]:
        """Return the towns of a text; of two towns of one name the one in `regions`."""
        for first, last, letters in spans(text):
            towns = self._towns.get(letters)
            town = towns and chosen(towns, regions)
            if town and (last - first > 1 or self._is_meant(text, first, letters, town)):
                yield Mention(town.region, first, last, "town")
            elif last - first == 1:
                yield from self._adjective(text, first, regions)

    def _is_meant(self, text: Sequence[Word], first: int, letters: str, town: Town) -> bool:
        after = self._setting.stands_after(text, first)
        large = capital(text[first])
        shouted = not any(capital(word) for word in text[1:])
        if letters in self._ordinary:
            least = WITH_WORD if large else WITHOUT_CAPITAL
            if first > 0 and text[first - 1].folded in self._setting.before and (large or shouted):
                return town.population >= least
            return large and letters in self._known and not shouted
        if "-" not in town.region:
            named = large and first > 0 and not shouted
            return town.population >= FOREIGN_KNOWN or ((named or after is not None) and (large or shouted))
        if after is not None:
            return large or shouted or town.population >= KNOWN
        least = APART if self._setting.is_set(text, first, first + 1) else KNOWN
        return town.population >= least and len(letters) >= 4

    def _adjective(self, text: Sequence[Word], place: int, regions: Collection[str]) -> Iterator[Mention]:
        """Hamburger, Bremer, Göttinger: a place where a noun follows and no dish is named."""
        if place + 1 == len(text):
            return
        word, following = text[place], text[place + 1]
        for base in bases(word.folded):
            towns = self._towns.get(base)
            if not towns or (base in self._ordinary and base not in self._known):
                continue
            town = chosen(towns, regions)
            if town.population >= ADJECTIVE_PEOPLE and self._is_no_dish(word, following):
                yield Mention(town.region, place, place + 1, "town")
                return

    def _is_no_dish(self, word: Word, following: Word) -> bool:
        if following.folded.endswith(self._dishes):
            return False
        if word.folded in self._dish_names:
            return capital(word) and capital(following)
        return capital(word)


def chosen(towns: Sequence[Town], regions: Collection[str]) -> Town:
    """Return the town in a Land that the text names, else the largest."""
    return next((town for town in towns if town.region in regions), towns[0])
