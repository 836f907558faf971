"""One feed after the other: claimed, fetched and read without a transaction open, then taken."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import logs
from bot.feeds.errors import BadFeed
from bot.feeds.fetching import Fetcher, Known
from bot.feeds.reading import read
from bot.feeds.taking import Taken, fail, take
from storage import feeds
from storage.database import Database
from storage.models import Feed

log = logs.get(__name__)

NOTHING = Taken(0, 0)


async def update_due(database: Database, fetcher: Fetcher, zone: str, *, again: timedelta, now: datetime) -> bool:
    """Fetch one feed whose time has come, which then rests for `again`; return whether there was one."""
    async with database.begin() as session:
        feed = await feeds.claim_due(session, again=again, now=now)
    if feed is None:
        return False
    taken = await update(database, fetcher, feed, zone, now=now)
    log.info("feed looked at", feed=feed.id, new=taken.new, changed=taken.changed)
    return True


async def update(database: Database, fetcher: Fetcher, feed: Feed, zone: str, *, now: datetime) -> Taken:
    """Fetch a feed and take what is new; a fault is noted with the feed, and raises nothing."""
    try:
        fetched = await fetcher.fetch(feed.address, Known(feed.etag, feed.modified))
        content, charset, known = fetched
        found = None if content is None else await asyncio.to_thread(read, content, charset, ZoneInfo(zone), now=now)
    except BadFeed as bad:
        async with database.begin() as session:
            if (kept := await feeds.by_id(session, feed.id)) is not None:
                fail(kept, bad.reason)
        return NOTHING
    async with database.begin() as session:
        kept = await feeds.by_id(session, feed.id)
        if kept is None:
            return NOTHING
        kept.etag, kept.modified, kept.fault, kept.fetched_at = known.etag, known.modified, None, now
        return NOTHING if found is None else await take(session, kept, found, zone=zone, now=now)
