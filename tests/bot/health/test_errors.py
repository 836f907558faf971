"""Errors are counted as they are logged; their text is not looked at."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import structlog

from bot import logs
from bot.health import ErrorCounter, Health, Meters
from storage.database import Database


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def meters() -> Meters:
    return Meters()


@pytest.fixture
def counter(meters: Meters, clock: Clock) -> Iterator[ErrorCounter]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.set_up(stream=io.StringIO())
    counter = ErrorCounter(meters, clock)
    root.addHandler(counter)
    yield counter
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fail() -> None:
    raise KeyError("geheim")


def test_the_class_and_the_module_are_counted_and_nothing_else(counter: ErrorCounter, meters: Meters) -> None:
    log = logs.get("bot.x")
    try:
        fail()
    except KeyError as error:
        log.error("claims failed", exc_info=error)
        logging.getLogger("library").exception("geheim %s", "geheim")
    log.error("update set aside", error="TypeError", update_id=7)
    log.error("bare")
    log.warning("not an error", error="ValueError")
    found = {
        (sample.labels["source"], sample.labels["kind"]): sample.value
        for metric in meters.registry.collect()
        for sample in metric.samples
        if sample.name == "gfcbot_errors_total"
    }
    assert found == {
        ("bot.x", "KeyError"): 1,
        ("library", "KeyError"): 1,
        ("bot.x", "TypeError"): 1,
        ("bot.x", "none"): 1,
    }
    assert counter.recent() == 4


def test_after_five_minutes_an_error_counts_no_more(counter: ErrorCounter, clock: Clock) -> None:
    logs.get("bot.x").error("one")
    clock.now += 200
    logs.get("bot.x").error("two")
    assert counter.recent() == 2
    clock.now += 101
    assert counter.recent() == 1


def test_a_bot_counts_while_it_runs(counter: ErrorCounter) -> None:
    health = Health(Database("sqlite://"), lambda: datetime.now(UTC), "me")
    with health.counting():
        logging.getLogger("x").error("one")
    logging.getLogger("x").error("two")
    assert health.errors.recent() == 1
    assert counter.recent() == 2
