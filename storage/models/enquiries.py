"""Enquiries: the draft of a firm, the enquiry with its places in staff chats, and what was said."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, UtcDateTime
from storage.sealing import Sealed, SealedJson


class EnquiryState(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    """Nobody has claimed it."""
    CLAIMED = "claimed"
    WAITING = "waiting"
    """The staff waits for the firm."""
    CLOSED = "closed"


class Way(StrEnum):
    """How the firm wants to be answered; the chat works always."""

    CHAT = "chat"
    EMAIL = "email"
    PHONE = "phone"


class Outcome(StrEnum):
    """What became of a closed enquiry."""

    ANSWERED = "answered"
    CONTACT_MADE = "contact_made"
    PROJECT = "project"
    NOT_POSSIBLE = "not_possible"
    WITHDRAWN = "withdrawn"
    """By the firm."""
    NO_ANSWER = "no_answer"
    """The firm did not answer any more."""
    SPAM = "spam"


class Side(StrEnum):
    """Who said something."""

    FIRM = "firm"
    STAFF = "staff"


class Draft(Base):
    """What a person is writing, one a person; gone when it is sent or dropped."""

    __tablename__ = "drafts"

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """The person, who is also the private chat."""
    field: Mapped[str] = mapped_column(String(16))
    """What is asked for now: text, cluster, firm, way, contact, preview; kept: nothing until the person goes on."""
    cluster: Mapped[str | None] = mapped_column(String(32))
    steps: Mapped[list[str]] = mapped_column(JSON, default=list)
    region: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str | None] = mapped_column(Sealed("drafts.text"))
    firm: Mapped[str | None] = mapped_column(Sealed("drafts.firm"))
    way: Mapped[str | None] = mapped_column(String(8))
    contact: Mapped[str | None] = mapped_column(Sealed("drafts.contact"))
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(SealedJson("drafts.attachments"), default=list)
    """Messages that go along: message_id, kind, media_group_id, text, file_id."""
    is_placed: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether the person has chosen step and region; else they are read from the text, anew when it changes."""
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    """The update that changed it last: handled twice, it fills one field."""
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Enquiry(Base):
    """One enquiry of a firm, from consent to closure."""

    __tablename__ = "enquiries"
    __table_args__ = (
        Index("ix_enquiries_person_id", "person_id", "state"),
        Index("ix_enquiries_state", "state"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The update that sent it: handled twice, it is opened once."""
    person_id: Mapped[int] = mapped_column(BigInteger)
    language: Mapped[str] = mapped_column(String(8))
    cluster: Mapped[str] = mapped_column(String(32))
    """The cluster that leads."""
    steps: Mapped[list[str]] = mapped_column(JSON)
    region: Mapped[str | None] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Sealed("enquiries.text"))
    firm: Mapped[str] = mapped_column(Sealed("enquiries.firm"))
    way: Mapped[str] = mapped_column(String(8))
    contact: Mapped[str | None] = mapped_column(Sealed("enquiries.contact"))
    consent_version: Mapped[str] = mapped_column(String(16))
    consent_text: Mapped[str] = mapped_column(Text)
    """The wording that was agreed to, as it was shown."""
    state: Mapped[str] = mapped_column(String(16), default=EnquiryState.OPEN)
    claimed_by: Mapped[int | None] = mapped_column(BigInteger)
    claimed_name: Mapped[str | None] = mapped_column(Sealed("enquiries.claimed_name"))
    """The staff member as the colleagues know them; never told to the firm."""
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Until then the bot is silent towards the person and passes on what they write."""
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_answer_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_firm_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Its first word that the staff has not answered, or else its last."""
    last_staff_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the firm was told that it will be closed."""
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(16))
    rating: Mapped[int | None] = mapped_column(Integer)
    """1 to 5."""
    rating_text: Mapped[str | None] = mapped_column(Sealed("enquiries.rating_text"))

    @property
    def number(self) -> str:
        """What both sides quote: GFC-2026-00042."""
        return f"GFC-{self.sent_at.year}-{self.id:05d}"

    @property
    def is_closed(self) -> bool:
        """Whether it has come to its end."""
        return self.state == EnquiryState.CLOSED


class EnquiryPlace(Base):
    """An enquiry in the staff chat of one cluster."""

    __tablename__ = "enquiry_places"

    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiries.id"), primary_key=True)
    cluster: Mapped[str] = mapped_column(String(32), primary_key=True)
    is_former: Mapped[bool] = mapped_column(Boolean, default=False)
    """It was handed over to another cluster: the card stays, without buttons."""
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    """The staff chat in which the card stands; None: not there yet."""
    topic_id: Mapped[int | None] = mapped_column(BigInteger)
    topic_tries: Mapped[int] = mapped_column(Integer, default=0)
    """How often a topic was asked for: above 1, an earlier one may stand empty."""
    card_message_id: Mapped[int | None] = mapped_column(BigInteger)
    card_shown: Mapped[str | None] = mapped_column(String(16))
    """A digest of what the card shows: what it shows already is not sent again."""
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a cluster that was brought in said that its part is done."""


class EnquiryMessage(Base):
    """One message of the record, from the firm or to the firm; private notes of the staff are not kept."""

    __tablename__ = "enquiry_messages"
    __table_args__ = (UniqueConstraint("chat_id", "message_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiries.id"), index=True)
    side: Mapped[str] = mapped_column(String(8))
    cluster: Mapped[str | None] = mapped_column(String(32))
    """Which cluster's staff wrote it; None: the firm."""
    author_id: Mapped[int] = mapped_column(BigInteger)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    """Where it was written."""
    message_id: Mapped[int] = mapped_column(BigInteger)
    media_group_id: Mapped[str | None] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(16))
    """text, photo, document, voice ..., as the Bot API names the content."""
    text: Mapped[str] = mapped_column(Sealed("enquiry_messages.text"))
    """The text or caption; empty without one."""
    file_id: Mapped[str | None] = mapped_column(Sealed("enquiry_messages.file_id"))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BlockedPerson(Base):
    """A person who may send no more enquiries."""

    __tablename__ = "blocked_people"

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    blocked_by: Mapped[int] = mapped_column(BigInteger)
    blocked_at: Mapped[datetime] = mapped_column(UtcDateTime)
