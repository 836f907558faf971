"""The events of the demo: clearly samples, announced already, so that /events has something to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Running
from bot.demo_told import note_told
from bot.events.publishing import TOPIC
from bot.texts import TEMPLATES
from storage import announcements, events
from storage.models import AnnouncementState, Event, EventState

SAMPLES = TEMPLATES / "demo" / "events.yaml"
UPDATES = -1000
"""Telegram numbers updates above 0; the demo's own are this minus the number of the sample."""
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """An event of the demo; `days` after the start, at `hour`, for `hours`."""

    number: int
    cluster: str
    days: int
    hour: int
    hours: int
    texts: dict[str, dict[str, str]]
    place: str | None = None
    online: str | None = None
    seats: int | None = None


async def announce_samples(bot: Running) -> None:
    """Keep the samples, as if their invitations had gone out; one that is over takes place again later."""
    services = bot.services
    now, owner = services.clock(), services.settings.owners[0]
    samples = [SampleEvent(**record) for record in yaml.safe_load(SAMPLES.read_text(encoding="utf-8"))]
    for sample in samples:
        async with services.database.begin() as session:
            zone = services.settings.timezone
            event = await events.begin(session, update_id=UPDATES - sample.number, person_id=owner, zone=zone, now=now)
            if event.ends_at is not None and event.ends_at > now:
                continue
            _fill(event, sample, now)
            await _announce(session, event, UPDATES - sample.number, now)


def _fill(event: Event, sample: SampleEvent, now: datetime) -> None:
    day = now.astimezone(ZoneInfo(event.zone)) + timedelta(days=sample.days)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    event.begins_at = day.replace(hour=sample.hour, minute=0, second=0, microsecond=0)
    event.ends_at = event.begins_at + timedelta(hours=sample.hours)
    event.cluster, event.texts, event.state = sample.cluster, sample.texts, EventState.SUBMITTED
    event.place, event.online, event.seats = sample.place, sample.online, sample.seats


async def _announce(session: AsyncSession, event: Event, update_id: int, now: datetime) -> None:
    """Note an invitation that has gone to nobody: the demo's people have not asked for any."""
    made = await announcements.begin(session, update_id=update_id, person_id=event.created_by, zone=event.zone, now=now)
    made.topic, made.cluster, made.texts, made.subject = TOPIC, event.cluster, event.texts, events.subject(event.id)
    made.state = AnnouncementState.SCHEDULED
    await note_told(session, made, now)
