"""Feeds: which are due, and which of their items are known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Feed, FeedItem


async def add(
    session: AsyncSession, *, update_id: int, address: str, cluster: str, person_id: int, now: datetime
) -> Feed:
    """Return the feed that an update has added, due at once; a new one the first time."""
    row = {"update_id": update_id, "address": address, "cluster": cluster, "title": "", "added_by": person_id}
    await session.execute(insert(session, Feed).values(**row, next_at=now).on_conflict_do_nothing())
    return (await session.scalars(select(Feed).where(Feed.update_id == update_id))).one()


async def by_id(session: AsyncSession, feed_id: int) -> Feed | None:
    """Return a feed."""
    return await session.get(Feed, feed_id)


async def of_clusters(session: AsyncSession, clusters: Collection[str]) -> Sequence[Feed]:
    """Return the feeds of some clusters, oldest first."""
    return (await session.scalars(select(Feed).where(Feed.cluster.in_(clusters)).order_by(Feed.id))).all()


async def remove(session: AsyncSession, feed_id: int) -> None:
    """Delete a feed and what is known of its items; drafts that came of it stay."""
    await session.execute(delete(Feed).where(Feed.id == feed_id))


async def claim_due(session: AsyncSession, *, again: timedelta, now: datetime) -> Feed | None:
    """Return a feed whose time has come, which nobody else gets for `again`; None when there is none."""
    first = select(Feed.id).where(Feed.next_at <= now).order_by(Feed.next_at, Feed.id).limit(1)
    due = await session.scalar(first)
    if due is None:
        return None
    claim = update(Feed).where(Feed.id == due, Feed.next_at <= now).values(next_at=now + again)
    claimed = await session.scalar(claim.returning(Feed.id))
    return await session.get(Feed, claimed, populate_existing=True) if claimed else None


async def items(session: AsyncSession, feed_id: int) -> dict[str, FeedItem]:
    """Return what is known of a feed, by the keys of its items."""
    found = await session.scalars(select(FeedItem).where(FeedItem.feed_id == feed_id))
    return {item.key: item for item in found}


async def untold(session: AsyncSession, feed_id: int) -> Sequence[FeedItem]:
    """Return the items of which the administrators have not been told."""
    query = select(FeedItem).where(FeedItem.feed_id == feed_id, FeedItem.is_told.is_(False))
    return (await session.scalars(query.order_by(FeedItem.draft_id, FeedItem.key))).all()
