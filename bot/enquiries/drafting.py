"""From a wish to a complete draft: what is asked for next, and what fills it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.enquiries.contacts import guessed, normalised
from bot.enquiries.errors import NoDraft, TooLong, TooManyFiles, TooShort
from bot.enquiries.opening import MOST_ATTACHMENTS, checked_firm, checked_text
from bot.enquiries.parties import Said
from storage import drafts
from storage.models import Draft, Way

CONSENT_VERSION = "2026-11"
"""Of the wording in messages/enquiries/consent.html; raise it with every change of meaning there."""


class Field(StrEnum):
    """What a draft asks for, in this order."""

    TEXT = "text"
    CLUSTER = "cluster"
    FIRM = "firm"
    WAY = "way"
    CONTACT = "contact"
    PREVIEW = "preview"
    KEPT = "kept"
    """The person does something else; what they write is not for the draft."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known when a person begins an enquiry."""

    text: str | None = None
    cluster: str | None = None
    steps: tuple[str, ...] = ()
    region: str | None = None


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


def is_active(draft: Draft) -> bool:
    """Whether what the person writes is for the draft."""
    return draft.field != Field.KEPT


def is_complete(draft: Draft) -> bool:
    """Whether it can be sent."""
    return _missing(draft) is Field.PREVIEW


def _differs(draft: Draft, wish: Wish) -> bool:
    """Whether a wish would replace something that was written; the person is asked first."""
    if not draft.text:
        return False
    return (wish.text or draft.text, wish.cluster or draft.cluster) != (draft.text, draft.cluster)


def _apply(draft: Draft, wish: Wish, *, update_id: int, now: datetime) -> None:
    """Take over what is known, and ask for the rest; a text that cannot be one is asked for."""
    if wish.text is not None and wish.text != draft.text:
        draft.text, draft.attachments = None, []
        _keep_text(draft, wish.text)
    if wish.cluster is not None:
        draft.cluster = wish.cluster
    if wish.steps:
        draft.steps, draft.region = list(wish.steps), wish.region
    go_on(draft, update_id=update_id, now=now)


def place(draft: Draft, steps: tuple[str, ...], region: str | None) -> None:
    """Keep where the text belongs in the value chain and on the map, unless that was chosen before."""
    draft.steps = draft.steps or list(steps)
    draft.region = draft.region or region


def fill(draft: Draft, text: str, *, update_id: int, now: datetime) -> bool:
    """Fill the field that is asked for with what was written, and ask for the next; return whether it fits there.

    Raises TooShort, TooLong, BadEmail, BadPhone.
    """
    filled = _FILLERS[Field(draft.field)](draft, text)
    if filled:
        go_on(draft, update_id=update_id, now=now)
    return filled


def choose_way(draft: Draft, way: Way) -> None:
    """Keep how the firm wants to be answered; a contact of another way is forgotten."""
    if draft.way != way:
        draft.way, draft.contact = way, None


def ask(draft: Draft, field: Field, *, update_id: int, now: datetime) -> None:
    """Ask for a field, also for one that was filled."""
    draft.field, draft.update_id, draft.updated_at = field, update_id, now


def go_on(draft: Draft, *, update_id: int, now: datetime) -> None:
    """Ask for what is missing, else show the preview."""
    ask(draft, _missing(draft), update_id=update_id, now=now)


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
        _keep_text(draft, text)
        if draft.text:
            go_on(draft, update_id=update_id, now=now)


def is_shown(draft: Draft, version: str, stamp: int) -> bool:
    """Whether the draft is what a preview showed; `stamp` is the update that had changed it last then."""
    return is_complete(draft) and (version, stamp) == (CONSENT_VERSION, draft.update_id)


def _missing(draft: Draft) -> Field:
    needed = {Field.TEXT: draft.text, Field.CLUSTER: draft.cluster, Field.FIRM: draft.firm, Field.WAY: draft.way}
    if draft.way != Way.CHAT:
        needed[Field.CONTACT] = draft.contact
    return next((field for field, value in needed.items() if not value), Field.PREVIEW)


def _keep_text(draft: Draft, text: str) -> None:
    """Keep a text that was not asked for, if it can be one."""
    with suppress(TooShort, TooLong):
        draft.text = checked_text(text)


def _fill_text(draft: Draft, text: str) -> bool:
    draft.text = checked_text(text)
    return True


def _fill_firm(draft: Draft, text: str) -> bool:
    draft.firm = checked_firm(text)
    return bool(draft.firm)


def _fill_contact(draft: Draft, text: str) -> bool:
    draft.contact = normalised(draft.way or Way.EMAIL, text)
    return True


def _fill_way(draft: Draft, text: str) -> bool:
    """Take an address or a number for the wish to be answered there."""
    found = guessed(text)
    if found is not None:
        draft.way, draft.contact = found
    return found is not None


def _not_written(_draft: Draft, _text: str) -> bool:
    """Buttons answer this one."""
    return False


_FILLERS = {
    Field.TEXT: _fill_text,
    Field.FIRM: _fill_firm,
    Field.CONTACT: _fill_contact,
    Field.WAY: _fill_way,
    Field.CLUSTER: _not_written,
    Field.PREVIEW: _not_written,
}
