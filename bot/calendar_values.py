"""What stands in an entry of an iCalendar file, read the same way wherever it comes from."""

from __future__ import annotations

from typing import Any

from icalendar import Component


def value_of(entry: Component, name: str) -> Any:
    """Return a date, a time or a span. Raises KeyError, or AttributeError where it is given several times."""
    value: Any = entry[name]
    return value.dt


def text_of(entry: Component, name: str) -> str:
    """Return a text, the first where there are several, empty where there is none."""
    value = entry.get(name)
    value = value[0] if isinstance(value, list) else value
    return str(value) if value is not None else ""
