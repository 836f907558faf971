"""The send ledger: what left for Telegram while an update was handled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, and_, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Send

TABLE = cast("Table", Send.__table__)


class Key(NamedTuple):
    """The n-th send of an update, n from 1, and its Bot API method."""

    update_id: int
    number: int
    method: str


async def of_updates(session: AsyncSession, update_ids: Collection[int]) -> Sequence[Send]:
    """Return what is known of the sends of some updates: earlier tries, maybe of another process."""
    return (await session.scalars(select(Send).where(Send.update_id.in_(update_ids)))).all()


async def of_unfinished(session: AsyncSession) -> Sequence[Send]:
    """Return what is known of the sends of all updates that are not done."""
    return (await session.scalars(select(Send))).all()


async def depart(session: AsyncSession, keys: Sequence[Key]) -> None:
    """Note that these sends are about to leave: until `arrive` or `withdraw`, their fate is unknown."""
    statement = insert(session, Send).on_conflict_do_update(
        index_elements=list(Key._fields), set_={"departures": Send.departures + 1}
    )
    connection = await session.connection()
    await connection.execute(statement, [{**key._asdict(), "departures": 1, "sent": False} for key in keys])


async def withdraw(session: AsyncSession, keys: Sequence[Key]) -> None:
    """Note that these sends did not take place: they never left, or were refused."""
    statement = update(TABLE).where(_is_bound_key()).values(departures=TABLE.c.departures - 1)
    connection = await session.connection()
    await connection.execute(statement, [_bound(key) for key in keys])


async def arrive(session: AsyncSession, results: Sequence[tuple[Key, Any]]) -> None:
    """Keep Telegram's answers."""
    statement = (
        update(TABLE).where(_is_bound_key()).values(sent=True, result=bindparam("answer", type_=TABLE.c.result.type))
    )
    connection = await session.connection()
    await connection.execute(statement, [{**_bound(key), "answer": answer} for key, answer in results])


async def forget(session: AsyncSession, update_ids: Collection[int]) -> None:
    """Delete the sends of updates that are done: the answers hold what was written."""
    await session.execute(delete(TABLE).where(TABLE.c.update_id.in_(update_ids)))


def _is_bound_key() -> Any:
    return and_(*(TABLE.c[name] == bindparam(f"key_{name}") for name in Key._fields))


def _bound(key: Key) -> dict[str, object]:
    return {f"key_{name}": value for name, value in key._asdict().items()}
