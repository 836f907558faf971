"""Rules that find what in the content answers a question."""

from __future__ import annotations

from bot.answering.cases import Case, case_of
from bot.answering.outcomes import Outcome
from bot.answering.question import others
from bot.answering.subjects import FULLY, TRUSTED
from bot.names import CLUSTERS

# Facets under which a value-chain step may be meant.
STEP_FACETS = frozenset(("steps", "topics", "services", "sectors", "profile", "projects"))

# What a town alone is enough for; all else may be asked of the town itself.
BY_TOWN = frozenset(("contact", "seat", "website"))
SURER = 0.2
# "We make this and that in Lübeck, which of the four is ours?" has so many words besides.
EXPLAINED = 6
# A chance from which the matcher is believed although the words are few.
LIKELY = 0.7


def which(case: Case) -> Outcome | None:
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
    if (
        question.nearby
        and not sure
        and len(question.content) <= len(question.nearby) + (EXPLAINED if question.everyone else 3)
    ):
        return Outcome("facet", 1.5, "region", question.nearby)
    return None if question.nearby and sure else by_facts(case)


def of_topic(case: Case) -> Outcome | None:
    """A cluster and a topic that is a fact of each cluster, such as its label."""
    question = case.question
    if not question.clusters or not question.topics or question.inherited or question.comparing:
        return None
    facets = case.knowledge.content.facets.items()
    name = next((name for name, facet in facets if set(question.topics) <= set(facet.topics)), None)
    rival = case.intent.score if case.intent is not None else 0.0
    if name is None or rival >= max(case.score, case.bands.other) or _is_owned(case):
        return None
    return Outcome("facet", max(case.score, case.bands.answer), name, question.clusters)


def _is_owned(case: Case) -> bool:
    """Tell whether the best answer is about the named clusters."""
    best = case.best
    if best is None or best.kind != "entry":
        return False
    return not case.knowledge.owners(case.knowledge.content.entries[best.name]).isdisjoint(case.question.clusters)


def in_town(case: Case) -> Outcome | None:
    """An office's town is named and nothing else: what can be asked of a cluster is asked of the one there."""
    question = case.question.in_town
    if question is None or case.question.which or not question.content:
        return None
    there = case_of(question, case.knowledge, case.context, case.bands)
    best, rival = there.best, there.intent.score if there.intent is not None else 0.0
    if best is None or best.kind != "facet" or best.name not in BY_TOWN or best.cover < FULLY:
        return None
    return facet(there) if there.score > rival + SURER and there.score > case.score else None


def located(case: Case) -> Outcome | None:
    """ "FPI isn't in Hamburg, is it?": a cluster and a place, nothing else asked."""
    question, best = case.question, case.best
    named = len(question.clusters) == 1 and not question.inherited and not question.topics and not question.networks
    if not named or not question.nearby or question.unplaced or question.which or question.comparing:
        return None
    sure = best is not None and best.kind == "facet" and case.score >= case.bands.answer
    return None if sure else Outcome("facet", case.bands.answer, "seat", question.clusters)


def steps_of(case: Case) -> Outcome | None:
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


def facet(case: Case) -> Outcome | None:
    """A question that can be asked about any cluster; without a name, ask which."""
    question, best = case.question, case.best
    if best is None or best.kind != "facet" or case.score < case.bands.answer:
        return None
    clusters = question.clusters or (question.nearby if question.which else ())
    compared = question.which and bool(case.knowledge.content.facets[best.name].compares)
    if not clusters and (question.everyone or question.denied or compared):
        clusters = others(question.denied)
    if not clusters and question.which and case.held:
        return by_facts(case)
    if not clusters and not question.which:
        clusters = _spoken_of(case)
    if not clusters:
        rival = next((one for one in case.content if one.kind == "entry"), None)
        if rival is not None and rival.score >= max(case.bands.answer, case.score - 0.25):
            return Outcome("entry", rival.score, rival.name)
        return Outcome("whose", case.score, best.name)
    facet = case.knowledge.content.facets[best.name]
    if facet.reply == "unknown":
        return Outcome("unknown", case.score, best.name, clusters, reason=facet.reason)
    return Outcome(
        "facet", case.score, best.name, clusters, told_first=_facts(case, best.name, clusters), whole=question.listing
    )


def _spoken_of(case: Case) -> tuple[str, ...]:
    """Return the one cluster that the talk was about; whoever asks on need not name it again."""
    spoken = tuple(name for name in case.context.entities if name in CLUSTERS)
    return spoken if len(spoken) == 1 and not case.question.nearby else ()


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


def entry(case: Case) -> Outcome | None:
    """An authored answer."""
    best = case.best
    if best is None or best.kind != "entry":
        return None
    likely = best.chance >= LIKELY and case.score >= case.bands.clarify and best.cover > 0
    return (
        Outcome("entry", max(case.score, case.bands.answer), best.name)
        if case.score >= case.bands.answer or likely
        else None
    )


def by_facts(case: Case) -> Outcome | None:
    """The words are rare, and a fact or an answer holds them."""
    question, passages = case.question, case.judgement.passages
    if not passages or not (question.clusters or question.which or question.topics):
        return None
    if case.intent is not None and case.intent.score >= case.bands.talk and not question.which:
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
