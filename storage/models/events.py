"""Events, and who comes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime
from storage.sealing import Sealed


class EventState(StrEnum):
    """The life of an event."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    """An announcement invites to it; members see it once that has begun to go out."""
    CANCELLED = "cancelled"


class AttendanceState(StrEnum):
    """What somebody replied, and whether there was a seat."""

    COMING = "yes"
    WAITING = "waiting"
    MAYBE = "maybe"
    NOT_COMING = "no"


class Event(Base):
    """What takes place where and when; also a revision of one, until it is sent as a correction."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The update that began it: handled twice, it is there once."""
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    """By which calendars know it again (RFC 5545, 3.8.4.7)."""
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    """Rises with each correction (RFC 5545, 3.8.7.4)."""
    revises: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    """The event that it will replace; `base`: the version of that one when the revision began."""
    base: Mapped[int | None] = mapped_column(Integer)
    cluster: Mapped[str] = mapped_column(String(32))
    """Who invites; `*`: all clusters together."""
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    """Language -> title and body (Telegram HTML)."""
    begins_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    zone: Mapped[str] = mapped_column(String(64))
    """The zone in which its times are told."""
    place: Mapped[str | None] = mapped_column(Text)
    """The address of the venue."""
    online: Mapped[str | None] = mapped_column(Text)
    """The link by which one takes part from afar."""
    link: Mapped[str | None] = mapped_column(Text)
    """Where there is more about it."""
    seats: Mapped[int | None] = mapped_column(Integer)
    """None: as many as come."""
    deadline: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until when one can register; None: until it begins."""
    state: Mapped[str] = mapped_column(String(16), default=EventState.DRAFT)
    changed: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The fields that the last correction has changed."""
    choices: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """What a calendar file held, while one of several is to be chosen."""
    answered: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Fields of bot.events.drafting.Field that have been filled, also with "none"."""
    asks: Mapped[str | None] = mapped_column(String(16))
    """The field that is asked for; None: what anybody writes is not for this event."""
    asked_of: Mapped[int | None] = mapped_column(BigInteger, index=True)
    touched_by: Mapped[int | None] = mapped_column(BigInteger)
    """The update that changed it last: handled twice, it changes one thing."""
    created_by: Mapped[int] = mapped_column(BigInteger)
    replies: Mapped[int] = mapped_column(Integer, default=0)
    """Rises with each reply: the order in which they came."""
    version: Mapped[int] = mapped_column(Integer, default=1)
    """Rises with every change of what is told."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Attendance(Base):
    """What one person replied to one event."""

    __tablename__ = "attendances"
    __table_args__ = (Index("ix_attendances_state", "event_id", "state", "place"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Sealed("attendances.name"))
    """As the person is called in Telegram; for those who invite."""
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8))
    place: Mapped[int] = mapped_column(Integer)
    """The order in which the replies came: the lowest of the waiting moves up first."""
    reminders: Mapped[int] = mapped_column(Integer, default=0)
    """Bits of storage.attendances.REMINDERS; 0: none is wanted."""
    moved_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a seat became free for them, which is also when they are told."""
    replied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_by: Mapped[int | None] = mapped_column(BigInteger)
    """The update that changed the reminders last: handled twice, it changes one thing."""
