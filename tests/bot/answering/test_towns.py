"""A town can stand for the cluster whose office is there."""

from __future__ import annotations

import pytest

from bot.answering import Answerer, Context


@pytest.mark.parametrize(
    ("text", "cluster", "facet"),
    [
        ("phone number of the people in Vechta", "nieke", "contact"),
        ("Welche Projekte hat der Verein aus Bielefeld?", "fpi", "projects"),
        ("Seit wann gibt es die Lübecker?", "foodregio", "founding"),
        ("Rufnummer Lübeck", "foodregio", "contact"),
    ],
)
def test_a_town_stands_for_its_cluster(answerer: Answerer, text: str, cluster: str, facet: str) -> None:
    reply = answerer.reply_to(text, Context())
    assert (reply.kind, reply.clusters, reply.facet) == ("answer", (cluster,), facet)


@pytest.mark.parametrize("text", ["Wo kann man in Bielefeld schön wohnen?", "weather in Lübeck", "Stadtplan Vechta"])
def test_a_town_alone_is_no_question_about_a_cluster(answerer: Answerer, text: str) -> None:
    assert answerer.reply_to(text, Context()).kind != "answer"


def test_the_fact_that_is_compared_is_told_of_both(answerer: Answerer) -> None:
    reply = answerer.reply_to("Has FPI or foodRegio got the larger membership?", Context())
    assert (reply.facet, reply.clusters) == ("member_count", ("foodregio", "fpi"))


def test_what_is_left_out_is_not_told(answerer: Answerer) -> None:
    assert answerer.reply_to("Which events are there at foodRegio except the Trend Day?", Context()).facet == "events"
