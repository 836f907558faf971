"""What goes wrong, at which work, and what must come of it: the table that the tests walk through."""

from __future__ import annotations

from enum import StrEnum


class Work(StrEnum):
    """What is under way when something goes wrong."""

    ANSWER = "answer"
    """A question is asked, and answered."""
    ENQUIRY = "enquiry"
    """The staff replies to an enquiry; the reply goes to the firm."""
    BROADCAST = "broadcast"
    """An announcement falls due, and goes to three subscribers, of whom one is looked at."""


class Trouble(StrEnum):
    """What goes wrong; at Telegram's side for one message, or with the clock."""

    DELAY = "delay"
    RESET = "reset"
    SERVER_ERROR = "5xx"
    DROPPED_ANSWER = "dropped answer"
    CLOCK_JUMP = "clock jump"


class Fate(StrEnum):
    """What the addressee has got in the end, and what the bot knows of it."""

    ONCE = "once"
    """One copy, without a mark."""
    MARKED = "once, marked"
    """One copy, which says that it may be a repetition: nobody could know that the first had not arrived."""
    TWICE_MARKED = "twice, the second marked"
    UNKNOWN_LOST = "not, listed as unknown"
    """Nobody gets an announcement twice without an administrator's wish: so it is not repeated."""
    UNKNOWN_ARRIVED = "once, listed as unknown"


MATRIX: dict[Trouble, tuple[Fate, Fate, Fate]] = {
    # What goes wrong:      (answer, enquiry, broadcast)
    Trouble.DELAY: (Fate.ONCE, Fate.ONCE, Fate.ONCE),
    Trouble.RESET: (Fate.MARKED, Fate.MARKED, Fate.UNKNOWN_LOST),
    Trouble.SERVER_ERROR: (Fate.MARKED, Fate.MARKED, Fate.UNKNOWN_LOST),
    Trouble.DROPPED_ANSWER: (Fate.TWICE_MARKED, Fate.TWICE_MARKED, Fate.UNKNOWN_ARRIVED),
    Trouble.CLOCK_JUMP: (Fate.ONCE, Fate.ONCE, Fate.ONCE),
}
CELLS = [(trouble, work, fate) for trouble, fates in MATRIX.items() for work, fate in zip(Work, fates, strict=True)]
