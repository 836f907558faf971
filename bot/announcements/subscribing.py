"""Subscribing: every topic is agreed to by itself, with proof, and can be ended by one tap."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.selection import TOPICS, bits
from bot.names import CLUSTERS, STEPS
from storage import funding, subscribers
from storage.models import Rhythm, Subscriber

CONSENT_VERSION = "1"
"""Raised when the meaning of messages/announcements/consent.html changes."""
QUIET_FROM, QUIET_UNTIL = 20 * 60, 8 * 60
"""Minutes of the day: the evening and the night, unless the subscriber chooses otherwise."""

FUNDING = "funding"
HOURS_FROM, HOURS_UNTIL = (18, 20, 22), (6, 7, 8, 9)
"""What can be chosen for the beginning and the end of quiet hours."""
ZONES = (
    "Europe/Berlin",
    "Europe/Vienna",
    "Europe/Zurich",
    "Europe/Amsterdam",
    "Europe/Copenhagen",
    "Europe/Warsaw",
    "Europe/London",
    "Europe/Athens",
)
"""Where members and partners of the four clusters are at home."""


class Wish(NamedTuple):
    """Who changes what they get, with which update; `text` is the wording that they saw."""

    person_id: int
    update_id: int
    text: str
    language: str
    zone: str


async def set_topic(session: AsyncSession, wish: Wish, topic: str, *, wanted: bool, now: datetime) -> Subscriber:
    """Begin or end a topic and keep the proof; what is so already stays. Raises ValueError for an unknown topic."""
    bit = bits([topic], TOPICS)
    subscriber = await known_or_new(session, wish, now=now)
    if not wanted and topic == FUNDING:
        await funding.end_wishes(session, wish.person_id, now=now)
    if bool(subscriber.topics & bit) != wanted:
        subscriber.topics ^= bit
        await subscribers.prove(
            session,
            wish.person_id,
            update_id=wish.update_id,
            given=wanted,
            topic=topic,
            version=CONSENT_VERSION,
            text=wish.text,
            now=now,
        )
    # Whoever presses a button can be written to.
    subscriber.blocked_at, subscriber.language, subscriber.updated_at = None, wish.language, now
    await session.flush()
    return subscriber


async def known_or_new(session: AsyncSession, wish: Wish, *, now: datetime) -> Subscriber:
    """Return what is known of a person as a subscriber; a newcomer gets nothing yet."""
    subscriber = await subscribers.by_id(session, wish.person_id)
    if subscriber is None:
        subscriber = _newcomer(wish, now)
        session.add(subscriber)
        await session.flush()
    return subscriber


async def end_all(session: AsyncSession, wish: Wish, *, now: datetime) -> bool:
    """End every topic and every reminder of a call; return whether there was a topic."""
    await funding.end_wishes(session, wish.person_id, now=now)
    subscriber = await subscribers.by_id(session, wish.person_id)
    if subscriber is None or not subscriber.topics:
        return False
    subscriber.topics, subscriber.updated_at = 0, now
    await subscribers.prove(
        session,
        wish.person_id,
        update_id=wish.update_id,
        given=False,
        topic="*",
        version=CONSENT_VERSION,
        text=wish.text,
        now=now,
    )
    return True


def _newcomer(wish: Wish, now: datetime) -> Subscriber:
    return Subscriber(
        person_id=wish.person_id,
        language=wish.language,
        topics=0,
        clusters=0,
        steps=0,
        rhythm=Rhythm.AT_ONCE,
        zone=wish.zone,
        quiet_from=QUIET_FROM,
        quiet_until=QUIET_UNTIL,
        quiet_sundays=True,
        updated_at=now,
    )


def choose(subscriber: Subscriber, what: str, value: str, *, now: datetime) -> None:
    """Change a choice: `cluster`, `step` (a name, or `all`), `from`, `until` (an hour, or `none`), `sundays`, `zone`.

    Also `rhythm`: bot.announcements.digest says what a change of it concerns.
    A value that is not offered changes nothing: buttons can be old.
    """
    if what in ("cluster", "step"):
        _choose_set(subscriber, what, value)
    elif what in ("from", "until"):
        _choose_hours(subscriber, what, value)
    elif what == "sundays":
        subscriber.quiet_sundays = not subscriber.quiet_sundays
    elif what == "rhythm":
        subscriber.rhythm = value if value in tuple(Rhythm) else subscriber.rhythm
    elif value in ZONES:
        subscriber.zone = value
    subscriber.updated_at = now


def _choose_set(subscriber: Subscriber, what: str, value: str) -> None:
    of = CLUSTERS if what == "cluster" else STEPS
    if value in of:
        setattr(subscriber, f"{what}s", getattr(subscriber, f"{what}s") ^ bits([value], of))
    elif value == "all":
        setattr(subscriber, f"{what}s", 0)


def _choose_hours(subscriber: Subscriber, what: str, value: str) -> None:
    if value == "none":
        subscriber.quiet_from = subscriber.quiet_until = None
        return
    hours = HOURS_FROM if what == "from" else HOURS_UNTIL
    if value not in map(str, hours):
        return
    subscriber.quiet_from = QUIET_FROM if subscriber.quiet_from is None else subscriber.quiet_from
    subscriber.quiet_until = QUIET_UNTIL if subscriber.quiet_until is None else subscriber.quiet_until
    setattr(subscriber, f"quiet_{what}", int(value) * 60)
