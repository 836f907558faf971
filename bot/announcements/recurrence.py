"""When an announcement goes out: a first local time, a rule, a zone; computed by us, once for each local date.

Schedulers disagree on the two nights in which the clocks change, and some fire twice. Here the rule (RFC 5545) is
counted in local time, and each local time is then looked up in the zone: what the night in spring leaves out is sent
as much later as the clocks jump; what the night in autumn has twice is sent at the first of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, rrule, rrulestr

from bot.announcements.errors import BadRule

HALF_DAY = timedelta(hours=12)
Change = Literal["skipped", "doubled"]


class Due(NamedTuple):
    """One occurrence: its time in UTC, and what the clocks do to its local time in that night."""

    at: datetime
    change: Change | None = None


@dataclass(frozen=True)
class Recurrence:
    """`first` is a local time without zone, `rule` an RRULE without DTSTART; None: once. Raises BadRule."""

    first: datetime
    zone: ZoneInfo
    rule: str | None = None

    def __post_init__(self) -> None:
        if self.rule is not None:
            self._rule()

    def after(self, moment: datetime) -> Iterator[Due]:
        """Yield the occurrences after an aware time, in order; a rule without end yields on and on."""
        for local in self._locals(moment):
            due = located(local, self.zone)
            if due.at > moment:
                yield due

    def next(self, moment: datetime, count: int) -> list[Due]:
        """Return up to `count` occurrences after an aware time."""
        return list(islice(self.after(moment), count))

    def between(self, after: datetime, until: datetime) -> Iterator[Due]:
        """Yield what falls after one aware time and not after another."""
        for due in self.after(after):
            if due.at > until:
                return
            yield due

    def _locals(self, moment: datetime) -> Iterator[datetime]:
        if self.rule is None:
            yield self.first
            return
        # A local time may lie on the other side of the moment by as much as the clocks jump.
        yield from self._rule().xafter(moment.astimezone(self.zone).replace(tzinfo=None) - HALF_DAY)

    def _rule(self) -> rrule:
        try:
            rule = rrulestr(self.rule or "", dtstart=self.first)
        except (ValueError, TypeError, AttributeError, KeyError):
            raise BadRule from None
        # A set of rules, or seconds and hours: more than an announcement can mean.
        if not isinstance(rule, rrule) or rule._freq > DAILY:  # type: ignore[attr-defined]
            raise BadRule
        return rule


def located(local: datetime, zone: ZoneInfo) -> Due:
    """Return the moment of a local time without zone."""
    early, late = (local.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    at = (local - early).replace(tzinfo=UTC)
    if early == late:
        return Due(at)
    return Due(at, "skipped" if early < late else "doubled")
