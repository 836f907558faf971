"""Announcements, the times at which they go out, and one row for each recipient."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime
from storage.sealing import Sealed

OPEN_DELIVERY = text("state IN ('planned', 'claimed')")
WAITS_FOR_DIGEST = text("state = 'weekly' AND digest_id IS NULL")
IS_IN_DIGEST = text("digest_id IS NOT NULL")


class AnnouncementState(StrEnum):
    """The life of an announcement."""

    DRAFT = "draft"
    WAITING = "waiting"
    """For the approval of a second person."""
    SCHEDULED = "scheduled"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


class LatePolicy(StrEnum):
    """What to do with an occurrence whose time has passed while nobody could send it."""

    SEND = "send"
    SKIP = "skip"
    ASK = "ask"


class OccurrenceState(StrEnum):
    """The life of one sending."""

    PLANNED = "planned"
    HELD = "held"
    """An administrator is asked."""
    RUNNING = "running"
    PAUSED = "paused"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    FINISHED = "finished"


class Purpose(StrEnum):
    """What a sending is for."""

    MAIN = "main"
    """The announcement itself; of an event its invitation."""
    REMINDER = "reminder"
    CORRECTION = "correction"
    CANCELLATION = "cancellation"
    MOVED_UP = "moved_up"
    """A seat has become free for somebody on the waiting list."""
    DIGEST = "digest"
    SUMMARY = "summary"
    """The week in figures, for those who announce."""


class DeliveryState(StrEnum):
    """What became of one recipient."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """The request left and no answer came."""
    DROPPED = "dropped"
    """The subscription ended before the message left."""
    WEEKLY = "weekly"
    """Left to the weekly digest, since its recipient wants one; what became of it, the digest's own row says."""


class Announcement(Base):
    """What is told, to whom, and when."""

    __tablename__ = "announcements"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The update that began it: handled twice, it is there once."""
    topic: Mapped[str] = mapped_column(String(16))
    """events, funding or news."""
    cluster: Mapped[str] = mapped_column(String(32))
    """Who tells it; `*`: all clusters together."""
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    """Language -> title and body (Telegram HTML), and what goes along (bot.announcements.wording)."""
    subject: Mapped[str | None] = mapped_column(String(24), index=True)
    """What it is about: `event:<id>` or `call:<id>`; None: only its own text."""
    clusters: Mapped[int] = mapped_column(Integer, default=0)
    """Bits of the clusters whose subscribers are meant; 0: all."""
    steps: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[str] = mapped_column(String(16), default=AnnouncementState.DRAFT)
    first_at: Mapped[str | None] = mapped_column(String(32))
    """The first local time, ISO 8601 without zone."""
    zone: Mapped[str] = mapped_column(String(64))
    rule: Mapped[str | None] = mapped_column(String(200))
    """RRULE (RFC 5545); None: once."""
    late_policy: Mapped[str] = mapped_column(String(8), default=LatePolicy.ASK)
    answered: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Fields of bot.announcements.drafting.Field that have been filled, also with "no English text" or "at once"."""
    asks: Mapped[str | None] = mapped_column(String(16))
    """The field that is asked for; None: what anybody writes is not for this announcement."""
    asked_of: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """Who is asked; one announcement a person asks at a time."""
    touched_by: Mapped[int | None] = mapped_column(BigInteger)
    """The update that changed it last: handled twice, it changes one thing."""
    created_by: Mapped[int] = mapped_column(BigInteger)
    submitted_by: Mapped[int | None] = mapped_column(BigInteger)
    """Who asked for approval, or scheduled it."""
    approved_by: Mapped[int | None] = mapped_column(BigInteger)
    rejection: Mapped[str | None] = mapped_column(Sealed("announcements.rejection"))
    """Why it came back; None once it is submitted again."""
    version: Mapped[int] = mapped_column(Integer, default=1)
    """Rises with every change, so that only what was shown is scheduled or approved."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Occurrence(Base):
    """One sending of an announcement; there is one for each time."""

    __tablename__ = "occurrences"
    __table_args__ = (UniqueConstraint("announcement_id", "purpose", "due_at"), Index("ix_occurrences_state", "state"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"))
    purpose: Mapped[str] = mapped_column(String(16), default=Purpose.MAIN)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes_before: Mapped[int | None] = mapped_column(Integer)
    """Of a reminder: how long before what it reminds of."""
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """From then on nothing of it leaves, and quiet hours that last until then are not waited for; None: never."""
    state: Mapped[str] = mapped_column(String(16), default=OccurrenceState.PLANNED)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """The texts as they were when the audience was frozen."""
    audience: Mapped[int | None] = mapped_column(Integer)
    """How many recipients were frozen."""
    errors_in_row: Mapped[int] = mapped_column(Integer, default=0)
    fence: Mapped[int | None] = mapped_column(Integer)
    """The fencing number of the scheduler that froze it."""
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Delivery(Base):
    """One recipient of one occurrence."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "ix_deliveries_open",
            "occurrence_id",
            "person_id",
            sqlite_where=OPEN_DELIVERY,
            postgresql_where=OPEN_DELIVERY,
        ),
        Index(
            "ix_deliveries_waiting",
            "person_id",
            sqlite_where=WAITS_FOR_DIGEST,
            postgresql_where=WAITS_FOR_DIGEST,
        ),
        Index(
            "ix_deliveries_digest_id",
            "digest_id",
            "person_id",
            sqlite_where=IS_IN_DIGEST,
            postgresql_where=IS_IN_DIGEST,
        ),
    )

    occurrence_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """No foreign key: looking each row up would double the time that a large audience takes."""
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(16))
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Quiet hours, or a try that failed before anything left."""
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(String(64))
    """The class of the error."""
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest_id: Mapped[int | None] = mapped_column(Integer)
    """The sending of the weekly digest that tells it; None with `weekly`: the next one will."""


class Lease(Base):
    """Who does what only one may do; the number rises with each owner."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64))
    fence: Mapped[int] = mapped_column(Integer)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
