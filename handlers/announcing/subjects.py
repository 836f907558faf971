"""How an announcement that is about something is told: an event by its card, for example."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from handlers.announcing import digesting
from handlers.context import Context
from handlers.events import sending as event
from handlers.funding import sending as call
from handlers.sending import Reader
from storage.models import Occurrence


class Teller(NamedTuple):
    """Tells of a kind of subject by its number."""

    preview: Callable[[Context, int, str], Awaitable[str]]
    """What a reader of a language would see of the announcement, as Telegram HTML."""
    send: Callable[[Context, int, Occurrence | None, Reader], Awaitable[int]]
    """Sends what an occurrence is for (None: a test of the announcement); returns the message's id."""


TELLERS = {
    "event": Teller(event.preview, event.send),
    "call": Teller(call.preview, call.send),
    "digest": Teller(digesting.preview, digesting.send),
    "summary": Teller(digesting.preview, digesting.send_summary),
}
"""By the first part of `Announcement.subject`; storage.subjects says to whom and until when."""


def teller_of(subject: object) -> tuple[Teller, int] | None:
    """Return who tells of a subject, and its number; None for an announcement that is only its own text."""
    kind, _, number = str(subject or "").partition(":")
    return (TELLERS[kind], int(number)) if kind in TELLERS else None
