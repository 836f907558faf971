"""When the owners are told that something is wrong, and when that it is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.settings import Settings
from storage.readings import Readings


class Alert(StrEnum):
    """What the owners are told of."""

    INBOX = "inbox"
    """An update waits too long."""
    OUTBOX = "outbox"
    """A message about an enquiry waits too long."""
    ERRORS = "errors"
    """Too many errors in five minutes."""
    PAUSED = "paused"
    """An announcement is paused after refusals, or by a person."""
    UNKNOWN = "unknown"
    """Nobody knows whether recipients got an announcement."""
    DISK = "disk"
    """Little room is left."""


LOCAL = frozenset({Alert.ERRORS, Alert.DISK})
"""These are about one process or machine, the others about the bot as a whole."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which figure on something is wrong."""

    inbox_seconds: float = 60
    outbox_seconds: float = 300
    errors: float = 10
    unknown: float = 1
    disk_percent: float = 5

    @classmethod
    def of(cls, settings: Settings) -> Thresholds:
        """Take them from the settings."""
        return cls(
            settings.alert_inbox_seconds,
            settings.alert_outbox_seconds,
            settings.alert_errors,
            settings.alert_unknown,
            settings.alert_disk_percent,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure: wrong, well, or (neither) between: what was told stays told."""

    alert: Alert
    value: float
    is_wrong: bool
    is_well: bool


def judge(readings: Readings, errors: int, disk_free_percent: float, thresholds: Thresholds) -> tuple[Judged, ...]:
    """Judge each figure.

    One that was wrong is well again only at half of its threshold, so that a figure near it does not make a flood.
    """
    figures: Mapping[Alert, tuple[float, float]] = {
        Alert.INBOX: (readings.inbox_age, thresholds.inbox_seconds),
        Alert.OUTBOX: (readings.outbox_age, thresholds.outbox_seconds),
        Alert.ERRORS: (errors, thresholds.errors),
        Alert.PAUSED: (readings.occurrences.get("paused", 0), 1),
        Alert.UNKNOWN: (readings.deliveries.get("unknown", 0), thresholds.unknown),
    }
    judged = [Judged(alert, value, value >= most, value <= most / 2) for alert, (value, most) in figures.items()]
    least = thresholds.disk_percent
    disk = Judged(Alert.DISK, disk_free_percent, disk_free_percent < least, disk_free_percent >= least * 1.2)
    return (*judged, disk)
