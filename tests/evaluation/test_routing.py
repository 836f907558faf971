"""A floor against drops: how many of the known enquiries find their cluster, their steps and their region."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answering.content import load_content
from bot.answering.encoder import load_encoder
from bot.routing import Router, Routing

Case = dict[str, Any]
CASES: list[Case] = yaml.safe_load((Path(__file__).parent / "routed.yaml").read_text(encoding="utf-8"))
ROUTED = [case for case in CASES if "steps" in case]
# Shares that must be right.
FIRST, STEPS, REGION = 0.95, 0.93, 0.97


@pytest.fixture(scope="module")
def routings() -> list[tuple[Case, Routing]]:
    router = Router.over(load_content(), load_encoder())
    return [(case, router.route(case["text"])) for case in CASES]


def missed(routings: list[tuple[Case, Routing]], right: Any) -> list[str]:
    return [case["text"] for case, routing in routings if "steps" in case and not right(case, routing)]


def test_the_first_cluster_fits(routings: list[tuple[Case, Routing]]) -> None:
    wrong = missed(routings, lambda case, routing: routing.clusters and routing.clusters[0].id in case["first"])
    assert len(wrong) <= (1 - FIRST) * len(ROUTED), wrong


def test_the_steps_are_recognised(routings: list[tuple[Case, Routing]]) -> None:
    wrong = missed(routings, lambda case, routing: set(case["steps"]) == set(routing.steps[: len(case["steps"])]))
    assert len(wrong) <= (1 - STEPS) * len(ROUTED), wrong


def test_the_region_is_recognised(routings: list[tuple[Case, Routing]]) -> None:
    wrong = missed(routings, lambda case, routing: routing.region == case["region"])
    assert len(wrong) <= (1 - REGION) * len(ROUTED), wrong


def test_what_cannot_be_routed_is_not(routings: list[tuple[Case, Routing]]) -> None:
    for case, routing in routings:
        if "steps" not in case:
            assert routing.kind in case.get("kinds", [case.get("kind")]), case["text"]
