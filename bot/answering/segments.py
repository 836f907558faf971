"""Cuts a message into the questions and statements that it is made of."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.answering.words import fold

SENTENCE = re.compile(r"(?<=[?!])\s*|(?<=[.;:])\s+(?=\S)|\n+|\s+[-–]\s+")
JOINT = re.compile(r",?\s+(?:und|and|sowie|außerdem)\s+(?=(\w+))", re.IGNORECASE)
# An abbreviation ends with a stop, a sentence rarely is so short.
SHORTEST = 6
MOST = 8


def segments(text: str, asking: Collection[str]) -> list[str]:
    """Return the sentences of a text; one that joins two questions with "and" is cut before the second."""
    sentences: list[str] = []
    for piece in SENTENCE.split(text):
        stripped = piece.strip()
        if not stripped:
            continue
        if sentences and len(sentences[-1]) < SHORTEST and not sentences[-1].endswith("?"):
            sentences[-1] = f"{sentences[-1]} {stripped}"
        else:
            sentences.append(stripped)
    parts = [part for sentence in sentences for part in _parts(sentence, asking)]
    if len(parts) <= MOST:
        return parts
    questions = [part for part in parts if part.endswith("?")]
    return questions[:MOST] or parts[: MOST // 2] + parts[-MOST // 2 :]


def _parts(sentence: str, asking: Collection[str]) -> list[str]:
    parts, last = [], 0
    for joint in JOINT.finditer(sentence):
        if fold(joint.group(1)) in asking:
            parts.append(sentence[last : joint.start()].strip(" ,"))
            last = joint.end()
    return [part for part in (*parts, sentence[last:].strip()) if part]
