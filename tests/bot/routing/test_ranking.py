from __future__ import annotations

import pytest

from bot.names import STEPS
from bot.routing import Router


def points(router: Router, steps: tuple[str, ...], region: str | None) -> list[tuple[str, int]]:
    return [(one.id, one.score) for one in router.ranked(steps, region)]


def test_primary_counts_more_than_secondary_and_nothing_is_left_out(lexical: Router) -> None:
    assert points(lexical, ("packaging",), None) == [("foodregio", 4), ("fpi", 2)]


def test_home_counts_one_but_never_beats_a_stronger_step(lexical: Router) -> None:
    assert points(lexical, ("quality",), "DE-SH")[:2] == [("giqs", 4), ("foodregio", 3)]


def test_home_decides_between_equals(lexical: Router) -> None:
    firsts = {region: points(lexical, ("processing",), region)[0] for region in ("DE-SH", "DE-NI", "DE-NW")}
    assert firsts == {"DE-SH": ("foodregio", 5), "DE-NI": ("nieke", 5), "DE-NW": ("fpi", 5)}


def test_home_is_no_reason_without_a_step(lexical: Router) -> None:
    assert "fpi" not in dict(points(lexical, ("logistics",), "DE-NW"))


def test_a_tie_goes_to_more_primary_steps(lexical: Router) -> None:
    ranked = lexical.ranked(("technology", "primary-production", "quality"), "DE-NW")
    scores = [(one.score, sum(reason.mark == "P" for reason in one.reasons)) for one in ranked]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("region", [None, "DE-BY", "DE-HB", "NL", "JP"])
def test_every_step_has_somebody_everywhere(step: str, region: str | None, lexical: Router) -> None:
    assert lexical.ranked((step,), region)[0].score >= 4


def test_the_reasons_say_what_was_counted(lexical: Router) -> None:
    first, second = lexical.ranked(("packaging",), "DE-HH")
    assert [(reason.kind, reason.name, reason.mark) for reason in first.reasons] == [
        ("step", "packaging", "P"),
        ("home", "DE-HH", ""),
    ]
    assert [reason.mark for reason in second.reasons] == ["S"]
