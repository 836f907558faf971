"""A word in the enquiries of clusters; what is sealed is searched here, not by the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Enquiry, EnquiryMessage, EnquiryPlace

AT_ONCE = 100
"""Enquiries that are opened in one go, so that others have their turn in between."""


async def search(session: AsyncSession, word: str, clusters: Collection[str], *, limit: int) -> Sequence[Enquiry]:
    """Return the newest enquiries at work in `clusters` with a word in firm, text or what was said since.

    An index of hashed words would find whole words only, and tell whoever has the file how often each occurs.
    """
    wanted, found, before = word.casefold(), list[Enquiry](), None
    while len(found) < limit:
        batch = await _batch(session, clusters, before)
        said = await _said(session, [enquiry.id for enquiry in batch])
        found += [
            enquiry
            for enquiry in batch
            if any(wanted in text.casefold() for text in (enquiry.firm, enquiry.text, *said.get(enquiry.id, ())))
        ]
        if len(batch) < AT_ONCE:
            break
        before = batch[-1].id
    return found[:limit]


async def _batch(session: AsyncSession, clusters: Collection[str], before: int | None) -> Sequence[Enquiry]:
    here = select(EnquiryPlace.enquiry_id).where(EnquiryPlace.cluster.in_(clusters), EnquiryPlace.is_former.is_(False))
    query = select(Enquiry).where(Enquiry.id.in_(here)).order_by(Enquiry.id.desc()).limit(AT_ONCE)
    return (await session.scalars(query if before is None else query.where(Enquiry.id < before))).all()


async def _said(session: AsyncSession, enquiry_ids: Collection[int]) -> dict[int, list[str]]:
    query = select(EnquiryMessage.enquiry_id, EnquiryMessage.text).where(
        EnquiryMessage.enquiry_id.in_(enquiry_ids), EnquiryMessage.withdrawn_at.is_(None)
    )
    said: dict[int, list[str]] = {}
    for enquiry_id, text in await session.execute(query):
        said.setdefault(enquiry_id, []).append(text)
    return said
