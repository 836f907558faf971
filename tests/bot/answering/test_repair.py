from __future__ import annotations

import pytest

from bot.answering.repair import Repair
from bot.answering.words import words

REPAIR = Repair(["Die Größe der Mitgliedschaft", "Verpackung und Fördermittel", "what is the office"])


@pytest.mark.parametrize(
    ("written", "repaired"),
    [
        ("Groesse", "Größe"),
        ("Verpakung", "Verpackung"),
        ("Mitgliedshcaft", "Mitgliedschaft"),
        ("waht", "what"),
        ("teh", "the"),
        ("Foerdermittel", "Fördermittel"),
    ],
)
def test_slips_and_umlauts_are_set_right(written: str, repaired: str) -> None:
    assert REPAIR.text(written, words(written)) == repaired


@pytest.mark.parametrize("word", ["Xylophon", "2019", "ab"])
def test_a_word_that_is_near_to_nothing_stays(word: str) -> None:
    assert REPAIR.text(word, words(word)) == word


def test_a_doubled_letter_is_no_other_form() -> None:
    repair = Repair(["Schritte der Wertschöpfungskette"])
    text = "schrite der wertschöpfungskete"
    assert repair.text(text, words(text)) == "Schritte der Wertschöpfungskette"
