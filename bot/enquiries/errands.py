"""A delivery of the outbox: what is sent about which enquiry, where to, and what has arrived of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from storage import enquiries, outbox, staff_chats
from storage.models import Enquiry, EnquiryMessage, EnquiryPlace, OutboxMessage, StaffChat


class Copy(NamedTuple):
    """A message that has arrived: what a reply to it is about. `kind` is that of storage.models.Relayed."""

    message_id: int
    kind: str
    entry_id: int | None = None


class NoStaffChat(Exception):  # noqa: N818  it is a state, not a fault
    """The cluster has no staff chat yet."""


@dataclass(slots=True)
class Errand:
    """One delivery: `rows` leave together, the first stands for all; `place` and `chat` only for a staff chat."""

    rows: list[OutboxMessage]
    enquiry: Enquiry
    entry: EnquiryMessage | None
    place: EnquiryPlace | None = None
    chat: StaffChat | None = None
    language: str = ""
    copies: list[Copy] = field(default_factory=list)
    """What has arrived so far."""
    card_shown: str | None = None
    """The digest of what the card was changed to; None: it stands as it was."""

    @property
    def row(self) -> OutboxMessage:
        """The row that stands for all that leaves together."""
        return self.rows[0]

    @property
    def departures(self) -> int:
        """How often it left or may have left, this time included."""
        return max(row.departures for row in self.rows)

    @property
    def is_marked(self) -> bool:
        """Whether it may have arrived before, so that it must say so."""
        return self.departures > 1

    @property
    def chat_id(self) -> int:
        """Where it goes."""
        chat_id = self.chat.chat_id if self.chat else self.row.chat_id
        assert chat_id is not None  # noqa: S101  a row has a cluster or a chat
        return chat_id

    @property
    def topic_id(self) -> int | None:
        """The topic it goes to."""
        return self.place.topic_id if self.place else None

    @property
    def card_id(self) -> int | None:
        """The card that all else answers where there are no topics."""
        return self.place.card_message_id if self.place and self.place.topic_id is None else None

    @property
    def is_to_firm(self) -> bool:
        """Whether it goes to the person who asked."""
        return self.place is None and self.row.chat_id == self.enquiry.person_id


async def read(session: AsyncSession, rows: list[OutboxMessage]) -> Errand:
    """Return what the delivery of `rows` needs; raises NoStaffChat."""
    row = rows[0]
    enquiry = await enquiries.by_id(session, row.enquiry_id)
    assert enquiry  # noqa: S101  rows of the outbox refer to it
    entry = await enquiries.entry(session, row.entry_id) if row.entry_id else None
    if row.cluster is None:
        return Errand(rows, enquiry, entry)
    chat = await staff_chats.of_cluster(session, row.cluster)
    if chat is None:
        raise NoStaffChat
    place = await enquiries.place(session, enquiry.id, row.cluster)
    assert place  # noqa: S101  what goes to a cluster has a place there
    return Errand(rows, enquiry, entry, place, chat)


async def keep_place(session: AsyncSession, errand: Errand, **values: int | str | None) -> None:
    """Change where an enquiry stands: what was made in a staff chat must not be made again."""
    assert errand.place  # noqa: S101  only staff chats have places
    kept = await enquiries.place(session, errand.enquiry.id, errand.place.cluster)
    for name, value in values.items():
        setattr(kept, name, value)
        setattr(errand.place, name, value)


async def claim_album(session: AsyncSession, errand: Errand, media_group_id: str) -> None:
    """Add the other messages of an album to what leaves."""
    more = await outbox.album(session, errand.row, media_group_id)
    await outbox.claim_more(session, errand.row, more)
    errand.rows.extend(more)
