"""The funding calls of the demo: clearly samples, told already, so that /funding has something to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import ladder
from bot.announcements.selection import bits
from bot.app import Running
from bot.demo_told import note_told
from bot.funding.facts import APPLICANTS, Fact
from bot.names import STEPS
from bot.texts import TEMPLATES
from storage import announcements, funding
from storage.models import Announcement, AnnouncementState

SAMPLES = TEMPLATES / "demo" / "calls.yaml"
TOPIC = "funding"
UPDATES = -2000
"""Telegram numbers updates above 0; the demo's own are this minus the number of the sample."""
NOON = 12


@dataclass(frozen=True, slots=True)
class SampleCall:
    """A call of the demo; it closes `days` after the start, at noon; None: never."""

    number: int
    cluster: str
    programme: str
    texts: dict[str, dict[str, str]]
    days: int | None = None
    who: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    amount: dict[str, str] = field(default_factory=dict)
    link: str | None = None


async def tell_samples(bot: Running) -> None:
    """Keep the samples, as if they had gone out; one that has closed opens again."""
    services = bot.services
    now, owner = services.clock(), services.settings.owners[0]
    for record in yaml.safe_load(SAMPLES.read_text(encoding="utf-8")):
        sample = SampleCall(**record)
        async with services.database.begin() as session:
            made = await announcements.begin(
                session,
                update_id=UPDATES - sample.number,
                person_id=owner,
                zone=services.settings.timezone,
                now=now,
            )
            await _tell(session, made, sample, now)


async def _tell(session: AsyncSession, made: Announcement, sample: SampleCall, now: datetime) -> None:
    """Note a call that has gone to nobody: the demo's people have not asked for any."""
    call = await funding.begin(session, made, now=now)
    if call.answered and (call.closes_at is None or call.closes_at > now):
        return
    made.topic, made.cluster, made.texts = TOPIC, sample.cluster, sample.texts
    made.state = AnnouncementState.SCHEDULED
    call.programme, call.amount, call.link, call.regions = sample.programme, sample.amount, sample.link, sample.regions
    call.who, call.steps = bits(sample.who, APPLICANTS), bits(sample.steps, STEPS)
    call.answered = [str(fact) for fact in Fact]
    if sample.days is not None:
        day = now.astimezone(ZoneInfo(call.zone)) + timedelta(days=sample.days)
        call.closes_at = day.replace(hour=NOON, minute=0, second=0, microsecond=0)
    await note_told(session, made, now)
    await session.flush()
    await ladder.plan_reminders(session, call.id, now=now)
