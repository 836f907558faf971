"""Column types that seal what is personal: the database holds ciphers, the keys are elsewhere."""

from __future__ import annotations

import json
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeDecorator

from storage.keys import MARK, Keys

_KEYS: WeakKeyDictionary[Dialect, Keys] = WeakKeyDictionary()


def attach(dialect: Dialect, keys: Keys) -> None:
    """Have the columns of an engine sealed with these keys."""
    _KEYS[dialect] = keys


def hashes(session: AsyncSession, purpose: str, value: object) -> tuple[str, ...]:
    """Return the keyed hashes of a value with the keys of a session's database, by the newest key first."""
    return _KEYS[session.get_bind().dialect].ring.hashes(purpose, value)


class Sealed(TypeDecorator[str]):
    """A text, sealed for `place` (table.column): a value that was moved to another column is refused.

    What was written before there were keys is read as it is; `storage.rotation` seals it. Raises SealError.
    """

    impl = Text
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal."""
        return None if value is None else _KEYS[dialect].ring.seal(self.place, value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open."""
        if value is None or not value.startswith(MARK):
            return value
        return _KEYS[dialect].open(self.place, value)


class SealedJson(TypeDecorator[Any]):
    """A value of JSON, sealed as `Sealed` seals a text; None is NULL."""

    impl = Text
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Seal."""
        if value is None:
            return None
        return _KEYS[dialect].ring.seal(self.place, json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Open."""
        if value is None:
            return None
        return json.loads(_KEYS[dialect].open(self.place, value) if value.startswith(MARK) else value)
