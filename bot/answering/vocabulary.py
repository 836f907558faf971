"""The small words of all languages by what they do in a question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answering.manners import Manners
from bot.answering.schema import Language


class Vocabulary:
    """The words and phrases of `languages.yaml`, of all languages together."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self.function = frozenset(word for language in languages for word in (*language.function, *language.asking))
        self.asking = frozenset(word for language in languages for word in language.asking)
        self.generic = frozenset(word for language in languages for word in language.generic)
        self.nouns = frozenset(word for language in languages for word in language.nouns)
        self.endings = tuple(self.nouns)
        self.comparing = frozenset(word for language in languages for word in language.comparing)
        self.own = frozenset(word for language in languages for word in language.own)
        self.affairs = frozenset(word for language in languages for word in language.affairs)
        self.lasting = frozenset(phrase for language in languages for phrase in language.lasting)
        self.permits = frozenset(word for language in languages for word in language.permits)
        self.laws = tuple(word for language in languages for word in language.laws)
        self.pointing = frozenset(word for language in languages for word in language.pointing)
        self.rest = frozenset(phrase for language in languages for phrase in language.rest)
        self.moments = frozenset(phrase for language in languages for phrase in language.moments)
        self.listing = frozenset(phrase for language in languages for phrase in language.listing)
        self.each = frozenset(word for language in languages for word in language.each)
        self.ours = frozenset(word for language in languages for word in language.ours)
        pronouns = sorted((word for language in languages for word in language.standing), key=len, reverse=True)
        self.pronouns = re.compile(rf"\b(?:{'|'.join(map(re.escape, pronouns))})\b", re.IGNORECASE)
        self.plural = frozenset(word for language in languages for word in language.plural)
        self.negating = frozenset(word for language in languages for word in language.negating)
        self.indefinite = frozenset(word for language in languages for word in language.indefinite)
        self.nicknames = frozenset(word for language in languages for word in language.nicknames)
        self.manners = Manners(
            [phrase for language in languages for phrase in language.manners],
            [(language.framing, language.telling) for language in languages],
            [phrase for language in languages for phrase in language.asides],
            [word for language in languages for word in language.whether],
        )
