"""What the card of an enquiry shows and offers, from the record alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel import Locale

from storage.models import Enquiry, EnquiryMessage, EnquiryPlace, EnquiryState, OutboxMessage, OutboxState

ACTS: dict[EnquiryState, tuple[tuple[str, ...], ...]] = {
    EnquiryState.OPEN: (
        ("claim", "answer"),
        ("ask", "canned"),
        ("hand", "bring"),
        ("history", "block"),
        ("close",),
    ),
    EnquiryState.CLAIMED: (
        ("answer", "ask"),
        ("canned", "wait"),
        ("hand", "bring"),
        ("history", "block"),
        ("claim", "close"),
    ),
    EnquiryState.WAITING: (
        ("answer", "ask"),
        ("canned", "hand"),
        ("bring", "history"),
        ("block", "claim"),
        ("close",),
    ),
    EnquiryState.CLOSED: (("history",),),
}
"""The acts of the staff in each state, in rows of buttons; callback data `staff:<id>:<act>`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of the last message to the firm: on_its_way, arrived, blocked, failed or withdrawn."""

    fate: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """The card in one staff chat; clusters by their ids."""

    enquiry: Enquiry
    cluster: str
    is_former: bool
    at_work: tuple[str, ...]
    """The clusters that work on it, the leading one first."""
    answer: Answer | None
    is_held: bool
    """Whether the bot is silent in the firm's chat."""

    @property
    def acts(self) -> tuple[tuple[str, ...], ...]:
        """What the staff may do here, in rows; nothing where the enquiry was handed over."""
        if self.is_former:
            return ()
        rows = ACTS[EnquiryState(self.enquiry.state)]
        return (*rows, ("back",)) if self.is_held else rows


def card_of(
    enquiry: Enquiry,
    places: Sequence[EnquiryPlace],
    cluster: str,
    last: OutboxMessage | None,
    entry: EnquiryMessage | None,
    *,
    now: datetime,
) -> Card:
    """Return the card for the place at `cluster`; `last` is what was sent to the firm last, `entry` its record."""
    former = {place.cluster for place in places if place.is_former}
    at_work = sorted({place.cluster for place in places} - former, key=lambda one: (one != enquiry.cluster, one))
    held = enquiry.held_until is not None and enquiry.held_until > now and not enquiry.is_closed
    return Card(enquiry, cluster, cluster in former, tuple(at_work), _answer(last, entry), held)


def language_name(code: str, language: str) -> str:
    """Return what a language is called in another one: ("en", "de") is Englisch."""
    return str(Locale.parse(language).languages.get(code, code))


def _answer(last: OutboxMessage | None, entry: EnquiryMessage | None) -> Answer | None:
    if last is None:
        return None
    if entry is not None and entry.withdrawn_at is not None:
        return Answer("withdrawn", entry.withdrawn_at)
    fates = {OutboxState.SENT: "arrived", OutboxState.BLOCKED: "blocked", OutboxState.FAILED: "failed"}
    return Answer(fates.get(OutboxState(last.state), "on_its_way"), last.sent_at)
