from __future__ import annotations

from datetime import date

import pytest

from bot.answering.content import Content
from bot.routing import Router, region_name, render, route_line
from bot.simulator import Limits, Simulator
from bot.texts import Texts

TODAY = date(2026, 11, 24)
TEXTS = [
    "Wir suchen in Flensburg Verpackung und Fachkräfte.",
    "Our firm in Passau needs packaging.",
    "We are a cheese maker from Alkmaar with a problem of listeria.",
    "Label",
    "Moin",
]


def test_a_line_has_all_that_is_promised(router: Router, texts: Texts) -> None:
    line = route_line(router, texts, {"text": "Kartons für Eier gesucht, wir sind in Kiel"})
    assert (line["kind"], line["steps"], line["region"], line["lang"]) == ("routed", ["packaging"], "DE-SH", "de")
    assert line["clusters"][0] == {
        "id": "foodregio",
        "score": 5,
        "reasons": [
            "weil Sie „Verpackung“ genannt haben, einen Schwerpunkt dieses Netzwerks",
            "wegen Ihrer Region: Schleswig-Holstein",
        ],
    }


def test_reasons_speak_the_language_of_the_enquiry(router: Router, texts: Texts) -> None:
    line = route_line(router, texts, {"text": "We need cartons for eggs in Hanover"})
    assert line["clusters"][0]["reasons"] == ["because you named Packaging, a main field of this network"]


def test_a_message_is_honest_where_no_cluster_is_at_home(router: Router, content: Content, texts: Texts) -> None:
    bavaria = render(router.route("Unsere Firma in Passau braucht Kartons."), content, texts, today=TODAY)
    assert "Bayern" in bavaria
    assert "Keines der vier Netzwerke" in bavaria
    kiel = render(router.route("Unsere Firma in Kiel braucht Kartons."), content, texts, today=TODAY)
    assert "Keines der vier" not in kiel


def test_a_message_asks_for_the_place_unless_it_does_not_matter(router: Router, content: Content, texts: Texts) -> None:
    found = router.route("Wir brauchen Kartons.")
    assert "Den Ort Ihrer Firma" in render(found, content, texts, today=TODAY)
    assert "Den Ort Ihrer Firma" not in render(found, content, texts, today=TODAY, asks_place=False)


def test_what_expired_is_told_as_past(router: Router, content: Content, texts: Texts) -> None:
    found = router.chosen(["research"], "DE-NI", "en")
    assert "This held until" in render(found, content, texts, today=date(2025, 1, 1))
    assert "This held until" not in render(found, content, texts, today=date(2024, 12, 31))


def test_regions_are_named_in_both_languages(content: Content) -> None:
    assert region_name(content, "DE-NI", "en") == "Lower Saxony"
    assert region_name(content, "DK", "de") == "Dänemark"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", ["de", "en"])
async def test_messages_are_taken(text: str, language: str, router: Router, content: Content, texts: Texts) -> None:
    simulator = Simulator(limits=Limits.off())
    await simulator.add_person("Muster", person_id=7).start()
    message = render(router.route(text, language), content, texts, today=TODAY)
    answer = await simulator.call("sendMessage", {"chat_id": 7, "text": message, "parse_mode": "HTML"})
    assert answer.status == 200, message
    assert "\n\n\n" not in message
