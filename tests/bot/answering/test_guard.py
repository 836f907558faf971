from __future__ import annotations

import pytest

from bot.answering.guard import no_question


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "noise"),
        ("🍎🥨", "noise"),
        ("???", "noise"),
        ("a" * 200, "noise"),
        ("<script>alert(1)</script>", "refuse"),
        ("<b>fett</b>", "refuse"),
        ("SELECT * FROM members", "refuse"),
        ("'; DROP TABLE members;--", "refuse"),
        ("{{ 7 * 7 }}", "refuse"),
        ("../../etc/hosts", "refuse"),
        ("%3Cimg%3E", "refuse"),
    ],
)
def test_what_is_no_question_is_sorted_out(text: str, reason: str) -> None:
    assert no_question(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "Wo sitzt FPI?",
        "R&D für KMU",
        "Where do I select a member from the list?",
        "Tel.: 0451/70655-0 noch richtig?",
        "FPI",
    ],
)
def test_a_question_passes(text: str) -> None:
    assert no_question(text) is None
