"""The inbox: updates are stored before they are acknowledged, and handled from here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Result,
    Select,
    Table,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import InboxUpdate, UpdateState

TABLE = cast("Table", InboxUpdate.__table__)
UNFINISHED = TABLE.c.done_at.is_(None)
CLEAR_CLAIM = {"claimed_at": None, "claim_owner": None}
CHAT_LOCKS = 41
"""Of PostgreSQL's advisory locks, the class of those that claims hold on chats."""


class Received(NamedTuple):
    """An update as it comes in."""

    update_id: int
    chat_key: int
    payload: dict[str, Any]


class Claimed(NamedTuple):
    """An update to be handled now, or at `next_try_at`."""

    update_id: int
    chat_key: int
    payload: dict[str, Any]
    attempts: int
    next_try_at: datetime | None
    received_at: datetime


class Failed(NamedTuple):
    """A try that failed: `attempts` counts it where it counts; `error` is the name of a class."""

    update_id: int
    attempts: int
    error: str
    next_try_at: datetime | None = None


async def receive(session: AsyncSession, updates: Sequence[Received], *, now: datetime) -> int:
    """Store updates and return how many are new; one that is already there stays as it is."""
    connection = await session.connection()
    ids = [item.update_id for item in updates]
    known = set(await connection.scalars(select(TABLE.c.update_id).where(TABLE.c.update_id.in_(ids))))
    new = {item.update_id: item for item in updates if item.update_id not in known}
    if new:
        rows = [
            {**item._asdict(), "state": UpdateState.OPEN, "attempts": 0, "received_at": now} for item in new.values()
        ]
        await connection.execute(insert(session, InboxUpdate).on_conflict_do_nothing(), rows)
    return len(new)


async def claim(
    session: AsyncSession, limit: int, *, owner: str, now: datetime, without: Collection[int] = ()
) -> list[Claimed]:
    """Claim up to `limit` open updates, oldest first; leave out the chats `without`, and those that others handle.

    On PostgreSQL a chat is locked until the commit, and only then looked at: whoever finds it locked leaves it out.
    """
    oldest = _oldest(select(TABLE.c.update_id), limit).where(_is_free(owner, without))
    if session.get_bind().dialect.name != "sqlite":
        chats = await _locked_chats(session, limit, _is_free(owner, without))
        if not chats:
            return []
        oldest = oldest.where(TABLE.c.chat_key.in_(chats))
    statement = (
        update(TABLE)
        .where(TABLE.c.update_id.in_(oldest))
        .values(state=UpdateState.CLAIMED, claimed_at=now, claim_owner=owner)
        .returning(*(TABLE.c[name] for name in Claimed._fields))
    )
    rows = [Claimed(*row) for row in await session.execute(statement)]
    return sorted(rows, key=lambda row: (row.received_at, row.update_id))


def _oldest(query: Select[Any], limit: int) -> Select[Any]:
    is_open = TABLE.c.state == UpdateState.OPEN
    return query.where(UNFINISHED, is_open).order_by(TABLE.c.received_at, TABLE.c.update_id).limit(limit)


def _is_free(owner: str, without: Collection[int]) -> ColumnElement[bool]:
    """Of the same chat nothing is in another's hands."""
    other = TABLE.alias("other")
    is_taken = exists().where(
        other.c.chat_key == TABLE.c.chat_key,
        other.c.done_at.is_(None),
        other.c.state == UpdateState.CLAIMED,
        other.c.claim_owner != owner,
    )
    return ~is_taken & TABLE.c.chat_key.not_in(without) if without else ~is_taken


async def _locked_chats(session: AsyncSession, limit: int, is_free: ColumnElement[bool]) -> Sequence[int]:
    """Lock the chats of the oldest updates until the commit; return those that nobody else has locked."""
    found = _oldest(select(TABLE.c.chat_key), limit).where(is_free).cte("found")
    chats = select(found.c.chat_key).distinct().cte("chats").prefix_with("MATERIALIZED")
    locked = func.pg_try_advisory_xact_lock(CHAT_LOCKS, func.hashint8(chats.c.chat_key))
    return (await session.scalars(select(chats.c.chat_key).where(locked))).all()


