"""What the card of an enquiry shows and offers, from the record alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from babel import Locale

from storage.models import Enquiry, EnquiryMessage, EnquiryPlace, EnquiryState, OutboxMessage, OutboxState, Outcome

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
"""The acts of the leading cluster in each state, in rows of buttons; callback data `staff:<id>:<act>`."""
REOPENED: tuple[tuple[str, ...], ...] = (("history", "reopen"),)
"""Instead of those of a closed enquiry, where the staff may open it again."""


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
    is_blocked: bool = False
    """Whether what the firm writes is refused."""
    done: frozenset[str] = frozenset()
    """The clusters among those that were brought in that have done their part."""

    @property
    def acts(self) -> tuple[tuple[str, ...], ...]:
        """What the staff may do here, in rows; nothing where the enquiry was handed over."""
        if self.is_former:
            return ()
        if self.enquiry.is_closed:
            withdrawn = self.enquiry.outcome == Outcome.WITHDRAWN
            return REOPENED if self.leads and not withdrawn else ACTS[EnquiryState.CLOSED]
        others = {"block": "unblock"} if self.is_blocked else {}
        if not self.leads:
            others["close"] = "unready" if self.cluster in self.done else "ready"
        rows = [tuple(others.get(act, act) for act in row) for row in ACTS[EnquiryState(self.enquiry.state)]]
        return (*rows, ("back",)) if self.is_held else tuple(rows)

    @property
    def leads(self) -> bool:
        """Whether it is the card of the leading cluster, which alone closes the enquiry."""
        return self.cluster == self.enquiry.cluster


class Record(NamedTuple):
    """What a card is made of: the enquiry, its places, what was sent to the firm last, and the record of that."""

    enquiry: Enquiry
    places: Sequence[EnquiryPlace]
    last: OutboxMessage | None
    entry: EnquiryMessage | None
    is_blocked: bool


def card_of(record: Record, cluster: str, *, now: datetime) -> Card:
    """Return the card for the place at `cluster`."""
    enquiry, places = record.enquiry, record.places
    former = {place.cluster for place in places if place.is_former}
    at_work = sorted({place.cluster for place in places} - former, key=lambda one: (one != enquiry.cluster, one))
    done = frozenset(place.cluster for place in places if place.done_at is not None) & frozenset(at_work[1:])
    held = enquiry.held_until is not None and enquiry.held_until > now and not enquiry.is_closed
    answer = _answer(record.last, record.entry)
    return Card(enquiry, cluster, cluster in former, tuple(at_work), answer, held, record.is_blocked, done)


def digest(text: str, rows: Sequence[Sequence[tuple[str, str]]]) -> str:
    """Return what tells a card from another one: 16 characters of its text and its buttons."""
    return blake2b(repr((text, [list(row) for row in rows])).encode(), digest_size=8).hexdigest()


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
