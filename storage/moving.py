"""All rows of one database into another, of either kind, as they are: what is sealed stays sealed."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, MetaData, Row, Table, Text, cast, func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from storage.database import Database
from storage.migrations import current, head, upgrade
from storage.models import Base, Lease, UtcDateTime

BATCH = 1000
"""Rows that are in memory at once."""
SUM_BYTES = 16


class MovingError(Exception):
    """The rows cannot be moved; the text is one readable line."""


class WrittenJson(UserDefinedType[str]):
    """JSON as it is written, so that NULL and null, and the order of keys, stay what they are."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Return the name of the type."""
        return "JSON"

    def column_expression(self, colexpr: ColumnElement[Any]) -> ColumnElement[Any]:
        """Read it as a text, before a driver makes something else of it."""
        return cast(colexpr, Text)


@dataclass
class Tally:
    """How many rows, and a sum over them that does not depend on their order."""

    rows: int = 0
    total: int = 0

    def add(self, rows: Sequence[Row[Any]]) -> None:
        """Count rows in."""
        self.rows += len(rows)
        for row in rows:
            digest = hashlib.blake2b(repr(tuple(row)).encode(errors="surrogatepass"), digest_size=SUM_BYTES)
            self.total = (self.total + int.from_bytes(digest.digest())) % (1 << 8 * SUM_BYTES)


def plain_tables() -> list[Table]:
    """Return the tables, parents first, with columns that neither seal nor open anything."""
    metadata = MetaData()
    for table in Base.metadata.sorted_tables:
        columns = [Column(column.name, _plain(column.type), primary_key=column.primary_key) for column in table.c]
        Table(table.name, metadata, *columns)
    return [metadata.tables[table.name] for table in Base.metadata.sorted_tables]


def _plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, UtcDateTime):
        return kind
    bare = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    return WrittenJson() if isinstance(bare, JSON) else bare


async def require_source(database: Database, *, now: datetime) -> None:
    """Raise MovingError when rows must not be read from here: another version's schema, or a bot at work."""
    if await current(database) != head():
        raise MovingError("the source's schema is not this version's; run gfcbot migrate on it first")
    async with database.read() as session:
        if await session.scalar(select(func.count()).select_from(Lease).where(Lease.until > now)):
            raise MovingError("a bot works on the source; stop it, and try again after a quarter of a minute")


async def require_target(database: Database) -> None:
    """Bring the schema up to date; raises MovingError when there are rows."""
    await upgrade(database)
    async with database.read() as session:
        for table in plain_tables():
            if (await session.execute(select(table).limit(1))).first():
                raise MovingError(f"the target is not empty: there are rows in {table.name}")


async def move(source: Database, target: Database, moved: Callable[[str, int], None]) -> None:
    """Copy all tables in one transaction; `moved` is told of each.

    Nothing is kept when something fails, or when what has arrived is not what left. Raises MovingError, and what the
    database raises.
    """
    async with source.read() as session, target.begin() as writing:
        options = {} if source.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        reader = await session.connection(execution_options=options)
        writer = await writing.connection()
        for table in plain_tables():
            try:
                left = await _copy(reader, writer, table)
            except DBAPIError as error:
                raise MovingError(f"{table.name}: {str(error.orig).splitlines()[0]}") from None
            if left != await _tally(writer, table):
                raise MovingError(f"{table.name}: what arrived is not what left")
            moved(table.name, left.rows)
        if not target.is_sqlite:
            await _go_on_counting(reader, writer, from_sequence=not source.is_sqlite)


async def _copy(reader: AsyncConnection, writer: AsyncConnection, table: Table) -> Tally:
    left = Tally()
    async for rows in _batches(reader, table):
        left.add(rows)
        await writer.execute(insert(table), [row._asdict() for row in rows])
    return left


async def _batches(connection: AsyncConnection, table: Table) -> AsyncIterator[Sequence[Row[Any]]]:
    """Yield all rows in the order of the key, so that a row comes after one that it points at."""
    ordered = select(table).order_by(*table.primary_key)
    async with connection.stream(ordered, execution_options={"yield_per": BATCH}) as result:
        async for rows in result.partitions():
            yield rows


async def _tally(connection: AsyncConnection, table: Table) -> Tally:
    tally = Tally()
    async for rows in _batches(connection, table):
        tally.add(rows)
    return tally


async def _go_on_counting(reader: AsyncConnection, writer: AsyncConnection, *, from_sequence: bool) -> None:
    """Have PostgreSQL's sequences go on after the highest number that there is, or was in a sequence before."""
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        named = text("SELECT pg_get_serial_sequence(:table, :column)").bindparams(table=table.name, column=column.name)
        sequence = await writer.scalar(named)
        if sequence is None:
            continue
        highest = await writer.scalar(select(func.max(column))) or 0
        if from_sequence:
            highest = max(highest, await reader.scalar(text(f"SELECT last_value FROM {sequence} WHERE is_called")) or 0)  # noqa: S608  the database named it
        if highest:
            await writer.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})
