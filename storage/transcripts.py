"""Enquiries as the staff looks for them: by a word, and where their cards stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage.models import Enquiry, EnquiryMessage, EnquiryPlace

ESCAPE = "\\"


async def search(session: AsyncSession, word: str, clusters: Collection[str], *, limit: int) -> Sequence[Enquiry]:
    """Return the newest enquiries at work in `clusters` with a word in firm, text or what was said since."""
    here = select(EnquiryPlace.enquiry_id).where(EnquiryPlace.cluster.in_(clusters), EnquiryPlace.is_former.is_(False))
    said = select(EnquiryMessage.enquiry_id).where(
        EnquiryMessage.withdrawn_at.is_(None), _has(word, EnquiryMessage.text)
    )
    found = or_(_has(word, Enquiry.firm, Enquiry.text), Enquiry.id.in_(said))
    query = select(Enquiry).where(Enquiry.id.in_(here), found).order_by(Enquiry.id.desc()).limit(limit)
    return (await session.scalars(query)).all()


async def places(
    session: AsyncSession, enquiry_ids: Collection[int], clusters: Collection[str]
) -> Sequence[EnquiryPlace]:
    """Return where enquiries stand at clusters that work on them."""
    query = select(EnquiryPlace).where(
        EnquiryPlace.enquiry_id.in_(enquiry_ids), EnquiryPlace.cluster.in_(clusters), EnquiryPlace.is_former.is_(False)
    )
    return (await session.scalars(query)).all()


def _has(word: str, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether one of the columns has the word in any case; SQLite itself folds ASCII letters only."""
    forms = {word, word.lower(), word.upper(), word.capitalize()}
    patterns = [f"%{_escaped(form)}%" for form in forms]
    return or_(*(column.ilike(pattern, escape=ESCAPE) for column in columns for pattern in patterns))


def _escaped(word: str) -> str:
    for special in (ESCAPE, "%", "_"):
        word = word.replace(special, ESCAPE + special)
    return word
