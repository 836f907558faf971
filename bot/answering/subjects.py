"""Rules for what is not asked of the content, and for what goes on from before."""

from __future__ import annotations

from bot.answering.cases import HALF, Case
from bot.answering.judging import YEAR, Candidate
from bot.answering.outcomes import Outcome
from bot.answering.question import Question, others
from bot.answering.reading import SHORT
from bot.answering.words import folded_words

# Words that no answer holds speak for another subject.
STRANGE = 0.2
# A chance from which the matcher alone is believed.
TRUSTED = 0.6
# A chance from which the reason is told; below it, that the subject is another one.
LIKELY = 0.3
PLAIN = "subject"
# So many times likelier, a question about a named cluster is believed to be one; below so small a chance none counts.
LIKELIER, DOUBTED = 2.0, 0.1
# A cover from which a question is taken as told.
FULLY = 0.95


def noise(case: Case) -> Outcome | None:
    """Not one word is known."""
    return None if case.question.understood else Outcome("unknown")


def network(case: Case) -> Outcome | None:
    """Another network is named: say that it is none of the four, and nothing more about it."""
    question = case.question
    if not question.networks or _is_about_network(case):
        return None
    asked = set(question.unplaced) - case.knowledge.plural - case.knowledge.comparing
    ours = question.ours or question.platform
    belongs = ours and case.build("belongs") >= case.bands.clarify
    # Set beside one of the four, nothing else asked, it is told that it is another network.
    beside = ours or bool(question.clusters and question.comparing) or question.length <= SHORT
    if belongs or (beside and not asked):
        return Outcome("network", 2.0, question.networks[0], question.clusters, said=question.said)
    return Outcome("unknown", 0.0, question.networks[0], reason="other_network", said=question.said)


def _is_about_network(case: Case) -> bool:
    best = case.best
    if best is None or best.kind != "entry" or case.score < case.bands.answer:
        return False
    return any(network in case.knowledge.topics[best.name] for network in case.question.networks)


def intent(case: Case) -> Outcome | None:
    """Small talk, a wish for a person, or another subject."""
    intent = case.intent
    if intent is None:
        return None
    kind = case.knowledge.content.intents[intent.name].kind
    reason = case.knowledge.content.intents[intent.name].reason
    strange = case.best is not None and kind == "unknown" and not _is_on_topic(case)
    uncovered = 1 - case.best.cover if case.best is not None and strange else 0.0
    if intent.score + STRANGE * uncovered < case.score:
        return None
    if kind == "unknown":
        sure = intent.chance >= LIKELY or intent.score >= case.bands.talk or case.question.names_something
        said = reason if sure else PLAIN
        return Outcome("unknown", intent.score, intent.name, reason=said) if _is_other_subject(case, intent) else None
    if kind == "handover" and (intent.score >= case.bands.talk or intent.chance > 0.5):
        return Outcome("handover", intent.score, intent.name)
    if intent.score < case.bands.talk:
        return None
    return None if case.question.clusters or case.question.topics else Outcome("talk", intent.score, intent.name)


def _is_other_subject(case: Case, intent: Candidate) -> bool:
    """A weak hint at another subject gives way where the words point to value-chain steps or facts."""
    question, best = case.question, case.best
    if _tells_years(case) or (question.which and question.topics) or _is_of_cluster(case, intent):
        return False
    told = case.held or (best is not None and bool(question.subject) and best.cover >= FULLY)
    if (question.which or question.clusters) and told and intent.chance < TRUSTED:
        return False
    return intent.score >= case.bands.other or not (question.which or question.clusters)


def _is_of_cluster(case: Case, intent: Candidate) -> bool:
    """A named cluster is asked about in unusual words, and nothing but these speaks for another subject."""
    best = case.best
    if best is None or best.kind != "facet" or not case.question.clusters or case.question.inherited:
        return False
    return best.chance >= LIKELIER * max(intent.chance, DOUBTED) and case.score > intent.score


def _is_on_topic(case: Case) -> bool:
    """Tell whether the best answer is about the programme or project that is named."""
    best = case.best
    if best is None or best.kind != "entry" or case.score < case.bands.answer:
        return False
    return not case.knowledge.topics[best.name].keys().isdisjoint(case.question.topics)


def law(case: Case) -> Outcome | None:
    """A law is named that no answer tells of; what it is about does not make it a subject."""
    question, knowledge = case.question, case.knowledge
    if question.names_something:
        return None
    named = any(word.endswith(knowledge.laws) and word not in knowledge.repair for word in question.content)
    return Outcome("unknown", 0.0, reason="legal") if named else None


