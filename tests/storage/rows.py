"""Rows for any table, made from its columns alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from storage.moving import WrittenJson

BEGIN = datetime(2026, 11, 28, 9, 0, 0, 123_456, tzinfo=UTC)
WORDS = ("Größe & Maß", "{'a': 1}", "it''s 50 % \\ \n tab\t", "", "🥨 Brezel")
WRITTEN = ('{"b": 1,  "a": [1.50, null]}', "null", "5", '"Maß"', "[]", "2.5", "true")
"""JSON as others may have written it: what is moved stays as it is."""
LARGE = 7_000_000_000
"""Telegram's identifiers need more than 32 bits."""


def rows(table: sa.Table, numbers: range) -> list[dict[str, Any]]:
    """Return one row a number, every column filled; foreign keys point at the row of the same number."""
    return [{column.name: value(column, number) for column in table.columns} for number in numbers]


MAKERS: list[tuple[type[sa.types.TypeEngine[Any]], Callable[[int], Any]]] = [
    (sa.Boolean, lambda number: number % 2 == 0),
    (sa.Integer, lambda number: number),
    (sa.Float, lambda number: number / 7),
    (sa.LargeBinary, lambda number: bytes([number % 256, 0, 255])),
    (sa.DateTime, lambda number: BEGIN + timedelta(seconds=number)),
    (WrittenJson, lambda number: WRITTEN[number % len(WRITTEN)]),
    (sa.JSON, lambda number: {"number": number, "words": [WORDS[number % len(WORDS)], None, 1.5, True]}),
]


def value(column: sa.Column[Any], number: int) -> Any:
    """Return a value that the column takes; numbers from 1 on give different keys."""
    kind = column.type.impl_instance if isinstance(column.type, sa.types.TypeDecorator) else column.type
    if isinstance(kind, sa.BigInteger) and not column.foreign_keys:
        return LARGE + number
    for type_, make in MAKERS:
        if isinstance(kind, type_):
            return make(number)
    return _text(column, kind, number)


def _text(column: sa.Column[Any], kind: Any, number: int) -> str:
    length = getattr(kind, "length", None) or 200
    is_key = column.primary_key or column.foreign_keys or length < 32
    return str(number)[:length] if is_key else f"{number} {WORDS[number % len(WORDS)]}"[:length]
