"""Which keys have sealed a database, and sealing anew with the newest one, in batches, while it is in use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, Text, and_, bindparam, delete, func, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.keys import MARK, Keyring, Keys, SealError
from storage.models import Base, DataKey
from storage.sealing import Sealed, SealedJson

BATCH = 200
PLAIN = ""
"""Stands for what was written before there were keys."""


def columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Yield the sealed columns of all tables."""
    for table in Base.metadata.sorted_tables:
        yield from ((table, column) for column in table.c if isinstance(column.type, Sealed | SealedJson))


async def require_keys(session: AsyncSession, keys: Keys) -> None:
    """Raise SealError unless the keys are there that have sealed this database; without any, make the first."""
    known = (await session.scalars(select(DataKey).order_by(DataKey.key_id))).all()
    ring = keys.existing() if known else keys.ring
    for key in known:
        if ring is None or key.key_id not in ring.ids:
            raise SealError(f"personal data was sealed with key {key.key_id}, which is not in {keys.source}")
        if ring.proof(key.key_id) != key.proof:
            raise SealError(f"key {key.key_id} in {keys.source} is not the one that has sealed personal data here")


async def note_key(session: AsyncSession, ring: Keyring, *, now: datetime) -> None:
    """Keep that the newest key is in use; a running bot knows it."""
    row = {"key_id": ring.ids[0], "proof": ring.proof(ring.ids[0]), "noted_at": now}
    await session.execute(insert(session, DataKey).values(row).on_conflict_do_nothing())


async def is_noted(session: AsyncSession, key_id: str) -> bool:
    """Whether a key is in use."""
    return await session.get(DataKey, key_id) is not None


async def count(session: AsyncSession, key_id: str) -> int:
    """Count the values that a key has sealed, or with PLAIN those that are not sealed."""
    total = 0
    for table, column in columns():
        raw = type_coerce(column, Text)
        condition = raw.startswith(f"{MARK}{key_id}:") if key_id else raw.not_like(f"{MARK}%")
        total += await session.scalar(select(func.count()).select_from(table).where(condition)) or 0
    return total


async def seal_anew(session: AsyncSession, ring: Keyring) -> int:
    """Seal a batch of values that the newest key has not sealed; return how many, 0 when all are done."""
    for table, column in columns():
        raw = type_coerce(column, Text)
        old = raw.not_like(f"{MARK}{ring.ids[0]}:%")
        query = select(*table.primary_key, raw.label("raw"), column.label("opened")).where(old).limit(BATCH)
        rows = (await session.execute(query)).all()
        if rows:
            await _write(session, table, column, [row._mapping for row in rows])
            return len(rows)
    return 0


async def drop_unused(session: AsyncSession, ring: Keyring) -> list[str]:
    """Forget keys that have sealed nothing here any more; return their ids."""
    known = (await session.scalars(select(DataKey.key_id).where(DataKey.key_id != ring.ids[0]))).all()
    unused = [key_id for key_id in known if not await count(session, key_id)]
    await session.execute(delete(DataKey).where(DataKey.key_id.in_(unused)))
    return unused


async def _write(session: AsyncSession, table: Table, column: Column[Any], rows: list[Any]) -> None:
    """Write what was opened; a value that somebody has changed meanwhile is sealed anyway."""
    keys = [key == bindparam(f"key_{key.name}") for key in table.primary_key]
    same = type_coerce(column, Text) == bindparam("raw")
    statement = update(table).where(and_(*keys, same)).values({column: bindparam("opened", type_=column.type)})
    connection = await session.connection()
    values = [
        {"raw": row["raw"], "opened": row["opened"], **{f"key_{key.name}": row[key.name] for key in table.primary_key}}
        for row in rows
    ]
    await connection.execute(statement, values)
