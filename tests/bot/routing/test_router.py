from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.routing import Router


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Wir sind eine Spedition aus Emden und finden keine Azubis.", {"skills"}),
        ("As a haulier we look for apprentices.", {"skills"}),
        ("Wir sind eine Molkerei und brauchen jemanden für Audits.", {"quality"}),
        ("Unser Labor sucht neue Mitarbeiter.", {"skills"}),
        ("Spedition gesucht, die Joghurt fährt", {"logistics"}),
        ("Unsere Verpackung soll recycelbar werden.", {"packaging", "resources"}),
        ("Wir brauchen ein Training für das IFS-Audit.", {"quality", "skills"}),
        ("foodRegio, FPI oder NieKE: wer hilft bei Rückverfolgbarkeit?", {"quality"}),
        ("GIQS macht Qualität, aber wir suchen Lagerflächen.", {"logistics"}),
        ("Wir wollen nach Korea exportieren.", {"international"}),
        ("We are a Dutch mill and would like to meet German bakeries.", {"international"}),
        ("Wir möchten griechischen Joghurt entwickeln.", {"processing"}),
        ("The power bill of our cold store is too high.", {"resources"}),
        ("Wir suchen einen Lieferanten für Pappbecher.", {"packaging"}),
    ],
)
def test_the_need_is_read_and_not_the_trade(text: str, steps: set[str], router: Router) -> None:
    routing = router.route(text)
    assert routing.kind == "routed"
    assert set(routing.steps) >= steps
    assert routing.steps[0] in steps


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("Wir fertigen Etiketten in Nienburg und finden keine Lehrlinge.", ("skills",)),
        ("We are a can manufacturer from Siegen and need a university for a funded study.", ("research",)),
        ("Unsere Firma baut Kühlzellen in Kiel und möchte nach Norwegen exportieren.", ("international",)),
        ("Our bakery in Flensburg would like to sell biscuits in America.", ("international",)),
        ("Wir suchen Partner in Belgien für ein gemeinsames Projekt, Betrieb in Kleve.", ("international",)),
        ("Wir brauchen Walnüsse in guter Qualität, Raum Kassel.", ("ingredients",)),
        ("Wo finden wir einen Händler für Bio-Mandeln?", ("ingredients",)),
        ("Wir suchen Händler für unsere Pralinen.", ("marketing",)),
        ("Roboter zum Stapeln von Kisten gesucht", ("technology",)),
        ("Mit unseren 120 Mitarbeitern in Kiel suchen wir Fördermittel für ein Forschungsprojekt.", ("research",)),
        ("What could we do with the starch water that we throw away?", ("resources",)),
        ("Our cereal bars contain listeria.", ("quality",)),
        ("We need a cold store for our cheese, we are in Passau.", ("logistics",)),
        ("The packaging is fine, the staff too. We need a cold store in Eutin.", ("logistics",)),
        ("Wie wird unsere Großküche klimaneutral?", ("resources",)),
        ("Wir möchten unseren Käse aus Kiel nach Katar liefern.", ("international",)),
        ("Nobody wants to work on the line any more, cannery in Husum.", ("skills",)),
        ("Wir suchen Azubis und außerdem jemanden, der die Energiekosten prüft.", ("resources", "skills")),
    ],
)
def test_what_stands_beside_a_need_is_no_second_one(text: str, steps: tuple[str, ...], router: Router) -> None:
    assert tuple(sorted(router.route(text).steps)) == steps


@pytest.mark.parametrize("text", ["Label", "labels?", "Lieferkette", "supply chain"])
def test_a_word_that_fits_two_steps_is_asked_about(text: str, router: Router) -> None:
    routing = router.route(text)
    assert (routing.kind, routing.clusters) == ("clarify", ())
    assert len(routing.offered) == 2


@pytest.mark.parametrize("text", ["Moin", "Wer hat das Fußballspiel gewonnen?", "12345", "", "\N{HAMBURGER}"])
def test_what_is_no_enquiry_is_not_routed(text: str, router: Router) -> None:
    routing = router.route(text)
    assert routing.kind == "unknown"
    assert routing.clusters == ()


@pytest.mark.parametrize("text", ["Wir suchen Becher für Pudding.", "Unsere Firma in Passau sucht Becher für Pudding."])
def test_without_a_home_cluster_the_step_decides(text: str, router: Router) -> None:
    assert [(one.id, one.score) for one in router.route(text).clusters] == [("foodregio", 4), ("fpi", 2)]


def test_the_language_is_that_of_the_text_unless_one_was_chosen(router: Router) -> None:
    assert router.route("We need cardboard trays for eggs.").language == "en"
    assert router.route("Wir brauchen Eierkartons.").language == "de"
    assert router.route("Wir brauchen Eierkartons.", "en").language == "en"


def test_words_alone_route_where_the_encoder_is_missing(lexical: Router) -> None:
    routing = lexical.route("Kühlhaus bei Lübeck gesucht")
    assert (routing.steps[:1], routing.region, routing.clusters[0].id) == (("logistics",), "DE-SH", "foodregio")


@given(text=st.text(max_size=200))
def test_no_text_is_too_strange(text: str, lexical: Router) -> None:
    routing = lexical.route(text)
    assert (routing.kind == "routed") == bool(routing.steps) == bool(routing.clusters)


def test_an_enquiry_takes_a_few_milliseconds(router: Router) -> None:
    texts = [f"Wir suchen in Kiel {number} Paletten Lagerplatz für Fisch." for number in range(40)]
    started = time.process_time()
    for text in texts:
        router.route(text)
    assert (time.process_time() - started) / len(texts) < 0.02
