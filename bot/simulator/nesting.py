"""Which entities Telegram lets lie in each other (https://core.telegram.org/bots/api#formatting-options)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.simulator.tags import Entity

PLAIN = frozenset({"code", "pre"})
_SPLIT_BY_CODE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})


def order(entity: Entity) -> tuple[int, int]:
    """Return the sort key of Telegram's order: by offset, the longer first."""
    return entity["offset"], -entity["length"]


def allowed(entities: list[Entity]) -> list[Entity]:
    """Return what Telegram keeps: no style on code, nothing in code, no kind in itself."""
    code = sorted((entity for entity in entities if entity["type"] in PLAIN), key=order)
    pieces = [piece for entity in entities for piece in _outside(entity, code)]
    return list(_without_nesting(sorted(pieces, key=order)))


def _outside(entity: Entity, code: Iterable[Entity]) -> Iterator[Entity]:
    """Give the parts of a style that lie outside code; other entities are given whole."""
    if entity["type"] not in _SPLIT_BY_CODE:
        yield entity
        return
    start, end = entity["offset"], entity["offset"] + entity["length"]
    for hole in code:
        hole_end = hole["offset"] + hole["length"]
        if hole_end <= start or hole["offset"] >= end:
            continue
        if hole["offset"] > start:
            yield {**entity, "offset": start, "length": hole["offset"] - start}
        start = hole_end
    if start < end:
        yield {**entity, "offset": start, "length": end - start}


def _without_nesting(entities: Iterable[Entity]) -> Iterator[Entity]:
    around: list[Entity] = []
    for entity in entities:
        around = [outer for outer in around if outer["offset"] + outer["length"] > entity["offset"]]
        kinds = {outer["type"] for outer in around}
        if kinds & PLAIN or entity["type"] in kinds or (entity["type"] in _QUOTES and kinds & _QUOTES):
            continue
        if entity["type"] == "code":
            entity.pop("language", None)
        around.append(entity)
        yield entity
