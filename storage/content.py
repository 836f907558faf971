"""The content in the database: filled from what is shipped, renewed on upgrade, kept where it was edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import ContentItem, Origin


@dataclass(frozen=True, slots=True)
class Shipped:
    """A record as the installed bot ships it."""

    kind: str
    name: str
    body: Mapping[str, Any]
    version: str

    @property
    def key(self) -> tuple[str, str]:
        """What names the record."""
        return self.kind, self.name


async def refresh(session: AsyncSession, shipped: Sequence[Shipped], *, now: datetime) -> Sequence[ContentItem]:
    """Take over new and changed records, drop what is shipped no longer; what was edited stays. Return all."""
    kept = {(item.kind, item.name): item for item in await everything(session)}
    for record in shipped:
        item = kept.get(record.key)
        if item is None:
            session.add(_new(record, now))
        elif item.shipped_version != record.version:
            _renew(item, record, now)
    gone = [key for key, item in kept.items() if item.origin == Origin.SHIPPED and key not in {r.key for r in shipped}]
    if gone:
        await session.execute(delete(ContentItem).where(tuple_(ContentItem.kind, ContentItem.name).in_(gone)))
    await session.flush()
    return await everything(session)


async def everything(session: AsyncSession) -> Sequence[ContentItem]:
    """Return all records in the order of kind and name."""
    return (await session.scalars(select(ContentItem).order_by(ContentItem.kind, ContentItem.name))).all()


def _new(record: Shipped, now: datetime) -> ContentItem:
    return ContentItem(
        kind=record.kind,
        name=record.name,
        body=dict(record.body),
        origin=Origin.SHIPPED,
        version=record.version,
        shipped_version=record.version,
        updated_at=now,
    )


def _renew(item: ContentItem, record: Shipped, now: datetime) -> None:
    item.shipped_version = record.version
    if item.origin == Origin.SHIPPED:
        item.body, item.version, item.updated_at = dict(record.body), record.version, now
