"""Enquiries, their places in staff chats, and what was said in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import Enquiry, EnquiryMessage, EnquiryPlace, EnquiryState, Relayed, Side

UNCLOSED = Enquiry.state != EnquiryState.CLOSED


async def by_id(session: AsyncSession, enquiry_id: int, *, lock: bool = False) -> Enquiry | None:
    """Return an enquiry; with `lock` nobody else changes it until the transaction ends."""
    return await session.get(Enquiry, enquiry_id, with_for_update=True if lock else None)


async def by_update(session: AsyncSession, update_id: int) -> Enquiry | None:
    """Return the enquiry that an update has opened."""
    return await session.scalar(select(Enquiry).where(Enquiry.update_id == update_id))


async def of_person(session: AsyncSession, person_id: int, *, limit: int = 20) -> Sequence[Enquiry]:
    """Return the enquiries of a person, the unclosed first, then the newest."""
    order = (Enquiry.state == EnquiryState.CLOSED, Enquiry.id.desc())
    query = select(Enquiry).where(Enquiry.person_id == person_id).order_by(*order).limit(limit)
    return (await session.scalars(query)).all()


async def held(session: AsyncSession, person_id: int, *, now: datetime) -> Enquiry | None:
    """Return the enquiry in which staff holds the chat of a person: the one in which it spoke last."""
    query = (
        select(Enquiry)
        .where(Enquiry.person_id == person_id, UNCLOSED, Enquiry.held_until > now)
        .order_by(func.coalesce(Enquiry.last_staff_at, Enquiry.sent_at).desc(), Enquiry.id.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def unclosed(session: AsyncSession) -> Sequence[Enquiry]:
    """Return what has not come to its end, oldest first."""
    return (await session.scalars(select(Enquiry).where(UNCLOSED).order_by(Enquiry.id))).all()


async def at_work(session: AsyncSession, clusters: Collection[str]) -> Sequence[tuple[Enquiry, EnquiryPlace]]:
    """Return what these clusters lead or were brought into and has not come to its end, oldest first, by cluster."""
    query = (
        select(Enquiry, EnquiryPlace)
        .join(EnquiryPlace, EnquiryPlace.enquiry_id == Enquiry.id)
        .where(UNCLOSED, EnquiryPlace.cluster.in_(clusters), EnquiryPlace.is_former.is_(False))
        .order_by(Enquiry.id)
    )
    return [(enquiry, place) for enquiry, place in await session.execute(query)]


async def count_since(session: AsyncSession, person_id: int, *, since: datetime) -> int:
    """Count what a person has sent since a time."""
    query = select(func.count()).select_from(Enquiry).where(Enquiry.person_id == person_id, Enquiry.sent_at >= since)
    return (await session.scalars(query)).one()


async def last_firm(session: AsyncSession, person_id: int) -> str | None:
    """Return the firm of a person's newest enquiry."""
    query = select(Enquiry.firm).where(Enquiry.person_id == person_id).order_by(Enquiry.id.desc()).limit(1)
    return await session.scalar(query)


async def count_said_since(session: AsyncSession, person_id: int, *, since: datetime) -> int:
    """Count the messages that a person has written in enquiries since a time."""
    said = (EnquiryMessage.author_id == person_id, EnquiryMessage.side == Side.FIRM, EnquiryMessage.said_at > since)
    return (await session.scalars(select(func.count()).select_from(EnquiryMessage).where(*said))).one()


async def places(session: AsyncSession, enquiry_id: int) -> Sequence[EnquiryPlace]:
    """Return where an enquiry stands, former places too."""
    query = select(EnquiryPlace).where(EnquiryPlace.enquiry_id == enquiry_id).order_by(EnquiryPlace.cluster)
    return (await session.scalars(query)).all()


async def place(session: AsyncSession, enquiry_id: int, cluster: str) -> EnquiryPlace | None:
    """Return the place of an enquiry in a cluster's staff chat."""
    return await session.get(EnquiryPlace, (enquiry_id, cluster))


async def by_topic(session: AsyncSession, chat_id: int, topic_id: int) -> EnquiryPlace | None:
    """Return the place whose topic this is."""
    query = select(EnquiryPlace).where(EnquiryPlace.chat_id == chat_id, EnquiryPlace.topic_id == topic_id)
    return await session.scalar(query)


async def entries(session: AsyncSession, enquiry_id: int) -> Sequence[EnquiryMessage]:
    """Return what was said, oldest first."""
    query = select(EnquiryMessage).where(EnquiryMessage.enquiry_id == enquiry_id).order_by(EnquiryMessage.id)
    return (await session.scalars(query)).all()


async def entry(session: AsyncSession, entry_id: int) -> EnquiryMessage | None:
    """Return one message of the record."""
    return await session.get(EnquiryMessage, entry_id)


async def entry_at(session: AsyncSession, chat_id: int, message_id: int) -> EnquiryMessage | None:
    """Return the message of the record that was written there."""
    query = select(EnquiryMessage).where(EnquiryMessage.chat_id == chat_id, EnquiryMessage.message_id == message_id)
    return await session.scalar(query)


async def relayed_at(session: AsyncSession, chat_id: int, message_id: int) -> Relayed | None:
    """Return what a message of the bot is about."""
    return await session.get(Relayed, (chat_id, message_id))


async def copies(session: AsyncSession, entry_id: int) -> Sequence[Relayed]:
    """Return the messages that are copies of a message of the record."""
    return (await session.scalars(select(Relayed).where(Relayed.entry_id == entry_id))).all()


async def note_relayed(
    session: AsyncSession,
    chat_id: int,
    message_ids: Collection[int],
    *,
    enquiry_id: int,
    kind: str,
    entry_id: int | None = None,
) -> None:
    """Keep what messages of the bot are about."""
    rows = [
        {
            "chat_id": chat_id,
            "message_id": message_id,
            "enquiry_id": enquiry_id,
            "entry_id": entry_id,
            "kind": kind,
        }
        for message_id in message_ids
    ]
    if rows:
        await session.execute(insert(session, Relayed).values(rows).on_conflict_do_nothing())


async def migrate_chat(session: AsyncSession, old: int, new: int) -> None:
    """Follow a group that has become a supergroup: its old messages cannot be edited there, so cards are sent anew."""
    moved = {"chat_id": new, "topic_id": None, "card_message_id": None, "card_shown": None}
    await session.execute(update(EnquiryPlace).where(EnquiryPlace.chat_id == old).values(**moved))
