"""Feeds of others, and what was taken from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime


class Feed(Base):
    """An address that is looked at again and again."""

    __tablename__ = "feeds"
    __table_args__ = (Index("ix_feeds_next_at", "next_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The update that added it: handled twice, it is there once."""
    address: Mapped[str] = mapped_column(Text)
    cluster: Mapped[str] = mapped_column(String(32))
    """Whose drafts its items become; `*`: all clusters together."""
    title: Mapped[str] = mapped_column(Text, default="")
    added_by: Mapped[int] = mapped_column(BigInteger)
    etag: Mapped[str | None] = mapped_column(Text)
    modified: Mapped[str | None] = mapped_column(Text)
    """What the server called the last change, sent back as it came."""
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The last time that went well."""
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fault: Mapped[str | None] = mapped_column(String(16))
    """A word of bot.feeds.errors.Fault; None: the last time went well."""


class FeedItem(Base):
    """One event or article that became a draft; it stays when the draft goes, so that it does not come back."""

    __tablename__ = "feed_items"

    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    """By which it is known again, hashed."""
    digest: Mapped[str] = mapped_column(String(32))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the source said last."""
    kind: Mapped[str] = mapped_column(String(8))
    """event or news."""
    draft_id: Mapped[int] = mapped_column(Integer)
    """The event or the announcement that it became."""
    is_changed: Mapped[bool] = mapped_column(Boolean, default=False)
    """The source says something else than when the draft was made; an administrator decides."""
    is_gone: Mapped[bool] = mapped_column(Boolean, default=False)
    """The source has cancelled it."""
    is_told: Mapped[bool] = mapped_column(Boolean, default=False)
    """The administrators have been told of it, or of its change."""
