"""The page's own words, dates and figures in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from bot.texts import Texts

SOURCE = "playground.html"


@dataclass(frozen=True)
class Words:
    """Speaks one language in one time zone (`None` is the machine's own)."""

    texts: Texts
    language: str
    zone: tzinfo | None = None

    def __call__(self, name: str, **values: object) -> str:
        """Return the label `name` of the page; raises KeyError where there is none."""
        return self.texts.label(name, self.language, source=SOURCE, **values)

    def local(self, moment: int) -> datetime:
        """Return a Unix time in seconds as local time."""
        return datetime.fromtimestamp(moment, tz=self.zone).astimezone(self.zone)

    def clock(self, moment: int) -> str:
        """Return the hour and minute of a Unix time, of 24 hours in every language."""
        return f"{self.local(moment):%H:%M}"

    def day(self, moment: int, today: date) -> str:
        """Return how a date separator names the day: `Today`, `5 March`, or with the year if it is another one."""
        day = self.local(moment).date()
        if day == today:
            return self("today")
        skeleton = "MMMMd" if day.year == today.year else "yMMMMd"
        return str(format_skeleton(skeleton, day, locale=self.language))

    def size(self, octets: int) -> str:
        """Return a file's size with its unit, as Telegram shows it."""
        value, unit = float(octets), "B"
        for larger in ("KB", "MB", "GB"):
            if value < 1024:
                break
            value, unit = value / 1024, larger
        return f"{format_decimal(value, format='#,##0.#' if unit != 'B' else '#,##0', locale=self.language)} {unit}"

    def short_day(self, moment: int) -> str:
        """Return how a list names the day of a Unix time: `5 Mar`."""
        return str(format_skeleton("MMMd", self.local(moment), locale=self.language))
