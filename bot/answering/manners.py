"""Takes greetings and polite openings off a question, so that what is asked stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answering.words import folded_words, words

# What is left must still be a question.
FEWEST_WORDS = 2


class Manners:
    """Knows the polite openings of the languages."""

    def __init__(self, phrases: Iterable[str]) -> None:
        found = {tuple(folded_words(phrase)) for phrase in phrases}
        self._openings: Sequence[tuple[str, ...]] = sorted(found, key=len, reverse=True)

    def without_openings(self, text: str) -> str:
        """Return the text without its openings, however many there are."""
        found = words(text)
        folded = tuple(word.folded for word in found)
        first = 0
        while True:
            longest = next((o for o in self._openings if folded[first : first + len(o)] == o), ())
            if not longest or len(folded) - first - len(longest) < FEWEST_WORDS:
                return text[found[first].start :] if first else text
            first += len(longest)
