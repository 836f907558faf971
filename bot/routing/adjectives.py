"""German adjectives of places, traced back to the place's name; all letters folded."""

from __future__ import annotations

import re
from collections.abc import Iterator

INFLECTED = re.compile(r"^(.*isch)(?:e|en|em|er|es)$")
OF_LANDSCAPE = re.compile(r"^(.+)(l|w)ae(nd|ld)(?:er|isch|ische|ischen|ischer|isches|ischem)$")
# Endings of an inhabitant's name, and what the town's name has in their place.
ENDINGS = (("er", ""), ("er", "en"), ("er", "e"), ("ner", "en"), ("aner", ""), ("enser", "e"), ("isch", ""))


def forms(letters: str) -> Iterator[str]:
    """Return the forms that places may be listed in: bayerischen is bayerisch, muensterlaender is muensterland."""
    yield letters
    inflected = INFLECTED.match(letters)
    if inflected:
        yield inflected.group(1)
    landscape = OF_LANDSCAPE.match(letters)
    if landscape:
        yield f"{landscape.group(1)}{landscape.group(2)}a{landscape.group(3)}"
    if inflected or landscape or letters.endswith("er"):
        yield from bases(inflected.group(1) if inflected else letters)


def bases(letters: str) -> Iterator[str]:
    """Return what a word may be the adjective of: goettinger may come from goetting, goettingen and goettinge."""
    for ending, name in ENDINGS:
        if letters.endswith(ending) and len(letters) > len(ending) + 2:
            yield letters.removesuffix(ending) + name
