"""What came from Telegram and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime
from storage.sealing import SealedJson

UNFINISHED = text("done_at IS NULL")


class UpdateState(StrEnum):
    """The life of an update."""

    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"
    SET_ASIDE = "set_aside"


class InboxUpdate(Base):
    """One update; its identifier is Telegram's, so that a repeated delivery is the same row."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_unfinished",
            "received_at",
            "update_id",
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
        Index(
            "ix_inbox_chat_key",
            "chat_key",
            "received_at",
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
        Index("ix_inbox_done_at", "done_at"),
    )

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_key: Mapped[int] = mapped_column(BigInteger)
    """The chat, else the user: what has the same key is handled in order."""
    payload: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("inbox.payload"))
    """The update as it came; removed when it is done."""
    state: Mapped[str] = mapped_column(String(16), default=UpdateState.OPEN)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    """Tries that failed for a reason that lies in the update or in us."""
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claim_owner: Mapped[str | None] = mapped_column(String(64))
    """The process that handles it."""
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was done or set aside."""
    error: Mapped[str | None] = mapped_column(String(128))
    """The class of the last error, without its text."""
