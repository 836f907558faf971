"""What was asked: for the editors, without a name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Float, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime
from storage.sealing import Sealed


class Question(Base):
    """One question and what became of it; nothing in it says who asked."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The update that it came with: handled twice, it is kept once."""
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(String(16))
    """answer, clarify, unknown, handover or smalltalk."""
    answered_with: Mapped[str | None] = mapped_column(String(128))
    """The entry or facet of the answer."""
    confidence: Mapped[float] = mapped_column(Float)
    candidates: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str | None] = mapped_column(Sealed("questions.text"))
    """Erased after a day when it was answered and nobody found that unhelpful."""
    helpful: Mapped[bool | None]
