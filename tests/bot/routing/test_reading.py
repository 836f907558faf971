"""The parts that read an enquiry, each on its own."""

from __future__ import annotations

import pytest

from bot.answering.content import Content
from bot.answering.words import words
from bot.routing.adjectives import forms
from bot.routing.asides import Asides
from bot.routing.cues import FAIR, STRONG, CueBook
from bot.routing.fragments import Fragments
from bot.routing.postcodes import PostCodes
from bot.routing.rules import load_places, load_rules
from bot.routing.schema import Cues
from bot.routing.spelling import Spelling, sounds_alike
from bot.routing.trades import Trades


@pytest.fixture
def book() -> CueBook:
    cues = {
        "logistics": Cues(strong=["lager*", "cold chain"], fair=["*transport"]),
        "skills": Cues(strong=["*schulung"], weak=["team"]),
    }
    return CueBook(cues, ["lagerbier*", "no team"])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lagerhalle", [("logistics", STRONG)]),
        ("kuehltransport", [("logistics", FAIR)]),
        ("transportiert", []),
        ("umlagern", []),
        ("lagerbierfest", []),
        ("the cold chain", [("logistics", STRONG)]),
        ("cold water chain", []),
        ("no team", []),
        ("lagerschulung", [("logistics", STRONG), ("skills", STRONG)]),
    ],
)
def test_cues_are_found_in_words_and_parts_of_them(book: CueBook, text: str, found: list[tuple[str, float]]) -> None:
    hits = {(hit.step, hit.weight) for hit in book.find(text.split())}
    assert hits == set(found)


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("wir sind eine spedition und suchen fahrer", {"spedition"}),
        ("unsere spedition in kiel", {"spedition"}),
        ("spedition sucht azubis", {"spedition"}),
        ("wer kennt eine spedition", set()),
        ("als spedition mit kühlwagen wollen wir", {"spedition", "mit", "kuehlwagen"}),
        ("as a small haulage company we", {"haulage", "company"}),
        ("als maschinenbauer suchen wir pilotkunden", set()),
        ("wir bauen rührwerke und suchen lehrlinge", {"bauen", "ruehrwerke"}),
        ("we make cheese wrappers, and need a driver", {"make", "cheese", "wrappers"}),
        ("we are a bottle cap maker in need of staff", {"a", "bottle", "cap", "maker"}),
    ],
)
def test_a_trade_is_known_by_how_it_is_introduced(text: str, trade: set[str]) -> None:
    found = words(text)
    assert {found[place].folded for place in Trades(load_rules()).places(found)} == trade


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Who checks our hygiene, sausage plant in Kiel", {"sausage", "plant", "in", "Kiel"}),
        ("Molkerei bei Kiel: Der Kessel leckt", {"Molkerei", "bei", "Kiel"}),
        ("Spedition in Kiel gesucht", set()),
        ("Spedition für Fisch", set()),
        ("Wir wollen eine Wurst ohne Fleisch aus der Fabrik in Kiel", set()),
    ],
)
def test_a_part_that_only_says_who_writes_is_left_out(text: str, left_out: set[str]) -> None:
    found = words(text)
    kiel = frozenset(place for place, word in enumerate(found) if word.folded == "kiel")
    function = {"in", "bei", "fuer", "ohne", "aus", "der", "wir", "eine"}
    places = Fragments(load_rules(), function).places(text, found, kiel)
    assert {found[place].written for place in places} == left_out


@pytest.mark.parametrize(("one", "other"), [("recepie", "recipe"), ("quallity", "quality")])
def test_a_word_may_have_other_vowels_and_doubled_letters(one: str, other: str) -> None:
    assert sounds_alike(one, other)


def test_a_short_word_with_another_vowel_is_another_word() -> None:
    assert not sounds_alike("trick", "truck")


def test_what_is_said_of_a_cluster_by_the_way_is_left_out(content: Content) -> None:
    text = "GIQS macht Qualität, aber wir suchen ein Lager"
    found = words(text)
    aside = Asides(content.named, load_rules()).places(text, found, {2, 7})
    assert [found[place].written for place in sorted(aside)] == ["GIQS", "macht", "Qualität"]
    assert Asides(content.named, load_rules()).places(text, found, {2}) == set()


@pytest.mark.parametrize(
    ("text", "by_the_way"),
    [
        ("Die Verpackung stimmt, das Personal auch. Wir suchen Geld", "Die Verpackung stimmt das Personal auch"),
        ("Our boxes are fine, but we need a carrier", "Our boxes are fine"),
        ("Die Verpackung stimmt nicht, wir brauchen Hilfe", ""),
    ],
)
def test_what_is_well_is_left_out(content: Content, text: str, by_the_way: str) -> None:
    found = words(text)
    places = Asides(content.named, load_rules()).places(text, found, set(range(len(found))))
    assert " ".join(found[place].written for place in sorted(places)) == by_the_way


@pytest.mark.parametrize(
    ("adjective", "place"),
    [
        ("bayerischen", "bayerisch"),
        ("muensterlaender", "muensterland"),
        ("spreewaelder", "spreewald"),
        ("bremer", "bremen"),
        ("goettinger", "goettingen"),
        ("dresdner", "dresden"),
        ("muensteraner", "muenster"),
        ("niederrheinischer", "niederrhein"),
    ],
)
def test_adjectives_lead_back_to_places(adjective: str, place: str) -> None:
    assert place in set(forms(adjective))


@pytest.mark.parametrize(
    ("text", "place", "region"),
    [
        ("24105 Kiel", 0, "DE-SH"),
        ("D 49377 Vechta", 1, "DE-NI"),
        ("PLZ 27568", 1, "DE-HB"),
        ("in 33330 produzieren wir", 1, "DE-NW"),
        ("rund 20000 Flaschen", 1, None),
        ("mit 20000 im Jahr", 1, None),
        ("in 4711", 1, None),
        ("Tortenböden, 26789", 1, "DE-NI"),
        ("our postcode is 23552", 3, "DE-SH"),
        ("We are at 33330, a bakery", 3, "DE-NW"),
        ("im Jahr verkaufen wir 24105", 4, None),
        ("Umsatz, 25000", 1, None),
    ],
)
def test_five_digits_are_a_post_code_only_where_a_place_stands(text: str, place: int, region: str | None) -> None:
    places = load_places()
    codes = PostCodes(places)
    found = codes.find(words(text), place, {"kiel", "vechta"})
    assert (found and found[0]) == region


def test_slips_are_set_right_in_long_names_only() -> None:
    spelling = Spelling(["bielefeld", "cloppenburg", "kiel"])
    assert spelling.nearest("bilefeld") == "bielefeld"
    assert spelling.nearest("clopenbrug") == "cloppenburg"
    assert spelling.nearest("kile") is None
