"""A place alone is told from a place beside something else."""

from __future__ import annotations

import pytest

from bot.routing import Router


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("kiel", "DE-SH"),
        ("Wir sitzen in Vechta.", "DE-NI"),
        ("24103", "DE-SH"),
        ("Essen", "DE-NW"),
        ("aus dem Emsland", "DE-NI"),
        ("We are based in the Netherlands", "NL"),
        ("Bayern", "DE-BY"),
    ],
)
def test_a_place_alone_is_read(lexical: Router, text: str, region: str) -> None:
    assert lexical.place(text) == region


@pytest.mark.parametrize(
    "text", ["Wo sitzt FPI in Bielefeld?", "Wir brauchen Kartons in Kiel", "Danke", "Verpackung", ""]
)
def test_a_place_beside_something_else_is_not(lexical: Router, text: str) -> None:
    assert lexical.place(text) is None
