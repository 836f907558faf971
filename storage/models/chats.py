"""What the bot remembers of a chat: its language and what was last talked about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime
from storage.sealing import SealedJson


class ChatMemory(Base):
    """One row a chat; no names, no message texts."""

    __tablename__ = "chats"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chosen_language: Mapped[str | None] = mapped_column(String(8))
    """The language that the person chose; None: the bot follows the person."""
    last_language: Mapped[str | None] = mapped_column(String(8))
    context: Mapped[dict[str, Any]] = mapped_column(SealedJson("chats.context"), default=dict)
    """What a follow-up question refers to, as bot.answering wrote it."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
