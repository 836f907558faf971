"""Finds the words that point to a step of the value chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.answering.words import folded_words
from bot.names import StepId
from bot.routing.schema import Cues

STRONG, FAIR, WEAK = 1.0, 0.7, 0.4
NEUTRAL = ""
# The shortest pieces of a word that are looked up, so that "hof*" does not read "Hoffnung" by accident.
SHORTEST = 2
REMEMBERED = 20_000


class Hit(NamedTuple):
    """A cue found in the words `first` up to `last`, of which it covers the letters `start` up to `end`."""

    step: str
    weight: float
    first: int
    last: int
    start: int
    end: int


class Pattern(NamedTuple):
    """A cue of some words; the first may be an ending, the last a beginning."""

    words: tuple[str, ...]
    ending: bool
    beginning: bool
    step: str
    weight: float


class CueBook:
    """All cues, looked up by the words and parts of words of a text."""

    def __init__(self, cues: Mapping[StepId, Cues], neutral: Sequence[str]) -> None:
        # By whether a cue may stand at an end, at a beginning, anywhere in a word, or is a word.
        self._single: dict[tuple[bool, bool], dict[str, list[Pattern]]] = {
            (ending, beginning): {} for ending in (True, False) for beginning in (True, False)
        }
        self._phrases: dict[str, list[Pattern]] = {}
        for step, listed in cues.items():
            for weight, phrases in ((STRONG, listed.strong), (FAIR, listed.fair), (WEAK, listed.weak)):
                self._add(step, weight, phrases)
        self._add(NEUTRAL, 0.0, neutral)
        self.words = frozenset(
            word
            for listed in (*self._single.values(), self._phrases)
            for patterns in listed.values()
            for pattern in patterns
            for word in pattern.words
        )
        self._in_word = lru_cache(REMEMBERED)(self._found_in)

    def _add(self, step: str, weight: float, phrases: Sequence[str]) -> None:
        for phrase in phrases:
            words = tuple(folded_words(phrase))
            pattern = Pattern(words, phrase.startswith("*"), phrase.endswith("*"), step, weight)
            if len(words) == 1:
                self._single[pattern.ending, pattern.beginning].setdefault(words[0], []).append(pattern)
            elif words:
                self._phrases.setdefault(words[0], []).append(pattern)

    def find(self, text: Sequence[str]) -> list[Hit]:
        """Return the cues in folded words; one that lies within a longer one of another step is left out."""
        hits = [
            Hit(pattern.step, pattern.weight, place, place + 1, start, end)
            for place, word in enumerate(text)
            for pattern, start, end in self._in_word(word)
        ]
        hits += [hit for place, word in enumerate(text) for hit in self._from(text, word, place)]
        return [hit for hit in hits if hit.step != NEUTRAL and not any(_swallows(other, hit) for other in hits)]

    def _found_in(self, word: str) -> list[tuple[Pattern, int, int]]:
        """Return the cues of one word in a word, with the letters that they cover."""
        size = len(word)
        whole, ending, beginning, within = (
            self._single[key] for key in ((False, False), (True, False), (False, True), (True, True))
        )
        found = [(pattern, 0, size) for pattern in whole.get(word, ())]
        for cut in range(size - SHORTEST + 1):
            found += [(pattern, cut, size) for pattern in ending.get(word[cut:], ())]
            found += [(pattern, 0, size - cut) for pattern in beginning.get(word[: size - cut], ())]
        for letters, patterns in within.items():
            places = [start for start in range(size - len(letters) + 1) if word.startswith(letters, start)]
            found += [(pattern, start, start + len(letters)) for start in places for pattern in patterns]
        return found

    def _from(self, text: Sequence[str], word: str, place: int) -> Iterator[Hit]:
        for pattern in self._phrases.get(word, ()):
            last = place + len(pattern.words)
            if last <= len(text) and _fits(pattern, text[place:last]):
                yield Hit(pattern.step, pattern.weight, place, last, 0, len(text[last - 1]))


def _fits(pattern: Pattern, words: Sequence[str]) -> bool:
    *body, last = pattern.words
    return list(words[:-1]) == body and (words[-1] == last or (pattern.beginning and words[-1].startswith(last)))


def _swallows(other: Hit, hit: Hit) -> bool:
    """Tell whether a longer phrase covers `hit`, or a longer cue of another step in the same word."""
    if other.step == hit.step or other.first > hit.first or other.last < hit.last:
        return False
    if other.last - other.first > 1:
        longer = other.last - other.first > hit.last - hit.first
        return longer and (other.step == NEUTRAL or other.weight >= hit.weight)
    wider = other.start <= hit.start and other.end >= hit.end
    return wider and (other.step == NEUTRAL or other.end - other.start > hit.end - hit.start)
