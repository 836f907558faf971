"""Which keys have sealed this database, and who has asked to be forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime


class DataKey(Base):
    """A key that may have sealed something here; not the key itself."""

    __tablename__ = "data_keys"

    key_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    proof: Mapped[str] = mapped_column(String(64))
    """What tells the key from another with the same id."""
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Tombstone(Base):
    """That somebody was forgotten: what a restored backup still has of them is erased again."""

    __tablename__ = "tombstones"

    person_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Keyed hash of the person's number; without the key it tells nothing."""
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    """What is younger is a new beginning."""
    kept: Mapped[list[int]] = mapped_column(JSON)
    """Enquiries that were to go on; erased as soon as they are closed."""
