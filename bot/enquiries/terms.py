"""What a cluster promises and expects: the spans after which something happens to an enquiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """The spans of one cluster; "office" spans count its office hours only."""

    language: str = "de"
    """Of its staff chat."""
    remind_after: timedelta = timedelta(hours=4)
    """Office time until the staff is reminded of what nobody has claimed or answered."""
    escalate_after: timedelta = timedelta(hours=16)
    """Office time until the administrators are told."""
    hold_for: timedelta = timedelta(hours=48)
    """How long the bot is silent towards the firm after the staff has claimed or spoken."""
    warn_after: timedelta = timedelta(days=14)
    """How long the staff waits for the firm until the firm is warned."""
    close_after: timedelta = timedelta(days=7)
    """From the warning to the closing."""
    reopen_within: timedelta = timedelta(days=30)
    """From the closing on, what the firm writes opens the enquiry again."""
