"""Text to words: cleaned, folded and cut, with the place of each word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

LONGEST = 4096
# Words of two languages; all that is asked about does not repeat more.
REMEMBERED = 50_000
WORD = re.compile(r"[^\W_]+")
SPACE = re.compile(r"\s+")
FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "ł": "l", "ı": "i"})


class Word(NamedTuple):
    """A word of a text: folded, as written, and where it stands."""

    folded: str
    written: str
    start: int
    end: int


def clean(text: str) -> str:
    """Return the text in NFC without invisible characters, with single spaces, at most 4,096 characters."""
    composed = unicodedata.normalize("NFC", text[: LONGEST * 2])
    visible = "".join(" " if character.isspace() else character for character in composed if _shown(character))
    return SPACE.sub(" ", visible).strip()[:LONGEST]


def _shown(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in {"Cf", "Cc", "Cs", "Co", "Cn"}


def fold(text: str) -> str:
    """Return the text without case, umlauts (ä is ae, ß is ss) and accents."""
    spelled = unicodedata.normalize("NFC", text.casefold()).translate(FOLDED)
    if spelled.isascii():
        return spelled
    parts = unicodedata.normalize("NFKD", spelled)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(REMEMBERED)
def _folded(word: str) -> str:
    return fold(word)


def words(text: str) -> list[Word]:
    """Return the words of a text in order; a hyphen separates."""
    return [Word(_folded(found.group()), found.group(), found.start(), found.end()) for found in WORD.finditer(text)]


def counted(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word is written in some texts; of many texts this takes a fraction of reading each."""
    return Counter(WORD.findall(unicodedata.normalize("NFC", " ".join(texts))))


def folded_words(text: str) -> list[str]:
    """Return the folded words of a text in order."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return [_folded(word) for word in WORD.findall(composed)]
