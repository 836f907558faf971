"""Funding calls, and who wants to be reminded of which."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime


class FundingCall(Base):
    """The facts of a call; its title, its text and its cluster are those of the announcement that tells of it."""

    __tablename__ = "funding_calls"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id", ondelete="CASCADE"), unique=True)
    programme: Mapped[str] = mapped_column(Text, default="")
    opens_on: Mapped[str | None] = mapped_column(String(10))
    """The first day, ISO 8601; None: open already."""
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The cut-off; None: open until further notice."""
    zone: Mapped[str] = mapped_column(String(64))
    """The zone in which the cut-off was written."""
    who: Mapped[int] = mapped_column(Integer, default=0)
    """Bits of bot.funding.facts.APPLICANTS; 0: the call does not say."""
    steps: Mapped[int] = mapped_column(Integer, default=0)
    """Bits of the steps of the value chain that it is about; 0: any."""
    regions: Mapped[list[str]] = mapped_column(JSON, default=list)
    """ISO 3166 codes as in the content; none: everywhere."""
    amount: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Language -> how much, in words; empty: not told."""
    link: Mapped[str | None] = mapped_column(Text)
    answered: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Facts of bot.funding.facts.Fact that have been filled, also with "not told"."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FundingWish(Base):
    """What a person said about reminders of one call; without a row, nothing."""

    __tablename__ = "funding_wishes"

    call_id: Mapped[int] = mapped_column(ForeignKey("funding_calls.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    wanted: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
