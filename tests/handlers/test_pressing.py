"""Titles on buttons."""

from __future__ import annotations

import pytest

from handlers.pressing import ON_A_BUTTON, short


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Praxistag Verpackung", "Praxistag Verpackung"),
        ("x" * ON_A_BUTTON, "x" * ON_A_BUTTON),
        ("Online-Sprechstunde der vier deutschen Cluster", "Online-Sprechstunde der vier deutschen …"),
        ("Verpackung, Logistik und Kühlung – – was sich lohnt", "Verpackung, Logistik und Kühlung …"),
        ("x" * 41, "x" * 39 + " …"),
    ],
)
def test_a_long_title_is_cut_between_words(title: str, shown: str) -> None:
    assert short(title) == shown
