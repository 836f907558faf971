"""The figures in the form that Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector, CollectorRegistry

from bot import logs
from bot.health.state import Health
from storage.readings import Readings

log = logs.get(__name__)

TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Source: Prometheus, exposition formats."""


async def metrics(health: Health) -> bytes:
    """Return all figures; those of the database are left out while it is out of reach."""
    try:
        stood: Readings | None = await health.read()
    except Exception as error:
        log.warning("figures without the database", error=type(error).__name__)
        stood = None
    shown = CollectorRegistry()
    shown.register(_Stood(health, stood))
    return generate_latest(health.meters.registry) + generate_latest(shown)


class _Stood(Collector):
    def __init__(self, health: Health, stood: Readings | None) -> None:
        self._health, self._stood = health, stood

    def collect(self) -> Iterator[Metric]:
        health, stood = self._health, self._stood
        yield _gauge("gfcbot_database_up", "Whether the database answers", stood is not None)
        yield _gauge("gfcbot_alive", "Whether updates are taken in and handled", health.is_alive())
        yield _gauge("gfcbot_disk_free_ratio", "Free share of the disk", health.disk_free_percent() / 100)
        if stood is None:
            return
        yield _gauge("gfcbot_inbox_open", "Updates that wait to be handled", stood.inbox_open)
        yield _gauge("gfcbot_inbox_oldest_seconds", "Age of the oldest of them", stood.inbox_age)
        yield _gauge("gfcbot_inbox_set_aside", "Updates that were given up", stood.inbox_set_aside)
        yield _gauge("gfcbot_outbox_open", "Messages about enquiries that wait to be sent", stood.outbox_open)
        yield _gauge("gfcbot_outbox_oldest_seconds", "Age of the oldest that could go", stood.outbox_age)
        yield _gauge("gfcbot_outbox_parked", "Messages that wait for a staff group", stood.outbox_parked)
        yield _by_state("gfcbot_deliveries", "Recipients of announcements under way or of a day", stood.deliveries)
        yield _by_state("gfcbot_occurrences", "Sendings of announcements", stood.occurrences)
        is_holder = health.holder(stood) == "here"
        yield _gauge("gfcbot_lease_held", "Whether this process sends announcements", is_holder)
        yield _gauge("gfcbot_lease_fence", "Number of the process that does", stood.lease.fence if stood.lease else 0)
        alerts = GaugeMetricFamily("gfcbot_alert", "What the owners were told of and is not over", labels=["kind"])
        for kind in sorted(stood.alerts):
            alerts.add_metric([kind], 1)
        yield alerts


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value=float(value))


def _by_state(name: str, about: str, counts: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=["state"])
    for state, count in sorted(counts.items()):
        family.add_metric([state], count)
    return family
