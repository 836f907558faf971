"""Where people corrected the step and the region that the bot had read: for the editors, without a name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime
from storage.sealing import Sealed


class RoutingExample(Base):
    """One correction; nothing in it says who made it. Regions are ISO 3166 codes, None is anywhere."""

    __tablename__ = "routing_examples"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The update of the last pressed button: handled twice, the correction is kept once."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str | None] = mapped_column(Sealed("routing_examples.text"))
    """The written enquiry; None where there was none, and after it was erased."""
    routed_steps: Mapped[list[str]] = mapped_column(JSON)
    routed_region: Mapped[str | None] = mapped_column(String(8))
    chosen_step: Mapped[str] = mapped_column(String(32))
    chosen_region: Mapped[str | None] = mapped_column(String(8))
