"""Tickets that were handed out: for a role, or to link a group."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime


class InvitationKind(StrEnum):
    """What a ticket is good for."""

    ROLE = "role"
    CHAT = "chat"


class Invitation(Base):
    """One ticket; it works once, until it expires or is withdrawn."""

    __tablename__ = "invitations"

    nonce: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    role: Mapped[str | None] = mapped_column(String(16))
    """None for a ticket that links a group."""
    cluster: Mapped[str] = mapped_column(String(32))
    created_by: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_by: Mapped[int | None] = mapped_column(BigInteger)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The update that asked for it: handled twice, it gives one ticket."""
