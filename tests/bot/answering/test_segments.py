from __future__ import annotations

from bot.answering.manners import Manners
from bot.answering.segments import segments

ASKING = frozenset(("wo", "wer", "where", "who", "how"))


def test_two_questions_are_cut_at_the_mark() -> None:
    assert segments("Wo sitzt FPI? Und wer ist GIQS?", ASKING) == ["Wo sitzt FPI?", "Und wer ist GIQS?"]


def test_a_joined_question_is_cut_before_its_asking_word() -> None:
    assert segments("Where is FPI and who runs it?", ASKING) == ["Where is FPI", "who runs it?"]


def test_an_and_between_nouns_does_not_cut() -> None:
    assert segments("Wer macht Verpackung und Logistik?", ASKING) == ["Wer macht Verpackung und Logistik?"]


def test_an_address_does_not_cut() -> None:
    assert segments("Is foodregio.de the right site?", ASKING) == ["Is foodregio.de the right site?"]


def test_of_a_very_long_message_the_questions_are_read() -> None:
    text = "Ein Satz ohne Frage. " * 60 + "Wo sitzt FPI?"
    assert segments(text, ASKING) == ["Wo sitzt FPI?"]


def test_polite_openings_are_taken_off() -> None:
    manners = Manners(["hallo", "können Sie mir bitte sagen", "bitte"])
    assert manners.bare("Hallo, koennen Sie mir bitte sagen, wo FPI sitzt?") == "wo FPI sitzt?"


def test_an_opening_alone_stays() -> None:
    assert Manners(["hallo"]).bare("Hallo") == "Hallo"


def test_a_polite_frame_is_taken_off_whatever_its_order() -> None:
    manners = Manners([], [(["i", "should", "be", "if", "you", "could", "me", "of", "the"], ["advise"])])
    assert manners.bare("I should be glad") == "I should be glad"
    assert manners.bare("Could you advise me of the address of FPI?") == "address of FPI?"
    assert manners.bare("If you could, advise me if FPI sits there") == "FPI sits there"


def test_an_aside_is_taken_out_wherever_it_stands() -> None:
    assert Manners([], asides=["in plain words"]).bare("What, in plain words, is FPI?") == "What is FPI?"
