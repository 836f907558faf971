"""The content as the database has it: what is shipped, with what was edited in its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot import logs
from bot.answering.content import Content
from bot.answering.schema import Cluster, Entry
from storage import content as library
from storage.content import Shipped
from storage.database import Database
from storage.models import ContentItem

log = logs.get(__name__)

Model = TypeVar("Model", bound=BaseModel)


async def in_use(database: Database, shipped: Content, *, now: datetime) -> Content:
    """Bring the database up to what is shipped and return the content that is in use.

    A record in the database that the installed bot cannot read is logged, and the shipped one is used.
    """
    async with database.begin() as session:
        items = await library.refresh(session, list(_records(shipped)), now=now)
    return replace(
        shipped,
        entries=_used(shipped.entries, Entry, [item for item in items if item.kind == "entry"]),
        clusters=_used(shipped.clusters, Cluster, [item for item in items if item.kind == "cluster"]),
    )


def _records(content: Content) -> Iterator[Shipped]:
    for kind, records in (("entry", content.entries), ("cluster", content.clusters)):
        for name, record in records.items():
            body = record.model_dump(mode="json")
            version = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:12]
            yield Shipped(kind, name, body, version)


def _used(shipped: dict[str, Model], model: type[Model], items: list[ContentItem]) -> dict[str, Model]:
    """Return the records in the order of the shipped ones, others after them."""
    read = {item.name: _read(item, model, shipped.get(item.name)) for item in items}
    names = [*shipped, *(name for name in read if name not in shipped)]
    return {name: record for name in names if (record := read.get(name)) is not None}


def _read(item: ContentItem, model: type[Model], shipped: Model | None) -> Model | None:
    try:
        return model.model_validate(item.body)
    except ValidationError:
        log.error("content record cannot be read, the shipped one is used", kind=item.kind, name=item.name)
        return shipped
