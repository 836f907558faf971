"""Weighs what a question may be about: the matcher's scores, what it names, and the words that an answer holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.answering.knowledge import Knowledge
from bot.answering.passages import Passage
from bot.answering.question import Question
from bot.answering.reply import Context

# What a named thing and a covered word weigh against the matcher's score (0 to 2.5).
COVER = 0.5
OWN_CLUSTER = 0.05
OTHER_CLUSTER = -9.0
NO_CLUSTER = -0.4
# Asked about each of the four, an answer about all together is no answer.
OF_ALL = -0.8
# "Where are they?" after a cluster was named asks about that cluster.
BARE_FOLLOW_UP = -0.8
TOPIC_SHARED = 0.25
TOPIC_FOREIGN = -0.6
TOPIC_MISSING = -0.35
# "Besides the Trend Day": the answer about it is not wanted.
LEFT_OUT = -1.0
# An answer that shares nothing but a town's name with the question.
ONLY_PLACE = -0.8
# A word that stands nowhere, where nothing is named either.
UNHEARD = -0.1
FACET_OF_NOTHING = -0.5
# A year that an answer does not tell.
YEAR_MISSING = -0.8
# Asked about nobody in particular, a question rather means the platform than one of the four.
FACET_OF_NOBODY = -0.15
# Somebody's own application, invoice or account.
OWN_AFFAIR = 0.6
# Nothing but a cluster's name asks what it is.
BARE_NAME = 0.3
# A follow-up seldom changes the subject.
CHANGE_OF_SUBJECT = -0.35
# A question with its project's name taken out is read for other subjects, with less trust.
BARE = -0.2
BARE_CHANCE = 0.35
SAME_ENTRY = 0.3
RELATED = 0.1
MOST = 8
REMEMBERED = 64
LEADING = 40
YEAR = re.compile(r"(19|20)\d\d")


class Candidate(NamedTuple):
    """A label (`entry:x`, `facet:x`, `intent:x`) with its score and the share of the question that it covers."""

    label: str
    score: float
    cover: float
    chance: float
    nearest: float

    @property
    def kind(self) -> str:
        """Return entry, facet or intent."""
        return self.label.partition(":")[0]

    @property
    def name(self) -> str:
        """Return the id without the kind."""
        return self.label.partition(":")[2]


class Judgement(NamedTuple):
    """The candidates, best first, and the passages that hold the question's words."""

    candidates: list[Candidate]
    passages: list[Passage]


def judge(question: Question, knowledge: Knowledge, context: Context, readings: Sequence[str] = ()) -> Judgement:
    """Rank what the question may be about; one message asks the same several times."""
    key = (question, context.entry if question.follows else None, tuple(readings))
    judged: dict[object, Judgement] = knowledge.judged
    if key not in judged:
        if len(judged) >= REMEMBERED:
            judged.clear()
        judged[key] = _judge(question, knowledge, context, readings)
    return judged[key]


def _judge(question: Question, knowledge: Knowledge, context: Context, readings: Sequence[str]) -> Judgement:
    wanted = [readings or question.readings, *([(question.bare,)] if question.bare and not readings else [])]
    scores, *others = knowledge.matcher.scores(*wanted)
    bare = others[0] if others else None
    passages = [passage for passage in knowledge.passages.find(question.content) if _fits(passage, question, knowledge)]
    held = _held(passages, question, knowledge)
    shares = knowledge.passages.weights(question.subject)
    unheard = UNHEARD if _says_unheard(question, knowledge) else 0.0
    neutral = 1.0 if not question.subject else 0.0
    candidates = []
    for number in _ahead(scores.total, bare.total if bare is not None else scores.total):
        label = scores.labels[number]
        cover = neutral or sum(shares.get(word, 0.0) for word in held.get(label, ()))
        total = float(scores.total[number])
        if bare is not None and label.startswith("intent:") and bare.chance[number] >= BARE_CHANCE:
            total = max(total, float(bare.total[number]) + BARE)
        score = total + _fit(label, question, knowledge, context, cover)
        if not label.startswith("intent:"):
            score += COVER * (cover - 0.5) + unheard
            score += _missing(label, question, knowledge, held.get(label, frozenset()))
        candidates.append(Candidate(label, score, cover, float(scores.chance[number]), float(scores.nearest[number])))
    candidates.sort(key=lambda candidate: -candidate.score)
    return Judgement(candidates[:MOST], passages)


def _says_unheard(question: Question, knowledge: Knowledge) -> bool:
    """Tell whether a question that names nothing has a word that stands nowhere in the content."""
    if question.names_something or question.inherited or question.nearby:
        return False
    return any(word not in knowledge.passages for word in question.content)


