from __future__ import annotations

import pytest

from bot.answering.words import clean, fold, folded_words, words


def test_umlauts_and_their_spellings_fold_alike() -> None:
    assert fold("Größe") == fold("Groesse") == "groesse"


def test_accents_fold_away() -> None:
    assert fold("Café") == "cafe"


def test_invisible_characters_are_taken_out() -> None:
    assert clean("Wo\u200b sitzt\u202e  FPI\u2060?\n\n") == "Wo sitzt FPI?"


def test_a_text_is_cut_at_telegrams_limit() -> None:
    assert len(clean("x" * 9000)) == 4096


def test_words_know_their_place() -> None:
    first, second = words("Food-Processing")
    assert (first.folded, second.written, second.start) == ("food", "Processing", 5)


@pytest.mark.parametrize("text", ["", "!!!", "🍎"])
def test_signs_are_no_words(text: str) -> None:
    assert folded_words(text) == []


def test_folded_words_are_those_of_words_also_where_accents_are_signs_of_their_own() -> None:
    text = "Cafe\u0301 Größe, GROESSE ﬁn"
    assert folded_words(text) == ["cafe", "groesse", "groesse", "fin"]
