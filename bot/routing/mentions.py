"""A place that a text names, and what all who look for places share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answering.words import Word

Kind = Literal["land", "town", "country", "people"]
LONGEST = 4


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


def spans(text: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
    """Return where names may begin and end, with their folded words, the longest first."""
    for length in range(min(LONGEST, len(text)), 0, -1):
        for first in range(len(text) - length + 1):
            yield first, first + length, " ".join(word.folded for word in text[first : first + length])


def capital(word: Word) -> bool:
    """Tell whether a word is written with a capital letter."""
    return word.written[0].isupper()
