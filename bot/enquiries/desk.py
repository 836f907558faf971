"""The staff at its desk: which enquiry is meant in a staff chat, and whether it is still there."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries.errors import FormerPlace, NotHere, NotYours
from bot.enquiries.planning import clusters_at_work
from storage import enquiries
from storage.models import Enquiry, EnquiryMessage, Side

REACHING = ("relay", "card", "answer", "ask")
"""Kinds of messages of the bot: a reply to one of these reaches the firm; all else is a note of the staff."""
NUMBER = re.compile(r"(?:GFC-)?(?:(\d{4})-)?0*([1-9]\d{0,8})", re.IGNORECASE)


class Meant(NamedTuple):
    """The enquiry that a message in a staff chat is about; `asks`: the firm is asked something."""

    enquiry_id: int
    asks: bool = False


async def at_desk(session: AsyncSession, enquiry_id: int, cluster: str) -> Enquiry:
    """Return an enquiry that a cluster works on, for nobody else to change meanwhile.

    Raises NotHere, and FormerPlace when it was handed over to another cluster.
    """
    found = await enquiries.by_id(session, enquiry_id, lock=True)
    place = await enquiries.place(session, enquiry_id, cluster)
    if found is None or place is None:
        raise NotHere
    if place.is_former:
        raise FormerPlace(number=found.number)
    return found


async def meant_by_reply(session: AsyncSession, chat_id: int, message_id: int) -> Meant | None:
    """Return what a reply to a message is about; None: it is a note and reaches nobody."""
    relayed = await enquiries.relayed_at(session, chat_id, message_id)
    if relayed is None or relayed.kind not in REACHING:
        return None
    return Meant(relayed.enquiry_id, asks=relayed.kind == "ask")


async def meant_here(session: AsyncSession, chat_id: int, message_id: int | None, topic: int | None) -> Meant | None:
    """Return the enquiry of a topic, or of any message of the bot that is replied to: for commands."""
    relayed = await enquiries.relayed_at(session, chat_id, message_id) if message_id else None
    if relayed is not None:
        return Meant(relayed.enquiry_id)
    place = await enquiries.by_topic(session, chat_id, topic) if topic else None
    return Meant(place.enquiry_id) if place else None


async def own_answer(session: AsyncSession, chat_id: int, message_id: int, author: int) -> EnquiryMessage:
    """Return an answer that a staff member has sent to a firm; raises NotYours for anything else."""
    entry = await enquiries.entry_at(session, chat_id, message_id)
    if entry is None or entry.side != Side.STAFF or entry.author_id != author:
        raise NotYours
    return entry


async def by_number(session: AsyncSession, number: str) -> Enquiry:
    """Return the enquiry of a number as people write it: GFC-2026-00042, 2026-42, 42; raises NotHere."""
    read = NUMBER.fullmatch(number.strip())
    found = await enquiries.by_id(session, int(read[2])) if read else None
    if found is None or read is None or read[1] not in {None, str(found.sent_at.year)}:
        raise NotHere
    return found


async def named(session: AsyncSession, number: str, clusters: Collection[str]) -> tuple[Enquiry, str]:
    """Return the enquiry of a number and which of `clusters` works on it, for nobody else to change meanwhile.

    Where several of them do, it is the leading one if it can be. Raises NotHere.
    """
    found = await by_number(session, number)
    own = [one for one in await clusters_at_work(session, found) if one in clusters]
    if not own:
        raise NotHere
    return await at_desk(session, found.id, own[0]), own[0]
