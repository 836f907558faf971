"""Events that are there for tests, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.announcements.starting import schedule, start_due
from storage import events
from storage.database import Database
from storage.models import Announcement, Event, EventState

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
BEGIN = NOW + timedelta(days=9)


async def announced(database: Database, **values: Any) -> Event:
    """Return an event of which the invitation has begun to go out, to nobody."""
    async with database.begin() as session:
        event = await events.begin(session, update_id=1, person_id=1, zone="Europe/Berlin", now=NOW)
        event.cluster, event.texts, event.state = "fpi", {"de": {"title": "T", "body": "b"}}, EventState.SUBMITTED
        event.begins_at, event.ends_at = BEGIN, BEGIN + timedelta(hours=2)
        for name, value in values.items():
            setattr(event, name, value)
        announcement = Announcement(
            update_id=2,
            topic="events",
            cluster="fpi",
            texts=event.texts,
            subject=events.subject(event.id),
            first_at=NOW.replace(tzinfo=None).isoformat(),
            zone="UTC",
            created_by=1,
            updated_at=NOW,
        )
        session.add(announcement)
        await session.flush()
        await schedule(session, announcement, now=NOW)
        await start_due(session, fence=1, now=NOW)
    return event
