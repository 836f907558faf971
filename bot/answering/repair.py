"""Repairs the spelling of a question with the words of the content; umlauts come back, slips are set right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import OSA, Prefix

from bot.answering.words import Word, counted, fold

SHORTEST = 3
SHORT = 4
ENDING = 2
# Shorter words are rather misspelt than inflected.
FORMS = 7
# A word of this many letters or more is searched with 1 or 2 slips.
TOLERANCES = ((11, 2), (3, 1))
NAME = 5
# A letter written twice where it belongs once, or the other way round, is a slip and no other form.
DOUBLED = re.compile(r"(.)\1")


class Repair:
    """The spelling of every word that the content uses."""

    def __init__(self, texts: Iterable[str]) -> None:
        spellings: dict[str, Counter[str]] = {}
        for written, times in counted(texts).items():
            spellings.setdefault(fold(written), Counter())[written] += times
        self._spelling = {word: _usual(counter) for word, counter in spellings.items()}
        self._candidates: dict[tuple[str, int], list[str]] = {}
        for known in self._spelling:
            if len(known) >= SHORTEST and not known.isdigit():
                self._candidates.setdefault((known[0], len(known)), []).append(known)
        self._known: dict[str, str] = {}

    def __contains__(self, word: str) -> bool:
        return word in self._spelling

    def text(self, text: str, found: list[Word]) -> str:
        """Return `text`, whose words are `found`, with every word spelt as the content spells it."""
        pieces, last = [], 0
        for word in found:
            spelt = word.written if self._is_name(word) else self._word(word)
            pieces += [text[last : word.start], spelt]
            last = word.end
        return "".join((*pieces, text[last:]))

    def _is_name(self, word: Word) -> bool:
        """A short word with a capital that does not begin the text may be anybody's name."""
        capital = word.written[0].isupper() and not word.written.isupper()
        return word.start > 0 and capital and len(word.folded) <= NAME and word.folded not in self._spelling

    def _word(self, word: Word) -> str:
        spelling = self._spelling.get(word.folded)
        if spelling is not None:
            umlaut = not spelling.isascii() and word.written.isascii()
            return spelling if umlaut else word.written
        near = self.nearest(word.folded)
        return self._spelling[near] if near else word.written

    def nearest(self, folded: str) -> str | None:
        """Return the content's word nearest to a misspelt one, or None where none is near."""
        allowed = next((slips for length, slips in TOLERANCES if len(folded) >= length), 0)
        if not allowed or folded.isdigit():
            return None
        if folded not in self._known:
            if len(self._known) > 20_000:
                self._known.clear()
            self._known[folded] = self._search(folded, allowed)
        return self._known[folded] or None

    def _search(self, folded: str, allowed: int) -> str:
        initials = {folded[0], folded[1]}
        lengths = range(len(folded) - allowed, len(folded) + allowed + 1)
        near = [
            word for initial in initials for length in lengths for word in self._candidates.get((initial, length), ())
        ]
        letters = sorted(folded)
        distances = ((OSA.distance(folded, word, score_cutoff=allowed), sorted(word) != letters, word) for word in near)
        distance, other_letters, word = min(distances, default=(allowed + 1, True, ""))
        # Two swapped letters are a slip in a word of any length; a wrong one in a short word is another word,
        # and another ending is a form of the word.
        if not other_letters:
            return word if distance <= allowed else ""
        doubled = DOUBLED.sub(r"\1", folded) == DOUBLED.sub(r"\1", word)
        form = not doubled and len(folded) >= FORMS and Prefix.similarity(folded, word) >= len(folded) - ENDING
        return word if distance <= allowed and len(folded) > SHORT and not form else ""


def _usual(counter: Counter[str]) -> str:
    """The spelling with umlauts where there is one, else the commonest."""
    return max(counter, key=lambda spelling: (not spelling.isascii(), counter[spelling], spelling))
