"""What is to be sent about an enquiry, and where it has arrived."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime
from storage.sealing import SealedJson

UNSENT = text("state IN ('planned', 'claimed', 'parked')")


class OutboxState(StrEnum):
    """The life of a message to be sent."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    """It may have left: after a crash it is sent again, with a mark."""
    PARKED = "parked"
    """The cluster has no staff chat that works; planned again when one is linked."""
    SENT = "sent"
    BLOCKED = "blocked"
    """The person has blocked the bot, or deleted the account."""
    FAILED = "failed"
    """Refused by Telegram for good."""


class OutboxKind(StrEnum):
    """What is sent."""

    CARD = "card"
    """The card in a staff chat: sent once, then edited to what is true."""
    RELAY = "relay"
    """A message of the other side."""
    EDIT = "edit"
    """A relayed message was changed where it was written."""
    WITHDRAW = "withdraw"
    """A relayed message is taken back."""
    NOTICE = "notice"
    """A text of the bot: a template and its values."""
    ERASE = "erase"
    """What stands in a staff chat of an enquiry whose person wants to be forgotten is taken away."""


class OutboxMessage(Base):
    """One message to one place; the row outlives the process, the target is looked up when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_unsent", "lane", "id", sqlite_where=UNSENT, postgresql_where=UNSENT),
        Index("ix_outbox_enquiry_id", "enquiry_id"),
        Index("ix_outbox_entry_id", "entry_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(96), unique=True)
    """Says what it is, so that a handler that runs twice plans it once."""
    lane: Mapped[str] = mapped_column(String(64))
    """Messages of one lane go one after another."""
    cluster: Mapped[str | None] = mapped_column(String(32))
    """To this cluster's staff chat; None: to `chat_id`."""
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    """To this private chat (a firm, an administrator)."""
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiries.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("enquiry_messages.id"))
    """The message of the record that is relayed, changed or taken back."""
    kind: Mapped[str] = mapped_column(String(16))
    values: Mapped[dict[str, Any]] = mapped_column(SealedJson("outbox.values"), default=dict)
    """For a notice: `template`, `buttons` (a name, see handlers.relaying), and what the template is given."""
    state: Mapped[str] = mapped_column(String(16), default=OutboxState.PLANNED)
    claim_owner: Mapped[str | None] = mapped_column(String(64))
    """The process that has claimed it."""
    departures: Mapped[int] = mapped_column(Integer, default=0)
    """How often it left, or may have left, without an answer."""
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(128))
    """The class of the last error, without its text."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Relayed(Base):
    """A message that the bot sent about an enquiry: a reply to it is about the same."""

    __tablename__ = "relayed"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiries.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("enquiry_messages.id"), index=True)
    """The message of the record that it is a copy of."""
    kind: Mapped[str] = mapped_column(String(16))
    """card, relay, notice, or what a reply to it means: answer, ask (a prompt in a staff chat)."""
