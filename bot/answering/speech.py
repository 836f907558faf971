"""Which language a message is written in, by function words and letter groups counted in the content."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

from bot.answering.schema import LANGUAGES, Language
from bot.answering.words import WORD, counted, fold, folded_words

# The word that opens a sentence tells more about its language than a noun in it.
OPENING = 3.0
FUNCTION = 2.0
CERTAIN = 0.2
# Where not one word is known, letters must say more.
CERTAIN_BY_LETTERS = 1.0
FOREIGN_LEAST = 2
# So many Cyrillic, Arabic, Chinese ... letters are no symbol in a German or English sentence.
OTHER_LETTERS = 3
# A name that is spelt with one of these is said in German.
GERMAN_LETTERS = re.compile(r"\w*[äöüß]\w*", re.IGNORECASE)
HYPHENATED = re.compile(r"\w+(?:-\w+)+")


class Speech:
    """Tells German from English, and both from other languages."""

    def __init__(
        self,
        examples: Mapping[str, Sequence[str]],
        languages: Mapping[str, Language],
        names: Collection[str] = (),
        lent: Collection[str] = (),
    ) -> None:
        """`names` are folded words of no language, `lent` words of names that are said in both."""
        self._names = frozenset(names)
        self._lent = frozenset(lent)
        counts = {language: Counter[str]() for language in LANGUAGES}
        self._vocabulary: set[str] = set()
        seen = {language: Counter[str]() for language in LANGUAGES}
        for language in LANGUAGES:
            for written, times in counted(examples[language]).items():
                word = fold(written)
                seen[language][word] += times
                for piece in _pieces(word):
                    counts[language][piece] += times
            self._vocabulary.update(seen[language])
        totals = {language: sum(count.values()) for language, count in counts.items()}
        german, english = LANGUAGES
        self._pieces = {
            piece: math.log((counts[german][piece] + 0.5) / totals[german])
            - math.log((counts[english][piece] + 0.5) / totals[english])
            for piece in counts[german] | counts[english]
        }
        self._seen = {
            word: math.log((seen[german][word] + 0.3) / (seen[english][word] + 0.3)) for word in self._vocabulary
        }
        self._function = {
            code: frozenset(word for part in (language.function, language.asking) for word in part)
            for code, language in languages.items()
        }
        self._foreign = [code for code in languages if code not in LANGUAGES]

    def detect(self, text: str) -> str | None:
        """Return de or en, or None where nothing speaks for either."""
        found = folded_words(HYPHENATED.sub(self._unless_lent, text)) or folded_words(text)
        spelt = frozenset(chain.from_iterable(map(folded_words, GERMAN_LETTERS.findall(text))))
        own = [word for word in found if self._is_small(word) or word not in self._lent or word in spelt]
        # The small words decide; of the others those that no name lends.
        small = [word for word in own if self._is_small(word)]
        totals = (self._lean(words) for words in (small, own, found))
        certain = CERTAIN if any(word in self._vocabulary for word in found) else CERTAIN_BY_LETTERS
        total = next((total for total in totals if abs(total) >= certain), 0.0)
        return None if abs(total) < certain else LANGUAGES[0] if total > 0 else LANGUAGES[1]

    def _unless_lent(self, compound: re.Match[str]) -> str:
        """The "go" of "go-cluster" is part of a name and no word of a language."""
        return " " if self._lent.issuperset(folded_words(compound.group())) else compound.group()

    def _is_small(self, word: str) -> bool:
        german, english = (word in self._function[language] for language in LANGUAGES)
        return german != english

    def _lean(self, found: Sequence[str]) -> float:
        opening = OPENING if found and any(found[0] in self._function[language] for language in LANGUAGES) else 1.0
        return sum(self._lean_of(word) * (opening if number == 0 else 1) for number, word in enumerate(found))

    def is_foreign(self, text: str) -> bool:
        """Tell whether a text is in another language than German and English."""
        letters = [character for character in text if character.isalpha()]
        if not letters:
            return False
        other = sum("LATIN" not in unicodedata.name(letter, "") for letter in letters)
        return other >= OTHER_LETTERS or self._has_foreign_words(WORD.findall(text.casefold()))

    def _has_foreign_words(self, written: Sequence[str]) -> bool:
        ours = [folded_words(word) for word in written]
        own = sum(any(part in self._function[code] for code in LANGUAGES for part in parts) for parts in ours)
        for code in self._foreign:
            listed = self._function[code]
            strange = sum(
                word in listed and not any(part in self._vocabulary for part in parts)
                for word, parts in zip(written, ours, strict=True)
            )
            shared = sum(word in listed for word in written)
            if strange >= FOREIGN_LEAST and shared > own:
                return True
            if strange and not own and shared >= max(1, len(written) - 1) / 2:
                return True
        return False

    def _lean_of(self, word: str) -> float:
        if word in self._names:
            return 0.0
        german, english = (word in self._function[language] for language in LANGUAGES)
        if german != english:
            return FUNCTION if german else -FUNCTION
        if german:
            return 0.0
        pieces = _pieces(word)
        lean = sum(self._pieces.get(piece, 0.0) for piece in pieces) / max(1, len(pieces))
        return max(-1.0, min(1.0, lean / 2 + self._seen.get(word, 0.0) / 4))


def _pieces(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[start : start + size] for size in (2, 3, 4) for start in range(len(padded) - size + 1)]
