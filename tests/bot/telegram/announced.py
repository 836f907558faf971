"""An announcement that is due, with its subscribers, for the tests of the broadcast."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from telegram.ext import ExtBot

from bot.announcements.selection import TOPICS, bits
from bot.announcements.starting import schedule
from bot.telegram.lanes import Lane
from bot.telegram.letters import Letter, Uploads, send_letter
from bot.telegram.recipients import Send
from storage.database import Database
from storage.models import Announcement, Occurrence, Subscriber

MINUTE = timedelta(minutes=1)


async def due(database: Database, people: Iterable[int], *, now: datetime, **more: object) -> None:
    """Let `people` subscribe to news, and news be due."""
    async with database.begin() as session:
        session.add_all(
            Subscriber(
                person_id=person,
                language="de",
                topics=bits(["news"], TOPICS),
                zone="Europe/Berlin",
                quiet_sundays=False,
                updated_at=now,
                **more,
            )
            for person in people
        )
        announcement = Announcement(
            update_id=1,
            topic="news",
            cluster="nieke",
            texts={"de": {"title": "Neues", "body": "Neues"}},
            first_at=(now - MINUTE).replace(tzinfo=None).isoformat(),
            zone="UTC",
            created_by=1,
            updated_at=now,
        )
        session.add(announcement)
        await session.flush()
        await schedule(session, announcement, now=now)


def sender(bot: ExtBot[Any]) -> Send:
    """Send the body of an announcement."""
    uploads = Uploads()

    async def send(occurrence: Occurrence, person: int, language: str) -> int:
        content = occurrence.content or {}
        return await send_letter(bot, person, Letter(content["texts"][language]["body"]), uploads, lane=Lane.BULK)

    return send


async def nobody(occurrence: Occurrence, *, restored: bool = False) -> None:
    """Take a report and do nothing."""
