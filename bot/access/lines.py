"""What of the audit log a person sees, and how a line of it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.access.rights import ALL, Access, Action
from storage.models import AuditEntry
from storage.persons import SOMEBODY

NONE = "-"
LONGEST_DATA = 64
"""Bytes of callback data. Source: Bot API, InlineKeyboardButton."""
PEOPLE = frozenset({"person", "by"})
"""Details that are a person's number."""


@dataclass(frozen=True, slots=True)
class View:
    """A filter and a place in the log, as the buttons carry it."""

    cluster: str | None = None
    act: str | None = None
    enquiry: int | None = None
    offset: int = 0

    @classmethod
    def read(cls, parts: Sequence[str]) -> View:
        """Read what `data` wrote, taken apart at the colons."""
        _, cluster, act, enquiry, offset = parts
        known = {"cluster": cluster, "act": act}
        words = {name: None if word == NONE else word for name, word in known.items()}
        return cls(**words, enquiry=None if enquiry == NONE else int(enquiry), offset=int(offset))

    def data(self, prefix: str) -> str:
        """Return the callback data; an act that is too long for it is left out."""
        data = f"{prefix}:{self.cluster or NONE}:{self.act or NONE}:{self.enquiry or NONE}:{self.offset}"
        return data if len(data) <= LONGEST_DATA else replace(self, act=None).data(prefix)

    def to(self, **changes: Any) -> View:
        """Return another view; a changed filter begins at the newest entry."""
        return replace(self, **{"offset": 0, **changes})


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it is shown: people by name where they have a role, else by number."""

    at: datetime
    actor: str | None
    """None: the bot itself; who is no staff and was refused is a keyed hash."""
    act: str
    cluster: str | None
    enquiry: int | None
    details: tuple[tuple[str, str], ...]


def clusters_seen(access: Access, cluster: str | None, of: Sequence[str]) -> tuple[str, ...] | None:
    """Return of which clusters a person sees entries; None: all, and those of no cluster."""
    if cluster is not None:
        return (cluster,)
    return None if access.allows(Action.SEE_AUDIT, ALL) else access.clusters(Action.SEE_AUDIT, of)


def lines(entries: Sequence[AuditEntry], names: Mapping[int, str]) -> list[Line]:
    """Return the entries as they are shown."""
    return [
        Line(
            entry.at,
            _actor(entry, names),
            entry.act,
            entry.cluster,
            entry.enquiry_id,
            tuple(
                (name, _value(name, value, names))
                for name, value in entry.details.items()
                if value is not None and name != SOMEBODY
            ),
        )
        for entry in entries
    ]


def _actor(entry: AuditEntry, names: Mapping[int, str]) -> str | None:
    if entry.actor is None:
        return entry.details.get(SOMEBODY)
    return names.get(entry.actor, str(entry.actor))


def _value(name: str, value: object, names: Mapping[int, str]) -> str:
    if name in PEOPLE and isinstance(value, int):
        return names.get(value, str(value))
    return str(value)
