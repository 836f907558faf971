"""What the rules decide on follow-ups, parts of a sentence, comparisons, lists and other networks."""

from __future__ import annotations

import pytest

from bot.answering import Answerer, Context, Reply, render
from bot.answering.rendering import plain
from bot.texts import Texts


def after(answerer: Answerer, *texts: str) -> Reply:
    context = Context()
    for text in texts:
        reply = answerer.reply_to(text, context)
        context = reply.context
    return reply


def test_a_follow_up_stays_with_the_project(answerer: Answerer) -> None:
    assert after(answerer, "Was ist CirQuality OWL?", "Gibt es das noch?").entry == "cirquality"


def test_a_follow_up_can_go_on_to_the_office(answerer: Answerer) -> None:
    reply = after(answerer, "What is Foodstarter?", "How can I phone them?")
    assert (reply.facet, reply.clusters) == ("contact", ("foodregio",))


def test_the_others_are_asked_the_same(answerer: Answerer) -> None:
    reply = after(answerer, "Welche Themen hat die FPI?", "Und die anderen?")
    assert (reply.facet, reply.clusters) == ("topics", ("foodregio", "nieke", "giqs"))


def test_who_was_spoken_of_need_not_be_named_again(answerer: Answerer) -> None:
    reply = after(answerer, "Tell me about GIQS", "In which town would I find the office?")
    assert (reply.facet, reply.clusters) == ("seat", ("giqs",))


def test_an_answer_about_another_project_is_none(answerer: Answerer) -> None:
    assert answerer.reply_to("Wer hat VIDA finanziert?", Context()).entry in {"vida", None}


def test_a_part_is_asked_of_what_the_part_before_names(answerer: Answerer) -> None:
    reply = answerer.reply_to("Was ist IGF und wer stellt den Antrag?", Context())
    assert len(reply.parts) == 2
    assert reply.context.entry == "funding-igf-apply"


def test_a_cluster_and_a_label_ask_for_the_clusters_label(answerer: Answerer) -> None:
    reply = answerer.reply_to("Does FPI hold the Bronze Label?", Context())
    assert (reply.facet, reply.clusters) == ("label", ("fpi",))


@pytest.mark.parametrize("text", ["Bronze versus Gold label", "ZIM gegenüber IGF"])
def test_two_topics_are_set_side_by_side(answerer: Answerer, text: str) -> None:
    assert len(answerer.reply_to(text, Context()).parts) == 2


def test_a_long_list_is_whole_when_all_is_asked_and_else_says_so(answerer: Answerer) -> None:
    short = answerer.reply_to("Welche Projekte hat die FPI?", Context())
    whole = answerer.reply_to("Zählen Sie sämtliche Projekte der FPI auf", Context())
    more = answerer.reply_to_choice(short.related[0].payload, Context(language="de"))
    assert short.parts[0]["blocks"][0]["more"] > 0
    assert whole.parts[0]["blocks"][0]["more"] == 0
    assert len(more.parts[0]["blocks"][0]["facts"]) == len(whole.parts[0]["blocks"][0]["facts"])


def test_another_network_is_called_as_the_person_called_it(answerer: Answerer, texts: Texts) -> None:
    message = plain(render(answerer.reply_to("Zählt Foodvalley auch zu euch?", Context()), texts))
    assert "Foodvalley: Das ist ein anderes Netzwerk" in message


def test_the_new_name_is_told_only_where_the_old_one_stands(answerer: Answerer, texts: Texts) -> None:
    message = plain(render(answerer.reply_to("Wie ist die Telefonnummer von foodRegio?", Context()), texts))
    assert "LI Food" not in message


@pytest.mark.parametrize("text", ["Ist GIQS morgen zu erreichen?", "Is somebody at foodRegio tomorrow?"])
def test_what_happens_tomorrow_is_not_known(answerer: Answerer, text: str) -> None:
    assert answerer.reply_to(text, Context()).kind == "unknown"


@pytest.mark.parametrize(
    ("text", "language"), [("Bronze Label Ablauf", "de"), ("phone of fpi", "en"), ("und was isn IGF", "de")]
)
def test_small_words_and_words_that_no_name_lends_tell_the_language(
    answerer: Answerer, text: str, language: str
) -> None:
    assert answerer.language(text, Context()) == language


@pytest.mark.parametrize(
    "text", ["Is Foodvalley one of the German Food Clusters?", "Worin unterscheidet sich GIQS vom Cluster Ernährung?"]
)
def test_another_network_beside_the_four_is_told_apart(answerer: Answerer, text: str) -> None:
    assert answerer.reply_to(text, Context()).kind == "answer"


def test_what_another_network_does_is_not_known(answerer: Answerer) -> None:
    assert answerer.reply_to("Which projects does Vitagora run with FPI?", Context()).kind == "unknown"


def test_of_a_named_cluster_its_own_facet_is_told(answerer: Answerer) -> None:
    reply = answerer.reply_to("FPI offices please, all of them", Context())
    assert (reply.facet, reply.clusters) == ("seat", ("fpi",))


def test_an_indirect_question_about_a_cluster_is_no_enquiry(answerer: Answerer) -> None:
    text = "we're a bakery in Herford and not sure whether FPI is meant for companies like ours"
    reply = answerer.reply_to(text, Context())
    assert (reply.kind, reply.clusters) == ("answer", ("fpi",))


def test_a_law_is_no_step_of_the_chain(answerer: Answerer) -> None:
    assert answerer.reply_to("Was verlangt das Verpackungsgesetz von Herstellern?", Context()).kind == "unknown"


def test_a_project_is_found_by_what_it_is_about(answerer: Answerer) -> None:
    reply = after(answerer, "Welche Projekte hat GIQS?", "und das mit den Bäumen, worum ging es da?")
    assert reply.entry == "treemania"


def test_how_long_it_runs_stays_with_the_programme(answerer: Answerer) -> None:
    reply = after(answerer, "Was ist INTERREG Deutschland-Danmark?", "und läuft das bis wann?")
    assert reply.entry == "funding-interreg-dk"
