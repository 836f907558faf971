"""What happens in this process, counted; no label holds a name, a number of a person or a text."""

from __future__ import annotations

import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

WAITS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Seconds. Source: an answer is felt as immediate up to 0.1 s, and a group gets 20 messages a minute."""
SPANS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Meters:
    """The figures of one process, in a registry of their own; it is the `Watch` of the edge."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.registry = CollectorRegistry()
        registry = self.registry
        ProcessCollector(registry=registry)
        self._handled = Histogram(
            "gfcbot_update_seconds",
            "Tries to handle an update, by how long they took",
            buckets=SPANS,
            registry=registry,
        )
        self._updates = Counter("gfcbot_updates_handled", "Updates that were handled", registry=registry)
        self._failures = Counter(
            "gfcbot_update_failures", "Tries to handle an update that failed", ["kind"], registry=registry
        )
        self._answers = Counter("gfcbot_answers", "Replies to questions", ["band"], registry=registry)
        self._errors = Counter("gfcbot_errors", "Errors in the log", ["source", "kind"], registry=registry)
        self._waits = Histogram(
            "gfcbot_send_wait_seconds",
            "What messages waited for their turn",
            ["lane"],
            buckets=WAITS,
            registry=registry,
        )
        self._refusals = Counter(
            "gfcbot_send_refusals", "Requests that Telegram refused as too fast", ["lane"], registry=registry
        )
        self._requests = Counter("gfcbot_webhook_requests", "Calls of the webhook", ["status"], registry=registry)
        self._pending = Gauge(
            "gfcbot_webhook_pending", "Updates that Telegram keeps for the webhook", registry=registry
        )
        self._contact = Gauge(
            "gfcbot_telegram_contact_timestamp_seconds",
            "When updates were last asked for or brought",
            registry=registry,
        )
        for lane in ("interactive", "bulk"):
            self._waits.labels(lane)
            self._refusals.labels(lane)

    def handled(self, seconds: float, failure: BaseException | None) -> None:
        """A try to handle an update took so many seconds, and failed or not."""
        self._handled.observe(seconds)
        if failure is None:
            self._updates.inc()
        else:
            self._failures.labels(type(failure).__name__).inc()

    def waited(self, lane: str, seconds: float) -> None:
        """A message waited for its turn in a lane, and goes now."""
        self._waits.labels(lane).observe(seconds)

    def refused(self, lane: str) -> None:
        """Telegram refused a request as too fast."""
        self._refusals.labels(lane).inc()

    def contacted(self) -> None:
        """Telegram answered a poll, or called the webhook."""
        self._contact.set(self._clock())

    def pending(self, updates: int) -> None:
        """Telegram keeps so many updates for the webhook."""
        self._pending.set(updates)

    def requested(self, status: int) -> None:
        """The webhook was called, and answered with this status."""
        self._requests.labels(str(status)).inc()

    def answered(self, band: str) -> None:
        """A question was replied to: answer, clarify, unknown, handover or smalltalk."""
        self._answers.labels(band).inc()

    def failed(self, source: str, kind: str) -> None:
        """An error was logged by a module; `kind` is the name of its class."""
        self._errors.labels(source, kind).inc()
