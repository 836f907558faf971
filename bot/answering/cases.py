"""A question with all that speaks about it; what the rules look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.answering.judging import Candidate, Judgement, judge
from bot.answering.knowledge import Knowledge
from bot.answering.outcomes import Bands
from bot.answering.question import Question, about
from bot.answering.reply import Context
from bot.answering.schema import LANGUAGES
from bot.names import CLUSTERS

# What a question is about, told by its build alone.
BUILDS = frozenset(("intent:compare", "intent:which", "intent:belongs"))

# Scores so near each other say little; what the answers hold says more.
NEAR, CLOSE = 0.25, 0.1
HALF, FULL = 0.5, 0.95
LIKELIER = 0.2


@dataclass(frozen=True)
class Case:
    """A question with all that speaks about it."""

    question: Question
    judgement: Judgement
    context: Context
    knowledge: Knowledge
    bands: Bands
    content: list[Candidate] = field(default_factory=list)
    intent: Candidate | None = None
    builds: dict[str, Candidate] = field(default_factory=dict)

    @property
    def best(self) -> Candidate | None:
        """The entry or facet that fits best."""
        return self.content[0] if self.content else None

    def build(self, name: str) -> float:
        """The score of a build: compare, which, belongs."""
        return self.builds[name].score if name in self.builds else 0.0

    @property
    def held(self) -> bool:
        """Tell whether facts or an answer hold the question's rare words."""
        passages = self.judgement.passages
        return bool(passages) and passages[0].cover >= self.bands.cover and passages[0].rarest <= self.bands.rare

    @property
    def score(self) -> float:
        """The score of the best entry or facet."""
        return self.content[0].score if self.content else 0.0


def case_of(question: Question, knowledge: Knowledge, context: Context, bands: Bands) -> Case:
    """Judge a question; a follow-up also together with what it follows."""
    question = _inherited(question, knowledge, context)
    judgement = judge(question, knowledge, context)
    case = _sorted(question, judgement, context, knowledge, bands)
    if question.follows:
        joined = _joined(question, knowledge, context)
        if joined:
            merged = _merged(judgement, judge(question, knowledge, context, joined), context.entry)
            case = _sorted(question, merged, context, knowledge, bands)
    return case


def _sorted(question: Question, judgement: Judgement, context: Context, knowledge: Knowledge, bands: Bands) -> Case:
    content = _reordered([one for one in judgement.candidates if one.kind != "intent"], question, knowledge)
    intents = [one for one in judgement.candidates if one.kind == "intent" and one.label not in BUILDS]
    builds = {one.name: one for one in judgement.candidates if one.label in BUILDS}
    return Case(question, judgement, context, knowledge, bands, content, intents[0] if intents else None, builds)


def _reordered(content: list[Candidate], question: Question, knowledge: Knowledge) -> list[Candidate]:
    """Of candidates near each other, one that is far likelier or holds all words is first; or what a bare name is."""
    if not content or question.follows:
        return content
    best = content[0]
    if _is_of_all(best, question, knowledge):
        own = [
            one for one in content if one.kind == "facet" and one.cover >= best.cover and one.score > best.score - NEAR
        ]
        return [*own[:1], *(one for one in content if one not in own[:1])]
    if len(question.topics) == 1 and not question.subject and not question.clusters:
        main = knowledge.main_entry(question.topics[0])
        told = [one for one in content if one.label == main and one.score > best.score - NEAR]
        preferred = _likelier(content) or told
    elif best.cover < HALF and question.subject and (question.topics or question.steps) and not question.clusters:
        preferred = [one for one in content if one.cover > FULL and one.score > best.score - NEAR][:1]
    else:
        preferred = _likelier(content)
    return [*preferred, *(one for one in content if one not in preferred)]


def _likelier(content: list[Candidate]) -> list[Candidate]:
    """What holds as many words as the best and is far likelier, where both are entries; of facets, the likeliest."""
    best = content[0]
    if best.kind == "facet":
        return [
            one
            for one in content[1:]
            if one.kind == "facet" and one.score > best.score - CLOSE and one.chance > best.chance + HALF
        ][:1]
    rivals = [
        one for one in content if one.score > best.score - NEAR and one.cover >= best.cover and one.kind == "entry"
    ]
    likeliest = max(rivals, key=lambda one: one.chance, default=best)
    return [likeliest] if best.kind == "entry" and likeliest.chance > best.chance + LIKELIER else []


def _is_of_all(best: Candidate, question: Question, knowledge: Knowledge) -> bool:
    """Tell whether a named cluster is asked about and what fits best is not about it alone."""
    if best.kind != "entry" or len(question.clusters) != 1 or question.topics or question.platform:
        return False
    return knowledge.owners(knowledge.content.entries[best.name]) != set(question.clusters)


def _inherited(question: Question, knowledge: Knowledge, context: Context) -> Question:
    """A follow-up is about what was named last."""
    if not question.follows:
        return question
    clusters = tuple(name for name in context.entities if name in CLUSTERS)
    topics = tuple(name for name in context.entities if name not in CLUSTERS)
    if question.everyone or question.which:
        return question
    left = tuple(cluster for cluster in clusters if cluster not in question.denied)
    return about(question, knowledge, left, topics)


def _joined(question: Question, knowledge: Knowledge, context: Context) -> tuple[str, ...]:
    """Read a follow-up together with the question that the last answer belongs to."""
    if context.entry in knowledge.content.entries:
        phrases = knowledge.content.entries[context.entry].questions
        return tuple(f"{phrases[language][0]} {question.text}" for language in LANGUAGES if phrases.get(language))
    return ()


def _merged(own: Judgement, joined: Judgement, last: str | None) -> Judgement:
    best: dict[str, Candidate] = {}
    same = f"entry:{last}"
    for candidate in (*own.candidates, *(one for one in joined.candidates if one.label != same)):
        known = best.get(candidate.label)
        if known is None or known.score < candidate.score:
            best[candidate.label] = candidate
    return Judgement(sorted(best.values(), key=lambda one: -one.score), own.passages)
