"""Figures for Prometheus: all that the dashboard and the alert rules name, and nothing of a user."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.health import Health
from bot.health.exposition import metrics
from storage import alerts, inbox, leases
from storage.database import Database
from storage.inbox import Received

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MONITORING = Path(__file__).resolve().parents[3] / "docs" / "monitoring"
NAME = re.compile(r"\b(?:gfcbot|process)_\w+")


@pytest.fixture
async def health(database: Database) -> Health:
    return Health(database, lambda: NOW, "me")


def samples(body: bytes) -> dict[str, float]:
    found = {}
    for family in text_string_to_metric_families(body.decode()):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def busy(health: Health) -> None:
    """Have each figure that has labels at least once."""
    meters = health.meters
    meters.handled(0.2, None)
    meters.handled(0.2, KeyError("geheim"))
    meters.waited("bulk", 0.1)
    meters.refused("bulk")
    meters.contacted()
    meters.pending(3)
    meters.requested(200)
    meters.answered("clarify")
    meters.failed("bot.app", "KeyError")


async def test_the_database_is_read(database: Database, health: Health) -> None:
    async with database.begin() as session:
        await inbox.receive(session, [Received(7, 5, {"message": {"text": "geheim"}})], now=NOW)
        await leases.take(session, "scheduler", "me", span=NOW - NOW.replace(hour=11), now=NOW)
        await alerts.raise_(session, "inbox", now=NOW)
    busy(health)
    body = await metrics(health)
    found = samples(body)
    assert found["gfcbot_database_up"] == 1
    assert found["gfcbot_inbox_open"] == 1
    assert found["gfcbot_lease_held"] == 1
    assert found["gfcbot_lease_fence"] == 1
    assert found["gfcbot_alert{kind=inbox}"] == 1
    assert found["gfcbot_updates_handled_total"] == 1
    assert found["gfcbot_update_failures_total{kind=KeyError}"] == 1
    assert b"geheim" not in body


async def test_without_the_database_the_other_figures_are_there(database: Database, health: Health) -> None:
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE sends")
        await connection.exec_driver_sql("DROP TABLE inbox")
    found = samples(await metrics(health))
    assert found["gfcbot_database_up"] == 0
    assert "gfcbot_inbox_open" not in found
    assert "gfcbot_disk_free_ratio" in found


async def test_a_reading_is_used_for_ten_seconds(
    database: Database, health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await health.read()).inbox_open == 0
    async with database.begin() as session:
        await inbox.receive(session, [Received(7, 5, {})], now=NOW)
    assert (await health.read()).inbox_open == 0
    monkeypatch.setattr("bot.health.state.FRESH_SECONDS", 0.0)
    assert (await health.read()).inbox_open == 1


def dashboard() -> list[str]:
    shown = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in shown["panels"] for target in panel["targets"]]


def rules() -> list[dict[str, Any]]:
    read = yaml.safe_load((MONITORING / "alerts.yml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = read["groups"][0]["rules"]
    return found


async def test_all_that_dashboard_and_rules_name_is_there(database: Database, health: Health) -> None:
    async with database.begin() as session:
        await alerts.raise_(session, "inbox", now=NOW)
    busy(health)
    there = {re.split(r"\{", name)[0] for name in samples(await metrics(health))}
    # Families without a state yet have no sample.
    there |= {"gfcbot_deliveries"}
    for expression in [*dashboard(), *(rule["expr"] for rule in rules())]:
        named = set(NAME.findall(expression))
        assert named <= there, expression


def test_every_figure_of_the_database_is_on_the_dashboard() -> None:
    shown = " ".join(dashboard())
    source = (MONITORING.parents[1] / "bot" / "health" / "exposition.py").read_text(encoding="utf-8")
    assert [name for name in re.findall(r'"(gfcbot_\w+)"', source) if name not in shown] == []


def test_every_rule_says_what_is_wrong() -> None:
    assert len({rule["alert"] for rule in rules()}) == len(rules())
    assert all(rule["annotations"]["summary"] and rule["labels"]["severity"] for rule in rules())
