"""Decides what a question gets: an answer, a question back, a person, or an honest "I don't know"."""

from __future__ import annotations

from typing import Literal

from bot.answering import comparing, finding, subjects
from bot.answering.cases import Case, case_of
from bot.answering.judging import Candidate
from bot.answering.knowledge import Knowledge
from bot.answering.outcomes import Bands, Outcome
from bot.answering.question import Question
from bot.answering.reply import Context

# An option to ask back must hold so much of the question, or be so likely.
SHARED = 0.3
FAIR = 0.3
# An only option that holds so much is answered without asking back.
HELD = 0.5
# The first rule that decides wins.
RULES = (
    subjects.noise,
    comparing.renamed,
    subjects.network,
    subjects.law,
    subjects.permit,
    subjects.moment,
    comparing.by_measure,
    comparing.two,
    finding.of_topic,
    finding.in_town,
    finding.located,
    finding.steps_of,
    subjects.intent,
    subjects.again,
    subjects.lasts,
    subjects.stays,
    comparing.compare,
    finding.which,
    finding.facet,
    finding.entry,
    finding.by_facts,
    subjects.pointed_at,
    subjects.same_again,
)


def decide(question: Question, knowledge: Knowledge, context: Context, bands: Bands) -> Outcome:
    """Decide on one question."""
    case = case_of(question, knowledge, context, bands)
    for rule in RULES:
        outcome = rule(case)
        if outcome is not None:
            return outcome
    return _unsure(case)


def _unsure(case: Case) -> Outcome:
    """Ask back where something comes near, else say that the bot does not know."""
    options = tuple(one for one in case.content if one.score >= case.bands.clarify and _shares(one, case))[:3]
    rival = case.intent.score if case.intent else 0.0
    if not options or rival > options[0].score:
        reason = None
        if case.intent and rival >= case.bands.clarify:
            reason = case.knowledge.content.intents[case.intent.name].reason
        return Outcome("unknown", case.score, reason=reason, options=tuple(case.content[:3]))
    first = options[0]
    if len(options) == 1 and _is_meant(first, case):
        form: Literal["facet", "entry"] = "facet" if first.kind == "facet" else "entry"
        return Outcome(form, case.bands.answer, first.name, case.question.clusters)
    if first.kind == "facet" and not case.question.clusters:
        return Outcome("whose", first.score, first.name)
    return Outcome("clarify", first.score, clusters=case.question.clusters, options=options)


def _is_meant(only: Candidate, case: Case) -> bool:
    """Tell whether the only option is answered at once: what it is asked of is named, or it holds the words."""
    if only.kind == "facet":
        named = bool(case.question.clusters) and not case.question.inherited
        return named and case.knowledge.content.facets[only.name].reply != "unknown"
    return len(set(case.question.subject)) > 1 and only.cover >= HELD


def _shares(option: Candidate, case: Case) -> bool:
    """Tell whether an option is about what the question is about, or at least likely."""
    question = case.question
    if not question.subject or (option.kind == "facet" and question.clusters):
        return True
    if option.kind == "entry" and not case.knowledge.topics[option.name].keys().isdisjoint(question.topics):
        return True
    return option.cover >= SHARED or option.chance >= FAIR
