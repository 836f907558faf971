"""The fields of a draft: which is asked for, and what fills it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from enum import StrEnum

from bot.enquiries.contacts import guessed, normalised
from bot.enquiries.errors import TooLong, TooShort
from bot.enquiries.opening import checked_firm, checked_text
from storage.models import Draft, Way


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


def is_active(draft: Draft) -> bool:
    """Whether what the person writes is for the draft."""
    return draft.field != Field.KEPT


def is_complete(draft: Draft) -> bool:
    """Whether it can be sent."""
    return _missing(draft) is Field.PREVIEW


def ask(draft: Draft, field: Field, *, update_id: int, now: datetime) -> None:
    """Ask for a field, also for one that was filled."""
    draft.field, draft.update_id, draft.updated_at = field, update_id, now


def go_on(draft: Draft, *, update_id: int, now: datetime) -> None:
    """Ask for what is missing, else show the preview."""
    ask(draft, _missing(draft), update_id=update_id, now=now)


def fill(draft: Draft, text: str, *, update_id: int, now: datetime) -> bool:
    """Fill the field that is asked for with what was written, and ask for the next; return whether it fits there.

    Raises TooShort, TooLong, BadEmail, BadPhone.
    """
    filled = _FILLERS[Field(draft.field)](draft, text)
    if filled:
        go_on(draft, update_id=update_id, now=now)
    return filled


def keep_text(draft: Draft, text: str) -> None:
    """Keep a text that was not asked for, if it can be one."""
    with suppress(TooShort, TooLong):
        draft.text = checked_text(text)


def choose_way(draft: Draft, way: Way) -> None:
    """Keep how the firm wants to be answered; a contact of another way is forgotten."""
    if draft.way != way:
        draft.way, draft.contact = way, None


def _missing(draft: Draft) -> Field:
    needed = {Field.TEXT: draft.text, Field.CLUSTER: draft.cluster, Field.FIRM: draft.firm, Field.WAY: draft.way}
    if draft.way != Way.CHAT:
        needed[Field.CONTACT] = draft.contact
    return next((field for field, value in needed.items() if not value), Field.PREVIEW)


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
