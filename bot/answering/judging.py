"""Weighs what a question may be about: the matcher's scores, what it names, and the words that an answer holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bot.answering.knowledge import Knowledge
from bot.answering.passages import Passage
from bot.answering.question import Question
from bot.answering.reply import Context

# What a named thing and a covered word weigh against the matcher's score (0 to 2.5).
COVER = 0.5
OWN_CLUSTER = 0.05
OTHER_CLUSTER = -9.0
NO_CLUSTER = -0.15
TOPIC_SHARED = 0.25
TOPIC_FOREIGN = -0.3
TOPIC_MISSING = -0.2
FACET_OF_NOTHING = -0.5
SAME_ENTRY = 0.3
RELATED = 0.1
MOST = 8


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
    """Rank what the question may be about."""
    scores = knowledge.matcher.scores(readings or question.readings)
    passages = [passage for passage in knowledge.passages.find(question.content) if _fits(passage, question, knowledge)]
    covers = _covers(passages, question, knowledge)
    neutral = 1.0 if not question.content else 0.0
    candidates = []
    for number in np.argsort(-scores.total)[:40]:
        label = scores.labels[number]
        cover = covers.get(label, neutral)
        score = float(scores.total[number]) + _fit(label, question, knowledge, context)
        if not label.startswith("intent:"):
            score += COVER * (cover - 0.5)
        candidates.append(Candidate(label, score, cover, float(scores.chance[number]), float(scores.nearest[number])))
    candidates.sort(key=lambda candidate: -candidate.score)
    return Judgement(candidates[:MOST], passages)


def _covers(passages: Sequence[Passage], question: Question, knowledge: Knowledge) -> dict[str, float]:
    """Return the cover of each entry, and of each facet by its best fact and the words that ask for it."""
    shares = knowledge.passages.weights(question.content)
    covers = {
        label: sum(share for word, share in shares.items() if word in asking)
        for label, asking in knowledge.facet_words.items()
    }
    for passage in passages:
        kind, _, name = passage.id.partition(":")
        label = passage.id if kind == "entry" else f"facet:{name.split('.')[1]}"
        held = passage.held | (knowledge.facet_words.get(label, frozenset()) & shares.keys())
        covers[label] = max(covers.get(label, 0.0), sum(shares[word] for word in held))
    return covers


def _fits(passage: Passage, question: Question, knowledge: Knowledge) -> bool:
    if not question.clusters:
        return True
    kind, _, name = passage.id.partition(":")
    if kind == "fact":
        return name.split(".")[0] in question.clusters
    owners = knowledge.owners(knowledge.content.entries[name])
    return not owners or not owners.isdisjoint(question.clusters)


def _fit(label: str, question: Question, knowledge: Knowledge, context: Context) -> float:
    """Return what speaks for or against a label in what the question names."""
    kind, _, name = label.partition(":")
    if kind == "entry":
        return _entry_fit(name, question, knowledge, context)
    if kind == "facet" and not question.clusters and (question.topics or question.platform):
        return FACET_OF_NOTHING
    return 0.0


def _entry_fit(name: str, question: Question, knowledge: Knowledge, context: Context) -> float:
    topics = knowledge.topics[name]
    shared = max((topics.get(topic, 0.0) for topic in question.topics), default=0.0)
    fit = 0.0
    owners = knowledge.owners(knowledge.content.entries[name])
    if question.clusters and not shared:
        if owners:
            fit += OWN_CLUSTER if not owners.isdisjoint(question.clusters) else OTHER_CLUSTER
        else:
            fit += NO_CLUSTER
    if question.topics:
        fit += TOPIC_SHARED * min(1.0, 2 * shared) if shared else TOPIC_FOREIGN if topics else TOPIC_FOREIGN / 2
    elif max(topics.values(), default=0.0) > 0.7 and not question.follows and not question.platform:
        fit += TOPIC_MISSING
    if question.follows and context.entry is not None:
        last = knowledge.content.entries.get(context.entry)
        if name == context.entry:
            fit += SAME_ENTRY
        elif last is not None and name in last.related:
            fit += RELATED
    return fit
