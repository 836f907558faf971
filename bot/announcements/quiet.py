"""Quiet hours: when a subscriber's telephone stays silent, in the subscriber's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.announcements.recurrence import located

SUNDAY = 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one minute of the day until another, over midnight where `begins` is later; None: no hours."""

    zone: ZoneInfo
    begins: int | None
    ends: int | None
    sundays: bool

    def until(self, moment: datetime) -> datetime | None:
        """Return when it may be written to again, in UTC; None: at once. `moment` is aware."""
        local = moment.astimezone(self.zone)
        end: datetime | None = None
        # A night may lead into a Sunday, and a Sunday into a night.
        while (pause := self._pause(local)) is not None:
            local = located(pause, self.zone).at.astimezone(self.zone)
            end = local.astimezone(UTC)
        return end

    def _pause(self, local: datetime) -> datetime | None:
        """Return the local end of the pause in which a local time lies."""
        if self.sundays and local.weekday() == SUNDAY:
            return _at(local.date() + DAY, 0)
        if self.begins is None or self.ends is None or self.begins == self.ends:
            return None
        minute = local.hour * 60 + local.minute
        if self.begins < self.ends:
            return _at(local.date(), self.ends) if self.begins <= minute < self.ends else None
        if minute >= self.begins:
            return _at(local.date() + DAY, self.ends)
        return _at(local.date(), self.ends) if minute < self.ends else None


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))