def permit(case: Case) -> Outcome | None:
    """What an authority must permit or be told is not a subject, unless an answer speaks of it."""
    question, best = case.question, case.best
    asked = case.knowledge.permits.intersection(question.content)
    if not asked or question.names_something:
        return None
    told = best is not None and case.score >= case.bands.answer and _holds(case, best, asked)
    return None if told else Outcome("unknown", 0.0, reason="legal")


def _holds(case: Case, best: Candidate, asked: frozenset[str]) -> bool:
    return any(passage.id == best.label and asked <= passage.held for passage in case.judgement.passages)


def _tells_years(case: Case) -> bool:
    """A fact of the named cluster tells the years that the question names."""
    years = {word for word in case.question.subject if YEAR.fullmatch(word)}
    facts = (passage for passage in case.judgement.passages if passage.id.startswith("fact:"))
    return bool(years and case.question.clusters) and any(years <= passage.held for passage in facts)


def again(case: Case) -> Outcome | None:
    """ "And at GIQS?": the same question about another cluster."""
    question, facet = case.question, case.context.facet
    if facet in case.knowledge.content.facets and question.follows and question.rest and not question.content:
        return Outcome("facet", 2.0, facet or "", others(tuple(case.context.entities)))
    if not question.clusters or question.content or question.inherited or not facet or question.length > 5:
        return None
    if facet == "compare":
        return Outcome("compare", 2.0, clusters=question.clusters)
    return Outcome("facet", 2.0, facet, question.clusters)


def stays(case: Case) -> Outcome | None:
    """A follow-up about a project is answered by what tells of that project, not by a fact of its cluster."""
    question, last = case.question, case.context.entry or ""
    subjects = _main_topics(case, last)
    best = case.best
    if not question.inherited or not subjects or best is None:
        return None
    if best.kind == "entry" and (subjects & _main_topics(case, best.name) or best.chance >= TRUSTED):
        return None
    if best.kind == "facet" and not case.knowledge.content.facets[best.name].shared:
        return None
    return Outcome("entry", max(case.score, case.bands.answer), last)


def lasts(case: Case) -> Outcome | None:
    """ "Until when?" after a programme or project is told in the answer about it."""
    question, last = case.question, case.context.entry or ""
    folded = f" {' '.join(folded_words(question.text))} "
    if not question.inherited or not question.topics or question.content:
        return None
    if last not in case.knowledge.content.entries or not any(f" {one} " in folded for one in case.knowledge.lasting):
        return None
    return Outcome("entry", max(case.score, case.bands.answer), last)


def _main_topics(case: Case, entry: str) -> set[str]:
    """Return what most questions of an entry name."""
    return {topic for topic, share in case.knowledge.topics.get(entry, {}).items() if share >= 0.5}


def moment(case: Case) -> Outcome | None:
    """What happens today or tomorrow is not written anywhere, unless an answer or a fact says just that."""
    question, best = case.question, case.best
    if not question.momentary or question.networks or (best is not None and _is_sure(best, question)):
        return None
    if case.intent is not None and case.intent.score >= case.bands.talk:
        return None
    return Outcome("unknown", case.score, reason="internal" if question.names_something else "subject")


def _is_sure(best: Candidate, question: Question) -> bool:
    """ "Is it active today?" is asked of a fact; of a fact all words must be known."""
    told = best.kind == "entry" or (bool(question.clusters) and best.cover >= FULLY)
    return told and best.chance >= TRUSTED


def same_again(case: Case) -> Outcome | None:
    """A follow-up that nothing else answers is about the last answer."""
    question, entry = case.question, case.context.entry
    if not question.standing or entry not in case.knowledge.content.entries or question.length > 8:
        return None
    if case.intent is not None and case.intent.score >= case.bands.clarify and not _is_talk_aside(case, case.intent):
        return None
    return Outcome("entry", case.bands.answer, entry or "")


def _is_talk_aside(case: Case, intent: Candidate) -> bool:
    """Whoever asks on about a programme or project does not chat, although "how is it going?" sounds like it."""
    small = case.knowledge.content.intents[intent.name].kind == "smalltalk"
    return small and case.question.inherited and bool(case.question.topics)


def pointed_at(case: Case) -> Outcome | None:
    """ "The one about trees": of the projects told last, the one whose answer holds the words."""
    question, knowledge = case.question, case.knowledge
    if case.context.facet != "projects" or not question.inherited or question.topics or not question.subject:
        return None
    for passage in case.judgement.passages:
        kind, _, name = passage.id.partition(":")
        if kind != "entry" or passage.cover < HALF or not _main_topics(case, name):
            continue
        if not knowledge.owners(knowledge.content.entries[name]).isdisjoint(question.clusters):
            return Outcome("entry", case.bands.answer, name)
    return None
