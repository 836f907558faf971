"""Decides what a question gets: an answer, a question back, a person, or an honest "I don't know"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.answering.judging import Candidate, Judgement, judge
from bot.answering.knowledge import Knowledge
from bot.answering.question import SHORT, Question, about, others
from bot.answering.reply import Context
from bot.answering.schema import CLUSTERS, LANGUAGES

Form = Literal[
    "entry", "facet", "steps", "entries", "compare", "network", "talk", "handover", "unknown", "clarify", "whose"
]
# What a question is about, told by its build alone.
BUILDS = frozenset(("intent:compare", "intent:which", "intent:belongs"))
# Words that no answer holds speak for another subject.
STRANGE = 0.3
# A chance from which the matcher alone is believed.
TRUSTED = 0.6
# Facets under which a value-chain step may be meant.
STEP_FACETS = frozenset(("steps", "topics", "services", "sectors", "profile", "projects"))


@dataclass(frozen=True)
class Bands:
    """Scores from which a question is answered, asked back, or taken for small talk."""

    answer: float = 0.95
    clarify: float = 0.7
    talk: float = 1.0
    # Facts that hold so much of a question, with a word so rare, answer it whatever the matcher says.
    cover: float = 0.6
    rare: int = 4


@dataclass(frozen=True)
class Outcome:
    """What was decided."""

    form: Form
    score: float = 0.0
    name: str = ""
    clusters: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    reason: str | None = None
    told_first: tuple[str, ...] = ()
    options: tuple[Candidate, ...] = ()


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


def decide(question: Question, knowledge: Knowledge, context: Context, bands: Bands) -> Outcome:
    """Decide on one question."""
    case = _case(question, knowledge, context, bands)
    for rule in RULES:
        outcome = rule(case)
        if outcome is not None:
            return outcome
    return _unsure(case)


def _case(question: Question, knowledge: Knowledge, context: Context, bands: Bands) -> Case:
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
    content = [one for one in judgement.candidates if one.kind != "intent"]
    intents = [one for one in judgement.candidates if one.kind == "intent" and one.label not in BUILDS]
    builds = {one.name: one for one in judgement.candidates if one.label in BUILDS}
    return Case(question, judgement, context, knowledge, bands, content, intents[0] if intents else None, builds)


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


def _renamed(case: Case) -> Outcome | None:
    """The same cluster by two names: say what became of the name."""
    if case.question.aliased and len(case.question.content) <= 3:
        return Outcome("facet", 2.0, "name", case.question.clusters)
    return None


def _network(case: Case) -> Outcome | None:
    """Another network is named: say that it is none of the four, and nothing more about it."""
    question = case.question
    if not question.networks or _is_about_network(case):
        return None
    belongs = question.ours and (not question.content or case.build("belongs") >= case.bands.clarify)
    if belongs or (not question.content and question.length <= SHORT):
        return Outcome("network", 2.0, question.networks[0])
    return Outcome("unknown", 0.0, question.networks[0], reason="other_network")


def _is_about_network(case: Case) -> bool:
    best = case.best
    if best is None or best.kind != "entry" or case.score < case.bands.answer:
        return False
    return any(network in case.knowledge.topics[best.name] for network in case.question.networks)


def _intent(case: Case) -> Outcome | None:
    """Small talk, a wish for a person, or another subject."""
    intent = case.intent
    if intent is None:
        return None
    kind = case.knowledge.content.intents[intent.name].kind
    reason = case.knowledge.content.intents[intent.name].reason
    uncovered = 1 - case.best.cover if case.best is not None and kind == "unknown" else 0.0
    if intent.score + STRANGE * uncovered < case.score:
        return None
    if kind == "unknown":
        return Outcome("unknown", intent.score, intent.name, reason=reason) if _is_other_subject(case, intent) else None
    if kind == "handover" and (intent.score >= case.bands.talk or intent.chance > 0.5):
        return Outcome("handover", intent.score, intent.name)
    if intent.score < case.bands.talk:
        return None
    return None if case.question.clusters or case.question.topics else Outcome("talk", intent.score, intent.name)


def _is_other_subject(case: Case, intent: Candidate) -> bool:
    """A weak hint at another subject gives way where the words point to value-chain steps or facts."""
    if (case.question.which or case.question.clusters) and case.held and intent.chance < TRUSTED:
        return False
    return intent.score >= case.bands.clarify or not (case.question.which or case.question.clusters)


def _again(case: Case) -> Outcome | None:
    """ "And at GIQS?": the same question about another cluster."""
    question, facet = case.question, case.context.facet
    if not question.clusters or question.content or question.inherited or not facet or question.length > 5:
        return None
    if facet == "compare":
        return Outcome("compare", 2.0, clusters=question.clusters)
    return Outcome("facet", 2.0, facet, question.clusters)


def _two(case: Case) -> Outcome | None:
    """Two clusters and a word of comparison leave no doubt."""
    sure = case.question.comparing or case.build("compare") >= case.bands.talk
    rival = case.intent.score if case.intent is not None else 0.0
    return _compare(case) if len(case.question.clusters) > 1 and sure and rival < case.bands.talk else None


def _compare(case: Case) -> Outcome | None:
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
    about = Question(topic, (case.knowledge.what_is(topic),), (), 3, topics=(topic,))
    found = judge(about, case.knowledge, Context()).candidates
    return next((one.name for one in found if one.kind == "entry" and case.knowledge.topics[one.name].get(topic)), None)


def _which(case: Case) -> Outcome | None:
    """Which of the four: by step, by place, or by the facts that hold the question's words."""
    question, best = case.question, case.best
    if question.clusters or not question.which or question.topics:
        return None
    if question.placed:
        return Outcome("facet", 1.5, "region", question.nearby)
    sure = best is not None and case.score >= case.bands.answer
    if best is not None and sure and best.kind == "entry":
        return None
    if question.steps:
        return Outcome("steps", 1.5, steps=question.steps[:2])
    if question.nearby and not sure and len(question.content) <= len(question.nearby) + 3:
        return Outcome("facet", 1.5, "region", question.nearby)
    return None if question.nearby and sure else _by_facts(case)


