"""The shape of templates/content/service.yaml."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from holidays.countries.germany import Germany
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from bot.answering.schema import Record
from bot.enquiries.hours import OfficeHours, Span
from bot.enquiries.terms import Terms
from bot.names import CLUSTERS, ClusterId

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
LONGEST_REOPENING = timedelta(days=30)
"""Then a withdrawn enquiry is erased; see handlers.housekeeping."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _length(value: object) -> timedelta:
    found = re.fullmatch(r"([1-9]\d{0,4})([mhd])", str(value))
    if not found:
        raise ValueError("a length is a whole number with m, h or d, as in 4h")
    return int(found[1]) * UNITS[found[2]]


def _spans(value: object) -> tuple[Span, ...]:
    spans = [_span(part.strip()) for part in str(value).split(",")]
    if any(first[1] > second[0] for first, second in pairwise(spans)):
        raise ValueError("spans of a day stand in order and do not overlap")
    return tuple(spans)


def _span(text: str) -> Span:
    found = re.fullmatch(r"(\d\d?:\d\d)-(\d\d?:\d\d)", text)
    if not found:
        raise ValueError('hours are written as in "09:00-16:00"')
    begin, end = (time.fromisoformat(part.zfill(5)) for part in found.groups())
    if begin >= end:
        raise ValueError("hours begin before they end")
    return begin, end


def _week(value: dict[str, tuple[Span, ...]]) -> dict[str, tuple[Span, ...]]:
    if not value or set(value) - set(WEEKDAYS):
        raise ValueError(f"hours want at least one day of {', '.join(WEEKDAYS)}, and no other key")
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("no zone of the IANA database") from None
    return value


def _land(value: str) -> str:
    if value not in Germany.subdivisions:
        raise ValueError(f"no Land; allowed: {', '.join(Germany.subdivisions)}")
    return value


Length = Annotated[timedelta, BeforeValidator(_length)]
Spans = Annotated[tuple[Span, ...], BeforeValidator(_spans)]


class Terming(Record):
    """What is written of a cluster, or of all of them."""

    language: str | None = Field(None, pattern="^[a-z]{2}$")
    zone: Annotated[str, AfterValidator(_zone)] | None = None
    land: Annotated[str, AfterValidator(_land)] | None = None
    hours: Annotated[dict[str, Spans], AfterValidator(_week)] | None = None
    hours_confirmed: bool | None = None
    closed: list[date] | None = None
    remind_after: Length | None = None
    escalate_after: Length | None = None
    hold_for: Length | None = None
    hold_counts: Literal["clock", "office"] | None = None
    warn_after: Length | None = None
    close_after: Length | None = None
    reopen_within: Length | None = None


class ServiceFile(Record):
    """The file: a cluster has what it names, else the default."""

    defaults: Terming = Field(default_factory=Terming)
    clusters: dict[ClusterId, Terming]

    def terms(self, cluster: ClusterId) -> Terms:
        """Return the spans of a cluster; what nobody names is as Terms has it."""
        known = self._of(cluster)
        hours = self.hours(cluster) if known.get("hold_counts") == "office" else None
        return Terms(
            **{field.name: known[field.name] for field in fields(Terms) if field.name in known}, hold_hours=hours
        )

    def hours(self, cluster: ClusterId) -> OfficeHours:
        """Return the office hours of a cluster."""
        known = self._of(cluster)
        return OfficeHours(
            week={WEEKDAYS.index(day): spans for day, spans in known["hours"].items()},
            land=known["land"],
            zone=ZoneInfo(known.get("zone", "Europe/Berlin")),
            closed=frozenset(known.get("closed", ())),
            confirmed=known.get("hours_confirmed", False),
        )

    def _of(self, cluster: ClusterId) -> dict[str, Any]:
        return {**self.defaults.model_dump(exclude_none=True), **self.clusters[cluster].model_dump(exclude_none=True)}

    @model_validator(mode="after")
    def _complete(self) -> ServiceFile:
        for cluster in CLUSTERS:
            if cluster not in self.clusters:
                raise ValueError(f"wants every cluster; {cluster} is missing")
            if {"land", "hours"} - self._of(cluster).keys():
                raise ValueError(f"{cluster} wants land and hours")
            _check(cluster, self.terms(cluster))
        return self


def _check(cluster: str, terms: Terms) -> None:
    if terms.escalate_after <= terms.remind_after:
        raise ValueError(f"escalate_after of {cluster} must be longer than remind_after")
    if terms.escalate_after < UNITS["h"]:
        raise ValueError(f"escalate_after of {cluster} is told in hours, at least 1h")
    if min(terms.warn_after, terms.close_after, terms.reopen_within) < UNITS["d"]:
        raise ValueError(f"warn_after, close_after and reopen_within of {cluster} are days, at least 1d")
    if terms.reopen_within > LONGEST_REOPENING:
        raise ValueError(f"reopen_within of {cluster} is at most {LONGEST_REOPENING.days}d")
