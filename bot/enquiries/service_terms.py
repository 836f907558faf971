"""Hours and terms of each cluster, from templates/content/service.yaml or the file that the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answering.content import FOLDER
from bot.answering.records import load_record
from bot.enquiries.hours import OfficeHours
from bot.enquiries.service_schema import ServiceFile
from bot.enquiries.terms import Terms
from bot.names import CLUSTERS

FILE = FOLDER / "service.yaml"


@dataclass(frozen=True, slots=True)
class Service:
    """What each cluster promises and expects, and when its office works."""

    _terms: Mapping[str, Terms]
    _hours: Mapping[str, OfficeHours]

    def terms(self, cluster: str) -> Terms:
        """Return the spans of a cluster; raises KeyError for one that there is not."""
        return self._terms[cluster]

    def hours(self, cluster: str) -> OfficeHours:
        """Return the office hours of a cluster; raises KeyError for one that there is not."""
        return self._hours[cluster]


def load_service(path: Path | None = None) -> Service:
    """Read the file, by default the one of the content; raises StartError naming file and line of the first fault."""
    read = load_record(path or FILE, ServiceFile)
    return Service(
        {cluster: read.terms(cluster) for cluster in CLUSTERS}, {cluster: read.hours(cluster) for cluster in CLUSTERS}
    )
