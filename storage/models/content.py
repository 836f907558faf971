"""The content as it is used: shipped with the bot, or edited."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime


class Origin(StrEnum):
    """Who wrote the record that is in use."""

    SHIPPED = "shipped"
    EDITED = "edited"


class ContentItem(Base):
    """One record of the content: an entry, or a cluster with its facts."""

    __tablename__ = "content"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    origin: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(16))
    """The shipped version that the record is, or was edited from."""
    shipped_version: Mapped[str] = mapped_column(String(16))
    """The version that the installed bot ships; another than `version`: an edited record could be renewed."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
