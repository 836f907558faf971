"""What a feed holds becomes drafts, each once; what changes later is marked, and somebody decides."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import drafting as announcing
from bot.events import drafting, importing
from bot.feeds.errors import Fault
from bot.feeds.reading import Feed as Read
from bot.feeds.reading import Item, Kind, digest_of
from storage import announcements, events, feeds
from storage.models import Feed, FeedItem

TOPIC = "news"
MOST_NEW = 50
"""Drafts that one fetch makes; the next one goes on."""


class Taken(NamedTuple):
    """How many drafts are new, and of how many known items the source now says something else."""

    new: int
    changed: int


async def take(session: AsyncSession, feed: Feed, read: Read, *, zone: str, now: datetime) -> Taken:
    """Make drafts of what is new, and mark what has changed; a draft is never changed here, and nothing is sent."""
    known = await feeds.items(session, feed.id)
    new = [item for item in read.items if item.key not in known and not item.is_gone][:MOST_NEW]
    for item in new:
        await _draft(session, feed, item, read.kind, zone=zone, now=now)
    changed = [item for item in read.items if item.key in known and known[item.key].digest != item.digest]
    for item in changed:
        _mark(known[item.key], item)
    feed.title, feed.fault, feed.fetched_at = read.title or feed.title, None, now
    await session.flush()
    return Taken(len(new), len(changed))


def fail(feed: Feed, fault: Fault) -> None:
    """Note why a feed could not be used; what was taken from it stays."""
    feed.fault = fault


def _mark(known: FeedItem, item: Item) -> None:
    known.digest, known.content, known.is_gone = item.digest, item.content, item.is_gone
    known.is_changed, known.is_told = True, False


async def _draft(session: AsyncSession, feed: Feed, item: Item, kind: Kind, *, zone: str, now: datetime) -> None:
    begin = _event if kind == Kind.EVENT else _news
    draft_id = await begin(session, feed, item, zone=zone, now=now)
    made = FeedItem(feed_id=feed.id, key=item.key, digest=item.digest, content=item.content, kind=kind)
    made.draft_id, made.is_changed, made.is_gone, made.is_told = draft_id, False, False, False
    session.add(made)


async def _event(session: AsyncSession, feed: Feed, item: Item, *, zone: str, now: datetime) -> int:
    number = _number(feed.id, item.key)
    event = await events.begin(session, update_id=number, person_id=feed.added_by, zone=zone, now=now)
    importing.keep(event, item.content, now=now)
    event.cluster = feed.cluster
    drafting.answer(event, drafting.Field.CLUSTER, now=now)
    return event.id


async def _news(session: AsyncSession, feed: Feed, item: Item, *, zone: str, now: datetime) -> int:
    number, language = _number(feed.id, item.key), str(item.content["language"])
    made = await announcements.begin(session, update_id=number, person_id=feed.added_by, zone=zone, now=now)
    made.topic, made.cluster = TOPIC, feed.cluster
    made.texts = {language: {"title": str(item.content["title"]), "body": str(item.content["body"])}}
    for field in (announcing.Field.TOPIC, announcing.Field.CLUSTER, announcing.Field(language)):
        announcing.answer(made, field, now=now)
    return made.id


def _number(feed_id: int, key: str) -> int:
    """Return in place of an update's number one that is never Telegram's, and the same for the same item."""
    return -(2**40) - int(digest_of([feed_id, key])[:14], 16)
