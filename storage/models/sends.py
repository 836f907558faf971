"""What left for Telegram while an update was handled."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.sealing import SealedJson


class Send(Base):
    """The n-th send of an update, kept until the update is done, so that a second run does not send it again."""

    __tablename__ = "sends"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    method: Mapped[str] = mapped_column(String(64), primary_key=True)
    departures: Mapped[int] = mapped_column(Integer, default=0)
    """How often it left, or may have left: above 0 and not sent, its fate is unknown."""
    sent: Mapped[bool] = mapped_column(Boolean, default=False)
    result: Mapped[Any | None] = mapped_column(SealedJson("sends.result"))
    """Telegram's answer."""