async def claimers(session: AsyncSession) -> set[str]:
    """Return the names of all processes that have claimed something."""
    query = select(TABLE.c.claim_owner).where(UNFINISHED, TABLE.c.state == UpdateState.CLAIMED).distinct()
    return {owner for owner in await session.scalars(query) if owner is not None}


async def reopen(session: AsyncSession, without: Collection[int] = (), *, owners: Collection[str] | None = None) -> int:
    """Reopen what `owners` (by default anybody) had claimed, but for `without`, and return how many."""
    statement = (
        update(TABLE)
        .where(UNFINISHED, TABLE.c.state == UpdateState.CLAIMED)
        .values(state=UpdateState.OPEN, **CLEAR_CLAIM)
    )
    if without:
        statement = statement.where(TABLE.c.update_id.not_in(without))
    if owners is not None:
        statement = statement.where(TABLE.c.claim_owner.in_(owners))
    return _count(await session.execute(statement))


async def release(session: AsyncSession, update_ids: Collection[int]) -> None:
    """Give claimed updates back, for the next start."""
    await session.execute(
        update(TABLE)
        .where(TABLE.c.update_id.in_(update_ids), TABLE.c.state == UpdateState.CLAIMED)
        .values(state=UpdateState.OPEN, **CLEAR_CLAIM)
    )


async def finish(session: AsyncSession, update_ids: Collection[int], *, now: datetime) -> None:
    """Mark updates as done and remove what the users wrote."""
    await session.execute(
        update(TABLE)
        .where(TABLE.c.update_id.in_(update_ids))
        .values(state=UpdateState.DONE, payload=None, done_at=now, error=None)
    )


async def postpone(session: AsyncSession, failures: Sequence[Failed]) -> None:
    """Note failed tries and when the next is due; the claims stay."""
    statement = (
        update(TABLE)
        .where(TABLE.c.update_id == bindparam("id"))
        .values(attempts=bindparam("n"), next_try_at=bindparam("at"), error=bindparam("name"))
    )
    connection = await session.connection()
    await connection.execute(
        statement,
        [{"id": f.update_id, "n": f.attempts, "at": f.next_try_at, "name": f.error[:128]} for f in failures],
    )


async def set_aside(session: AsyncSession, failures: Sequence[Failed], *, now: datetime) -> None:
    """Give updates up; what the users wrote stays until `prune`, so that a person can look into it."""
    await postpone(session, failures)
    await session.execute(
        update(TABLE)
        .where(TABLE.c.update_id.in_([failure.update_id for failure in failures]))
        .values(state=UpdateState.SET_ASIDE, done_at=now)
    )


async def take_up_set_aside(session: AsyncSession) -> int:
    """Open again, with all their tries, the updates that were set aside; return how many."""
    statement = (
        update(TABLE)
        .where(TABLE.c.state == UpdateState.SET_ASIDE)
        .values(state=UpdateState.OPEN, attempts=0, next_try_at=None, done_at=None, **CLEAR_CLAIM)
    )
    return _count(await session.execute(statement))


async def prune(session: AsyncSession, *, before: datetime) -> int:
    """Delete what was finished before a time, and return how many rows."""
    result = await session.execute(delete(TABLE).where(TABLE.c.done_at < before))
    return _count(result)


async def count_unfinished(session: AsyncSession, *, due: datetime | None = None) -> int:
    """Count what is neither done nor set aside; with `due`, only what need not wait longer than that."""
    statement = select(func.count()).select_from(TABLE).where(UNFINISHED)
    if due:
        statement = statement.where(or_(TABLE.c.next_try_at.is_(None), TABLE.c.next_try_at <= due))
    return (await session.scalars(statement)).one()


def _count(result: Result[Any]) -> int:
    return cast("CursorResult[Any]", result).rowcount
