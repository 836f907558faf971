"""Rules for questions about several clusters or programmes, or about one by two names."""

from __future__ import annotations

from bot.answering.cases import Case
from bot.answering.judging import judge
from bot.answering.outcomes import Outcome
from bot.answering.question import Question, others
from bot.answering.reply import Context
from bot.answering.words import folded_words

# So much ahead, a comparison is believed before another subject.
SURER = 0.5


def renamed(case: Case) -> Outcome | None:
    """The same cluster by two names: say what became of the name."""
    best = case.best
    other = best is not None and best.kind == "facet" and best.name != "name" and case.score >= case.bands.answer
    if case.question.aliased and len(case.question.content) <= 3 and not (other and case.question.content):
        return Outcome("facet", 2.0, "name", case.question.clusters)
    return None


def two(case: Case) -> Outcome | None:
    """Two clusters or programmes and a word of comparison leave no doubt."""
    sure = case.question.comparing or case.build("compare") >= case.bands.talk
    rival = case.intent.score if case.intent is not None else 0.0
    believed = rival < case.bands.talk or case.build("compare") > rival + SURER
    several = len(case.question.clusters) > 1 or len(case.question.topics) > 1
    return compare(case) if several and sure and believed else None


def by_measure(case: Case) -> Outcome | None:
    """ "Which is older?": the fact that is compared, of those that are named or of all."""
    question = case.question
    if question.topics or question.networks or question.follows:
        return None
    if len(question.clusters) < 2 and not (question.which or question.everyone or question.platform):
        return None
    facets = case.knowledge.content.facets.items()
    words = folded_words(question.text)
    # "A smaller firm" compares no networks.
    said = {word for before, word in zip(("", *words), words, strict=False) if before not in case.knowledge.indefinite}
    measured = next((name for name, facet in facets if not said.isdisjoint(facet.compares)), None)
    if measured is None or len(question.clusters) == 1:
        return None
    return Outcome("facet", 2.0, measured, question.clusters or others(question.denied))


def compare(case: Case) -> Outcome | None:
    """Several clusters, all four, or several programmes are set side by side."""
    question = case.question
    asked = case.build("compare")
    if len(question.topics) > 1 and (question.comparing or asked >= case.bands.talk) and not question.clusters:
        return _compare_topics(case)
    if len(question.clusters) < 2:
        sure = "compare" in case.builds and case.builds["compare"].chance > 0.6
        if question.everyone and sure and asked >= case.score:
            return Outcome("compare", asked, clusters=others(question.denied))
        return None
    if question.steps and case.score < 1.5:
        return Outcome("steps", 2.0, clusters=question.clusters, steps=question.steps[:1])
    if asked >= case.bands.clarify or case.score < case.bands.answer:
        best = case.best
        strong = best is not None and best.kind == "facet" and (case.score > asked + 0.4 or best.chance > 0.3)
        if not strong or case.score < case.bands.answer:
            return Outcome("compare", max(asked, case.score), clusters=question.clusters)
    return None


def _compare_topics(case: Case) -> Outcome | None:
    """Two programmes or labels side by side, unless one answer is about both."""
    wanted = case.question.topics[:3]
    topics = case.knowledge.topics
    best = case.best
    if best is not None and best.kind == "entry" and all(topics[best.name].get(topic, 0.0) >= 0.2 for topic in wanted):
        return None
    names = tuple(dict.fromkeys(filter(None, (_main_entry(case, topic) for topic in wanted))))
    return Outcome("entries", 2.0, told_first=names) if len(names) > 1 else None


def _main_entry(case: Case, topic: str) -> str | None:
    """Return the entry that tells what a programme is."""
    knowledge = case.knowledge
    if topic not in knowledge.told_by:
        about = Question(topic, (knowledge.what_is(topic),), (), 3, topics=(topic,))
        found = judge(about, knowledge, Context()).candidates
        told = (one.name for one in found if one.kind == "entry" and knowledge.topics[one.name].get(topic))
        knowledge.told_by[topic] = next(told, None)
    return knowledge.told_by[topic]
