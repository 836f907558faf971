"""What a cluster promises and expects: the spans after which something happens to an enquiry."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.enquiries.hours import OfficeHours


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
    hold_hours: OfficeHours | None = field(default=None, compare=False)
    """The office hours in which `hold_for` counts; None: it counts by the clock.

    By the clock a firm that asks on a Saturday has the bot back on Sunday, though nobody works; by office hours the bot
    stays silent until the staff could have answered.
    """
    warn_after: timedelta = timedelta(days=14)
    """How long the staff waits for the firm until the firm is warned."""
    close_after: timedelta = timedelta(days=7)
    """From the warning to the closing."""
    reopen_within: timedelta = timedelta(days=30)
    """From the closing on, what the firm writes opens the enquiry again, and the staff can open it."""

    def held_until(self, now: datetime) -> datetime:
        """Return how long the bot is silent when the staff speaks now."""
        return self.hold_hours.after(now, self.hold_for) if self.hold_hours else now + self.hold_for
