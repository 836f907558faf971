"""Rules that tell what a sentence means from how it is built."""

from __future__ import annotations

import pytest

from bot.answering import Answerer, Context


@pytest.mark.parametrize("cluster", ["foodregio", "nieke", "fpi", "giqs"])
def test_every_cluster_tells_of_its_links_abroad(answerer: Answerer, cluster: str) -> None:
    name = answerer.knowledge.content.clusters[cluster].name
    reply = answerer.reply_to(f"Which nations is {name} linked with?", Context())
    assert (reply.facet, reply.clusters) == ("international", (cluster,))


def test_a_small_firm_compares_no_networks(answerer: Answerer) -> None:
    reply = answerer.reply_to("Wir sind ein kleiner Betrieb bei Oldenburg, wer hilft uns dort?", Context())
    assert reply.facet != "member_count"
    assert answerer.reply_to("Welches der vier ist kleiner?", Context()).facet == "member_count"


def test_today_may_mean_nowadays(answerer: Answerer) -> None:
    assert answerer.reply_to("Ist FPI heute noch aktiv?", Context()).facet == "status"
    assert answerer.reply_to("Kommt heute noch jemand von FPI vorbei?", Context()).kind == "unknown"


def test_a_sentence_that_says_nothing_alone_is_read_with_the_one_before(answerer: Answerer) -> None:
    reply = answerer.reply_to("Wir suchen Lehrlinge. Hat foodRegio da etwas?", Context())
    assert reply.entry == "foodstarter"


@pytest.mark.parametrize(("text", "language"), [("broschüre gfc", "de"), ("gfc brochure", "en")])
def test_a_name_with_an_umlaut_is_german(answerer: Answerer, text: str, language: str) -> None:
    assert answerer.reply_to(text, Context()).language == language


def test_the_board_s_members_are_persons(answerer: Answerer) -> None:
    assert answerer.reply_to("Who are the board members of GIQS?", Context()).reason == "person"


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("FPI isn't in Hamburg, is it?", "seat"),
        ("GIQS wurde doch nicht erst 2010 gegründet?", "founding"),
        ("Seit wann gibt es die Food-Processing Initiative?", "founding"),
        ("Wer ist GIQS eigentlich?", "profile"),
    ],
)
def test_a_named_cluster_is_asked_about_what_is_said(answerer: Answerer, text: str, facet: str) -> None:
    assert answerer.reply_to(text, Context()).facet == facet


def test_what_the_last_clause_asks_is_about_the_name_before(answerer: Answerer) -> None:
    reply = answerer.reply_to("Read about NEWTRITION X in the paper at breakfast, what is that?", Context())
    assert reply.entry == "newtrition"


@pytest.mark.parametrize(
    "text", ["Welche Zulassung braucht eine Anlage zur Käseherstellung?", "Is a permit needed to bottle juice?"]
)
def test_what_an_authority_permits_is_not_known(answerer: Answerer, text: str) -> None:
    assert answerer.reply_to(text, Context()).reason == "legal"


def test_a_town_is_not_its_cluster(answerer: Answerer) -> None:
    assert answerer.reply_to("War Bonn wirklich einmal Hauptstadt?", Context()).kind == "unknown"


def test_a_pronoun_stays_with_the_sentence_before(answerer: Answerer) -> None:
    reply = answerer.reply_to("Mein Nachbar schwört auf GIQS. Welche Hochschulen haben den angestoßen?", Context())
    assert (reply.facet, reply.clusters) == ("founding", ("giqs",))