def _steps_of(case: Case) -> Outcome | None:
    """Does this cluster work on that step?"""
    question, best = case.question, case.best
    if not question.clusters or not question.steps or best is None:
        return None
    if best.kind != "facet" and case.score >= case.bands.answer:
        return None
    if case.intent is not None and case.intent.chance >= TRUSTED:
        return None
    pointing = case.knowledge.step_words[question.steps[0]]
    if not all(any(word.startswith(phrase) for phrase in pointing) for word in question.content):
        return None
    vague = best.name in STEP_FACETS and best.chance < 0.6
    if best.name == "steps" or case.score < case.bands.answer or vague:
        return Outcome(
            "steps", max(case.score, case.bands.answer), clusters=question.clusters, steps=question.steps[:2]
        )
    return None


def _facet(case: Case) -> Outcome | None:
    question, best = case.question, case.best
    if best is None or best.kind != "facet" or case.score < case.bands.answer:
        return None
    clusters = question.clusters or (question.nearby if question.which else ())
    if not clusters and (question.everyone or question.denied):
        clusters = others(question.denied)
    if not clusters and question.which and case.held:
        return _by_facts(case)
    if not clusters:
        rival = next((one for one in case.content if one.kind == "entry"), None)
        if rival is not None and rival.score >= max(case.bands.answer, case.score - 0.25):
            return Outcome("entry", rival.score, rival.name)
        return Outcome("whose", case.score, best.name)
    facet = case.knowledge.content.facets[best.name]
    if facet.reply == "unknown":
        return Outcome("unknown", case.score, best.name, clusters, reason=facet.reason)
    return Outcome("facet", case.score, best.name, clusters, told_first=_facts(case, best.name, clusters))


def _facts(case: Case, facet: str | None, clusters: tuple[str, ...]) -> tuple[str, ...]:
    """Return the facts that hold most of the question, best first."""
    found = []
    for passage in case.judgement.passages:
        kind, _, name = passage.id.partition(":")
        if kind != "fact" or passage.cover < 0.25:
            continue
        cluster, of, _ = name.split(".")
        if cluster in clusters and (facet is None or of == facet):
            found.append(name)
    return tuple(found[:3])


def _entry(case: Case) -> Outcome | None:
    best = case.best
    if best is None or best.kind != "entry" or case.score < case.bands.answer:
        return None
    return Outcome("entry", case.score, best.name)


def _by_facts(case: Case) -> Outcome | None:
    """The words are rare, and a fact or an answer holds them."""
    question, passages = case.question, case.judgement.passages
    if not passages or not (question.clusters or question.which or question.topics):
        return None
    if case.intent is not None and case.intent.score >= case.bands.talk:
        return None
    if not case.held:
        return None
    best = passages[0]
    tied = [passage for passage in passages if passage.cover >= best.cover - 0.01]
    entry = next((one for one in tied if one.id.startswith("entry:")), None)
    kind, _, name = (entry or best).id.partition(":")
    if kind == "entry":
        return Outcome("entry", case.bands.answer, name)
    cluster, facet, _ = name.split(".")
    return Outcome("facet", case.bands.answer, facet, (cluster,), told_first=(name,))


def _same_again(case: Case) -> Outcome | None:
    """A follow-up that nothing else answers is about the last answer."""
    question, entry = case.question, case.context.entry
    if not question.follows or entry not in case.knowledge.content.entries or question.length > 8:
        return None
    if case.intent is not None and case.intent.score >= case.bands.clarify:
        return None
    return Outcome("entry", case.bands.answer, entry or "")


def _unsure(case: Case) -> Outcome:
    """Ask back where something comes near, else say that the bot does not know."""
    options = tuple(one for one in case.content if one.score >= case.bands.clarify)[:3]
    rival = case.intent.score if case.intent else 0.0
    if not options or rival > options[0].score:
        reason = None
        if case.intent and rival >= case.bands.clarify:
            reason = case.knowledge.content.intents[case.intent.name].reason
        return Outcome("unknown", case.score, reason=reason, options=tuple(case.content[:3]))
    first = options[0]
    if first.kind == "facet" and not case.question.clusters:
        return Outcome("whose", first.score, first.name)
    return Outcome("clarify", first.score, clusters=case.question.clusters, options=options)


RULES = (
    _renamed,
    _network,
    _two,
    _steps_of,
    _intent,
    _again,
    _compare,
    _which,
    _facet,
    _entry,
    _by_facts,
    _same_again,
)
