"""Who gets announcements, of what, when; and the proof of each consent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime


class Rhythm(StrEnum):
    """How often a subscriber hears from us."""

    AT_ONCE = "at_once"
    WEEKLY = "weekly"


class Subscriber(Base):
    """One person; the selections are sets of bits, so that an audience of any size is one statement."""

    __tablename__ = "subscribers"

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(8))
    topics: Mapped[int] = mapped_column(Integer)
    """Bits of bot.announcements.selection.TOPICS; 0: nothing is wanted."""
    clusters: Mapped[int] = mapped_column(Integer, default=0)
    """Bits of the clusters; 0: all."""
    steps: Mapped[int] = mapped_column(Integer, default=0)
    """Bits of the steps of the value chain; 0: all."""
    rhythm: Mapped[str] = mapped_column(String(8), default=Rhythm.AT_ONCE)
    zone: Mapped[str] = mapped_column(String(64))
    quiet_from: Mapped[int | None] = mapped_column(Integer)
    """Minute of the local day from which on nothing is sent; None: no quiet hours."""
    quiet_until: Mapped[int | None] = mapped_column(Integer)
    quiet_sundays: Mapped[bool] = mapped_column(Boolean)
    blocked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When Telegram said that the person has blocked the bot; cleared when they write again."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Consent(Base):
    """One consent, or its withdrawal, as it was given; rows are only added."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_person_id", "person_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    person_id: Mapped[int] = mapped_column(BigInteger)
    given: Mapped[bool] = mapped_column(Boolean)
    topic: Mapped[str] = mapped_column(String(16))
    """What it is about; `*`: all topics."""
    version: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    """The wording as it was shown."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
