"""Whether this version can work with the schema that it finds: its own, or a later one that only added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, inspect

from storage.models import Base

SHOWN = 3


class SchemaError(Exception):
    """The schema is of a later version, and this one cannot work with it; the text is one readable line."""


def require_fitting(connection: Connection) -> None:
    """Raise SchemaError when a statement of this version would fail on the schema that is there."""
    problems = list(_problems(connection))
    if problems:
        raise SchemaError(f"the schema is of a later version ({', '.join(problems[:SHOWN])}); install that version")


def _problems(connection: Connection) -> Iterator[str]:
    """Yield what is missing, and what must be given although this version does not know it."""
    inspector = inspect(connection)
    there = set(inspector.get_table_names())
    for table in Base.metadata.sorted_tables:
        if table.name not in there:
            yield f"{table.name} is gone"
            continue
        columns = {column["name"]: column for column in inspector.get_columns(table.name)}
        yield from (f"{table.name}.{name} is gone" for name in table.c.keys() - columns.keys())
        unknown = columns.keys() - table.c.keys()
        yield from (f"{table.name}.{name} is wanted" for name in unknown if _is_wanted(columns[name]))


def _is_wanted(column: Any) -> bool:
    """Tell whether a row cannot be written without this column."""
    filled = column.get("default") is not None or column.get("identity") or column.get("computed")
    return not column["nullable"] and not filled
