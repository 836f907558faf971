"""Sorts out what is no question: signs without words, code, and text that is nobody's language."""

from __future__ import annotations

import re

CODE = re.compile(
    r"</?[a-z!][^>]*>?"  # tags
    r"|\{\{|\}\}|\$\{|<%|%3c|\.\./|&&|\|\|"  # templates, escapes, paths
    r"|\bselect\s+\*|\bdrop\s+table\b|\binsert\s+into\b|\bdelete\s+from\b|\bunion\s+select\b|;\s*--"  # SQL
    r"|\$[A-Z_]{3,}|javascript:|function\s*\(",
    re.IGNORECASE | re.DOTALL,
)
FEWEST_LETTERS = 0.3
LONGEST_WORD = 45


def no_question(text: str) -> str | None:
    """Return why a cleaned text cannot be a question (`noise` or `refuse`), or None."""
    letters = sum(character.isalpha() for character in text)
    if CODE.search(text):
        return "refuse"
    if not letters:
        return "noise"
    signs = sum(not (character.isalnum() or character.isspace()) for character in text)
    if letters < FEWEST_LETTERS * len(text.replace(" ", "")) and signs > 3:
        return "noise"
    if all(len(word) > LONGEST_WORD for word in text.split()):
        return "noise"
    return None