def _missing(label: str, question: Question, knowledge: Knowledge, held: frozenset[str]) -> float:
    """Return what speaks against an answer in the question's words that it does not hold."""
    years = (word for word in question.content if YEAR.fullmatch(word))
    year = label not in knowledge.dated and any(word not in held for word in years)
    only_place = bool(question.nearby and question.unplaced and not question.clusters) and held.isdisjoint(
        question.unplaced
    )
    return (YEAR_MISSING if year else 0.0) + (ONLY_PLACE if only_place else 0.0)


def _ahead(*totals: NDArray[np.float32]) -> list[int]:
    """Return the labels that lead in one of the rankings."""
    return list(dict.fromkeys(int(number) for total in totals for number in np.argsort(-total)[:LEADING]))


def _held(passages: Sequence[Passage], question: Question, knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Return the question's words that each entry holds, and each facet by its best fact and by what asks for it."""
    asked = frozenset(question.content)
    held = {label: knowledge.asked_of(label, asked) for label in knowledge.facet_words}
    for passage in reversed(passages):
        kind, _, name = passage.id.partition(":")
        if kind == "entry":
            held[passage.id] = passage.held
        else:
            label = f"facet:{name.split('.')[1]}"
            held[label] = passage.held | knowledge.asked_of(label, asked)
    return held


def _fits(passage: Passage, question: Question, knowledge: Knowledge) -> bool:
    if not question.clusters:
        return True
    kind, _, name = passage.id.partition(":")
    if kind == "fact":
        return name.split(".")[0] in question.clusters
    owners = knowledge.owners(knowledge.content.entries[name])
    return not owners or not owners.isdisjoint(question.clusters)


def _fit(label: str, question: Question, knowledge: Knowledge, context: Context, cover: float) -> float:
    """Return what speaks for or against a label in what the question names."""
    kind, _, name = label.partition(":")
    if kind == "entry":
        followed = _followed(name, question, knowledge, context)
        return _owned(name, question, knowledge) + _on_topic(name, question, knowledge, cover) + followed
    return _facet_fit(name, question) if kind == "facet" else _intent_fit(name, question, knowledge)


def _facet_fit(name: str, question: Question) -> float:
    if question.each:
        return 0.0
    if question.inherited and question.topics:
        return FACET_OF_NOTHING
    if question.clusters:
        return BARE_NAME if name == "profile" and question.only_name else 0.0
    if question.topics or question.platform:
        return FACET_OF_NOTHING
    return FACET_OF_NOBODY if question.content else 0.0


def _intent_fit(name: str, question: Question, knowledge: Knowledge) -> float:
    if name == "account" and question.own_affair:
        return OWN_AFFAIR
    if question.inherited and knowledge.content.intents[name].kind == "unknown":
        return CHANGE_OF_SUBJECT
    return 0.0


def _owned(name: str, question: Question, knowledge: Knowledge) -> float:
    """An entry about one cluster does not answer a question about another."""
    topics = knowledge.topics[name]
    if (question.each or question.denied) and not question.topics and not question.clusters:
        return OF_ALL
    if not question.clusters or any(topic in topics for topic in question.topics):
        return 0.0
    if question.inherited and not question.content:
        return BARE_FOLLOW_UP
    owners = knowledge.owners(knowledge.content.entries[name])
    if len(owners) > len(question.clusters) + 1:
        return NO_CLUSTER
    if owners:
        return OWN_CLUSTER if not owners.isdisjoint(question.clusters) else OTHER_CLUSTER
    return 0.0 if question.platform else NO_CLUSTER


def _on_topic(name: str, question: Question, knowledge: Knowledge, cover: float) -> float:
    topics = knowledge.topics[name]
    if any(topics.get(topic, 0.0) >= 0.5 for topic in question.left_out):
        return LEFT_OUT
    if question.topics:
        shared = max((topics.get(topic, 0.0) for topic in question.topics), default=0.0)
        if shared:
            return TOPIC_SHARED * min(1.0, 2 * shared) * min(1.0, 0.5 + cover)
        return TOPIC_FOREIGN if topics else TOPIC_FOREIGN / 2
    named = question.follows or question.platform or (question.content and cover >= 0.5)
    return TOPIC_MISSING if max(topics.values(), default=0.0) > 0.7 and not named else 0.0


def _followed(name: str, question: Question, knowledge: Knowledge, context: Context) -> float:
    """A follow-up rather stays with the last answer, or goes on to what is related to it."""
    last = knowledge.content.entries.get(context.entry or "")
    if not question.follows or last is None:
        return 0.0
    return SAME_ENTRY if name == last.id else RELATED if name in last.related else 0.0
