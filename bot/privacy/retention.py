"""How long each kind of data stays: the one list that the policy tells and the nightly deletion follows."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.settings import Settings

KEEP, DAYS = "keep_", "_days"


class Retention:
    """Lengths by the names of the settings without `keep_` and `_days`."""

    def __init__(self, settings: Settings) -> None:
        self.days = {
            name.removeprefix(KEEP).removesuffix(DAYS): int(getattr(settings, name))
            for name in Settings.model_fields
            if name.startswith(KEEP) and name.endswith(DAYS)
        }

    def before(self, kind: str, now: datetime) -> datetime:
        """Return the time before which a kind of data is due."""
        return now - timedelta(days=self.days[kind])
