"""The groups in which the clusters' staff works."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime
from storage.sealing import Sealed


class StaffChat(Base):
    """The one group of a cluster."""

    __tablename__ = "staff_chats"

    cluster: Mapped[str] = mapped_column(String(32), primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    title: Mapped[str] = mapped_column(Sealed("staff_chats.title"))
    is_forum: Mapped[bool]
    linked_by: Mapped[int] = mapped_column(BigInteger)
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    problem: Mapped[str | None] = mapped_column(String(64))
    """What is missing, as bot.access.groups.Problem names it; None: the bot can work there."""
