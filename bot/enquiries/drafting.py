"""A draft of an enquiry: begun with a wish, completed, shown, and sent as it was shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries.errors import NoDraft, TooManyFiles
from bot.enquiries.fields import Field, go_on, is_complete, keep_text
from bot.enquiries.opening import MOST_ATTACHMENTS
from bot.enquiries.parties import Said
from storage import drafts
from storage.models import Draft

CONSENT_VERSION = "2026-11"
"""Of the wording in messages/enquiries/consent.html; raise it with every change of meaning there."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known when a person begins an enquiry."""

    text: str | None = None
    cluster: str | None = None
    steps: tuple[str, ...] = ()
    region: str | None = None
    is_chosen: bool = False
    """Whether the person has chosen step and region, instead of having them read from the text."""


async def of(session: AsyncSession, person_id: int) -> Draft:
    """Return the draft of a person; raises NoDraft."""
    draft = await drafts.of(session, person_id)
    if draft is None:
        raise NoDraft
    return draft


async def begun(
    session: AsyncSession, person_id: int, wish: Wish, *, anew: bool, update_id: int, now: datetime
) -> Draft | None:
    """Begin or take up the draft of a person with what they wish; the same update does it once.

    None: another one was written before, and is kept until the person decides; `anew`: they did, it is dropped.
    """
    draft = await drafts.of(session, person_id)
    if draft is not None and draft.update_id == update_id:
        return draft
    if draft is not None and anew:
        await session.delete(draft)
        await session.flush()
    elif draft is not None and _differs(draft, wish):
        return None
    draft = await drafts.begin(session, person_id, now=now)
    _apply(draft, wish, update_id=update_id, now=now)
    return draft


def _differs(draft: Draft, wish: Wish) -> bool:
    """Whether a wish would replace something that was written; the person is asked first."""
    if not draft.text:
        return False
    return (wish.text or draft.text, wish.cluster or draft.cluster) != (draft.text, draft.cluster)


def _apply(draft: Draft, wish: Wish, *, update_id: int, now: datetime) -> None:
    """Take over what is known, and ask for the rest; a text that cannot be one is asked for."""
    if wish.text is not None and wish.text != draft.text:
        draft.text, draft.attachments, draft.is_placed = None, [], False
        keep_text(draft, wish.text)
    if wish.cluster is not None:
        draft.cluster = wish.cluster
    if wish.steps:
        draft.steps, draft.region, draft.is_placed = list(wish.steps), wish.region, wish.is_chosen
    go_on(draft, update_id=update_id, now=now)


def place(draft: Draft, steps: tuple[str, ...], region: str | None) -> None:
    """Keep where the text, as it is now, belongs in the value chain and on the map; what was chosen by hand stays."""
    if not draft.is_placed:
        draft.steps, draft.region = list(steps), region


def attach(draft: Draft, said: Said, *, now: datetime) -> bool:
    """Let a message go along; return whether it is the first one or the first of its album. Raises TooManyFiles."""
    known = draft.attachments
    if all(one["message_id"] != said.message_id for one in known):
        if len(known) >= MOST_ATTACHMENTS:
            raise TooManyFiles(most=MOST_ATTACHMENTS)
        one = {"message_id": said.message_id, "kind": said.kind, "media_group_id": said.media_group_id}
        known = draft.attachments = [*known, {**one, "text": said.text, "file_id": said.file_id}]
        draft.updated_at = now
    album = [one["message_id"] for one in known if one["media_group_id"] == said.media_group_id]
    return said.media_group_id is None or album[0] == said.message_id


def caption(draft: Draft, text: str, *, update_id: int, now: datetime) -> None:
    """Take what is written under a picture for the text, where that is asked for and it says enough."""
    if draft.field == Field.TEXT and draft.update_id != update_id:
        keep_text(draft, text)
        if draft.text:
            go_on(draft, update_id=update_id, now=now)


def is_shown(draft: Draft, version: str, stamp: int) -> bool:
    """Whether the draft is what a preview showed; `stamp` is the update that had changed it last then."""
    return is_complete(draft) and (version, stamp) == (CONSENT_VERSION, draft.update_id)
