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
