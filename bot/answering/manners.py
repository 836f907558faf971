"""Takes greetings, polite frames and asides off a question, so that what is asked stands alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.answering.words import Word, folded_words, words

# What is left must still be a question.
FEWEST_WORDS = 2
ByFirstWord = dict[str, list[tuple[str, ...]]]
# So near before "whether" stands the word of telling that it depends on.
BEFORE = 4


class Manners:
    """Knows the polite openings of the languages, and the words that polite frames are made of."""

    def __init__(
        self,
        phrases: Iterable[str],
        frames: Iterable[tuple[Collection[str], Collection[str]]] = (),
        asides: Iterable[str] = (),
        whether: Iterable[str] = (),
    ) -> None:
        """`frames` are words of a language that frames consist of, and those of telling, one of which each holds."""
        self._openings = _by_first_word(phrases)
        self._asides = _by_first_word(asides)
        self._whether = frozenset(whether)
        self._frames = [(frozenset((*framing, *telling)), frozenset(telling)) for framing, telling in frames]

    def bare(self, text: str) -> str:
        """Return the text without its openings, frames and asides, however many there are."""
        text = self._without_asides(text)
        found = words(text)
        folded = [word.folded for word in found]
        first = 0
        while True:
            length = self._opening(folded[first:])
            if not length or len(folded) - first - length < FEWEST_WORDS:
                return text[found[first].start :] if first else text
            first += length

    def asked(self, text: str) -> str:
        """Return the indirect question of "we are a bakery and not sure whether ...", or the text if it has none."""
        found = words(text)
        folded = [word.folded for word in found]
        for place in range(1, len(folded) - FEWEST_WORDS):
            before = folded[max(0, place - BEFORE) : place]
            if folded[place] in self._whether and any(not telling.isdisjoint(before) for _, telling in self._frames):
                return text[found[place + 1].start :]
        return text

    def _opening(self, folded: Sequence[str]) -> int:
        return max((_stands(self._openings, folded, 0), *(_frame(folded, *frame) for frame in self._frames)))

    def _without_asides(self, text: str) -> str:
        found = words(text)
        folded = [word.folded for word in found]
        kept: list[Word] = []
        place = 0
        while place < len(found):
            aside = _stands(self._asides, folded, place)
            if not aside:
                kept.append(found[place])
            place += aside or 1
        if len(kept) == len(found) or len(kept) < FEWEST_WORDS:
            return text
        ending = "?" if text.rstrip().endswith("?") else ""
        return " ".join(word.written for word in kept) + ending


def _frame(folded: Sequence[str], framing: Collection[str], telling: frozenset[str]) -> int:
    """Return the length of the frame that a text begins with; it ends before a word of the subject."""
    length = next((place for place, word in enumerate(folded) if word not in framing), len(folded))
    return length if length >= FEWEST_WORDS and telling.intersection(folded[:length]) else 0


def _stands(phrases: ByFirstWord, folded: Sequence[str], place: int) -> int:
    """Return the length of the longest phrase that stands at a place, 0 where none does."""
    if place >= len(folded):
        return 0
    listed = phrases.get(folded[place], ())
    return next((len(one) for one in listed if tuple(folded[place : place + len(one)]) == one), 0)


def _by_first_word(phrases: Iterable[str]) -> ByFirstWord:
    """Return the phrases as words, the longest first."""
    ordered = sorted({tuple(folded_words(phrase)) for phrase in phrases}, key=len, reverse=True)
    firsts: ByFirstWord = {}
    for one in ordered:
        firsts.setdefault(one[0], []).append(one)
    return firsts
