"""Who was forgotten: in the database, and in a file beside the keys, since a restored database has lost it."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import sealing
from storage.dialects import affected, insert
from storage.keys import Keyring
from storage.models import Tombstone

OWNER_ONLY = 0o600
PURPOSE = "person"


class Stone(NamedTuple):
    """When somebody was forgotten, and the enquiries that were to go on."""

    at: datetime
    kept: tuple[int, ...]


Stones = dict[str, Stone]
"""By the keyed hash of the person's number."""


async def put(session: AsyncSession, person_id: int, kept: Collection[int], *, now: datetime) -> None:
    """Note that a person was forgotten; a later time replaces an earlier one."""
    await keep(session, {sealing.hashes(session, PURPOSE, person_id)[0]: Stone(now, tuple(sorted(kept)))})


async def keep(session: AsyncSession, stones: Mapping[str, Stone]) -> None:
    """Keep tombstones."""
    for name, stone in stones.items():
        values = {"at": stone.at, "kept": list(stone.kept)}
        row = insert(session, Tombstone).values(person_hash=name, **values)
        await session.execute(row.on_conflict_do_update(index_elements=["person_hash"], set_=values))


async def everything(session: AsyncSession) -> Stones:
    """Return all tombstones."""
    found = await session.scalars(select(Tombstone))
    return {stone.person_hash: Stone(stone.at, tuple(stone.kept)) for stone in found}


async def drop(session: AsyncSession, *, before: datetime) -> int:
    """Drop tombstones from before a time, which no backup is older than; return how many."""
    return await affected(session, delete(Tombstone).where(Tombstone.at < before))


def of(stones: Mapping[str, Stone], ring: Keyring, people: Iterable[int]) -> dict[int, Stone]:
    """Return which of the people were forgotten; each is hashed with every key."""
    found: dict[int, Stone] = {}
    for person in people:
        own = [stones[name] for name in ring.hashes(PURPOSE, person) if name in stones]
        if own:
            found[person] = max(own)
    return found


def merged(first: Mapping[str, Stone], second: Mapping[str, Stone]) -> Stones:
    """Return both lists as one; of two for the same person the later counts."""
    return {name: max(stones[name] for stones in (first, second) if name in stones) for name in {*first, *second}}


def read_file(path: Path) -> Stones:
    """Return the list that is kept in a file; none without it. Raises OSError and ValueError."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="ascii").splitlines()
    rows = [json.loads(line) for line in lines if line]
    return {row["person"]: Stone(datetime.fromisoformat(row["at"]), tuple(row["kept"])) for row in rows}


def write_file(path: Path, stones: Mapping[str, Stone]) -> None:
    """Replace the list in the file, all or nothing; raises OSError."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    lines = [
        json.dumps({"person": name, "at": stone.at.isoformat(), "kept": stone.kept}) + "\n"
        for name, stone in sorted(stones.items())
    ]
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
