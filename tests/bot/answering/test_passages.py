from __future__ import annotations

from bot.answering.passages import Passages

PASSAGES = Passages(
    [
        ("poultry", {"emissionen", "gefluegelhaltung", "projekt"}),
        ("meat", {"fleisch", "tierwohl", "projekt"}),
        ("water", {"gutscheine", "wasser", "projekt"}),
    ]
)


def test_the_rare_word_decides() -> None:
    best, *_ = PASSAGES.find(["projekt", "wasser"])
    assert (best.id, best.cover, best.rarest) == ("water", 1.0, 1)


def test_a_compound_with_the_same_beginning_counts() -> None:
    assert PASSAGES.find(["gefluegelstaelle"])[0].id == "poultry"


def test_a_word_that_nobody_holds_weighs_most() -> None:
    weights = PASSAGES.weights(["projekt", "restaurant"])
    assert weights["restaurant"] > weights["projekt"]
    assert PASSAGES.find(["projekt", "restaurant"])[0].cover < 0.5
