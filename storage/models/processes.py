"""The processes that work on this database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime


class Process(Base):
    """A process that works; what it has claimed is its own as long as this row is there."""

    __tablename__ = "processes"

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    """After that, others may take over; it is prolonged again and again."""
    pace: Mapped[float] = mapped_column(Float, default=0.0)
    """Messages a second that it has sent of late."""
