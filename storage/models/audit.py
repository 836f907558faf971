"""What staff and owners did, and what they were refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime


class AuditEntry(Base):
    """One line of the audit log; the database refuses to change or delete it."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("update_id", "act"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[int | None] = mapped_column(BigInteger)
    """Who did it; None: the bot itself."""
    act: Mapped[str] = mapped_column(String(48), index=True)
    """A word of bot.access.acts.Act."""
    cluster: Mapped[str | None] = mapped_column(String(32), index=True)
    enquiry_id: Mapped[int | None] = mapped_column(Integer, index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Numbers and words of ours; never what a user wrote."""
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    """The update that it came with: handled twice, an act is noted once."""
