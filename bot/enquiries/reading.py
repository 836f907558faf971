"""What the staff reads of enquiries: the transcript, what is open, what a word is found in. Each look is audited."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries.errors import NotHere, WordTooShort
from bot.enquiries.parties import Actor
from bot.enquiries.planning import clusters_at_work
from storage import audit, enquiries, searching, staff
from storage.models import Enquiry, EnquiryMessage

LEAST_WORD = 3
MOST_FOUND = 20


class Transcript(NamedTuple):
    """An enquiry with all that was said, the clusters at work (the leading one first), and the staff's names by id."""

    enquiry: Enquiry
    entries: Sequence[EnquiryMessage]
    clusters: Sequence[str]
    names: dict[int, str]


async def transcript(
    session: AsyncSession, enquiry: Enquiry, actor: Actor, clusters: Collection[str], *, now: datetime
) -> Transcript:
    """Return what was said, for somebody who works for `clusters`; raises NotHere where it is not theirs."""
    at_work = await clusters_at_work(session, enquiry)
    own = [cluster for cluster in at_work if cluster in clusters]
    if not own:
        raise NotHere
    await _note(session, "look", actor, own[0], enquiry_id=enquiry.id, now=now)
    return Transcript(enquiry, await enquiries.entries(session, enquiry.id), at_work, await staff.names(session))


async def search(
    session: AsyncSession, word: str, actor: Actor, clusters: Collection[str], *, now: datetime
) -> Sequence[Enquiry]:
    """Return the newest enquiries of clusters whose firm or text has a word; raises WordTooShort.

    The word itself is not noted: it may be a name.
    """
    word = " ".join(word.split())
    if len(word) < LEAST_WORD:
        raise WordTooShort(least=LEAST_WORD)
    found = await searching.search(session, word, clusters, limit=MOST_FOUND)
    only = next(iter(clusters)) if len(clusters) == 1 else None
    await _note(session, "search", actor, only, now=now, found=len(found))
    return found


async def _note(
    session: AsyncSession,
    act: str,
    actor: Actor,
    cluster: str | None,
    *,
    now: datetime,
    enquiry_id: int | None = None,
    **details: object,
) -> None:
    await audit.write(
        session,
        f"enquiry.{act}",
        actor=actor.user_id,
        cluster=cluster,
        enquiry_id=enquiry_id,
        details=details,
        update_id=actor.update_id,
        now=now,
    )
