"""Puts what stands for every cluster, or every project, in the place of a name."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answering.names import Mention
from bot.answering.words import Word

# Stands for every cluster's name, so that a question means the same whichever cluster it names.
PLACEHOLDERS = {"de": "das Netzwerk", "en": "the network"}
# Stands for a project's name where a question is read for other subjects.
PROJECTS = {"de": "dort", "en": "there"}
ARTICLES = frozenset(("der", "die", "das", "den", "dem", "the"))


def masked(
    text: str,
    found: list[Word],
    mentions: list[Mention],
    language: str,
    placeholders: Mapping[str, str] = PLACEHOLDERS,
) -> str:
    """Return `text` with every cluster's name (or project's), and the article before it, replaced."""
    kind = "cluster" if placeholders is PLACEHOLDERS else "topic"
    pieces, last = [], 0
    for mention in mentions:
        if mention.named.kind == kind:
            first = mention.first
            if first and found[first - 1].folded in ARTICLES:
                first -= 1
            pieces += [text[last : found[first].start], placeholders[language]]
            last = found[mention.last - 1].end
    return "".join((*pieces, text[last:]))
