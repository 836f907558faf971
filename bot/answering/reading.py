"""Reads a text into a question: what it names, how it is built, and whether it goes on from before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain

from bot.answering.knowledge import Knowledge
from bot.answering.masking import PROJECTS, masked
from bot.answering.names import Mention
from bot.answering.question import Question
from bot.answering.reply import Context
from bot.answering.schema import LANGUAGES
from bot.answering.words import Word, words

# What a clause may point back to, and of how many words it is then; "is it?" asks nothing.
NAMED = ("cluster", "topic", "network", "platform")
CLAUSE = range(3, 7)
# A follow-up is short, or begins or stands for something as one does.
SHORT = 4
# "Who is FPI then?": so few words beside a name ask nothing in particular.
BESIDE_NAME = 3
# Without a project's name, a shorter question says nothing.
FEWEST_BARE = 5


def read(text: str, knowledge: Knowledge, context: Context) -> Question:
    """Read a cleaned text."""
    text = knowledge.manners.bare(_pointed(text, knowledge))
    text = _asked(text, knowledge)
    found = words(text)
    mentions = knowledge.towns.named_by_town(found, knowledge.names.find(found))
    question = _question(text, found, mentions, knowledge, context)
    in_town = knowledge.towns.only_town(mentions)
    if in_town is None or question.follows:
        return question
    return replace(question, in_town=_question(text, found, in_town, knowledge, context))


def _asked(text: str, knowledge: Knowledge) -> str:
    """Who somebody is does not matter where a cluster is asked about in an indirect question."""
    clause = knowledge.manners.asked(text)
    names = any(mention.named.kind == "cluster" for mention in knowledge.names.find(words(clause)))
    return clause if names else text


def _pointed(text: str, knowledge: Knowledge) -> str:
    """ "I heard of SafeGuard at a fair, what is that?": what is asked is in the last clause, and the name before it."""
    before, comma, clause = text.rpartition(",")
    asked = words(knowledge.manners.bare(clause))
    if not comma or len(asked) not in CLAUSE or asked[0].folded not in knowledge.asking:
        return text
    found = words(before)
    names = [mention for mention in knowledge.names.find(found) if mention.named.kind in NAMED]
    if len(names) != 1 or knowledge.names.find(asked) or knowledge.content_words(asked, []):
        return text
    name = before[found[names[0].first].start : found[names[0].last - 1].end]
    return f"{clause.strip(' ?!.')}: {name}?"


def _question(
    text: str, found: list[Word], mentions: list[Mention], knowledge: Knowledge, context: Context
) -> Question:
    repaired = knowledge.repair.text(text, found)
    spelt = words(repaired)
    language = knowledge.speech.detect(text) or LANGUAGES[0]
    readings = [masked(text, found, mentions, language)]
    if repaired != text:
        readings.append(masked(repaired, spelt, mentions, language))
    content = knowledge.content_words(spelt, mentions)
    topics = [mention for mention in mentions if mention.named.kind == "topic"]
    bare = masked(text, found, topics, language, PROJECTS) if topics and len(found) >= FEWEST_BARE else ""
    named = {word.folded for mention in topics for word in spelt[mention.first : mention.last]}
    subject = tuple(word for word in content if word not in named)
    question = Question(text, tuple(readings), tuple(content), len(found), subject, bare)
    question = _with_names(question, mentions, found, knowledge)
    return _with_build(question, found, knowledge, context)


def _with_names(question: Question, mentions: list[Mention], found: list[Word], knowledge: Knowledge) -> Question:
    def of(kind: str, denied: bool = False) -> list[Mention]:
        return [mention for mention in mentions if mention.named.kind == kind and mention.denied == denied]

    within = {place for mention in mentions for place in range(mention.first, mention.last)}
    named = _unique(chain.from_iterable(mention.named.clusters for mention in of("cluster")))
    denied = _unique(chain.from_iterable(mention.named.clusters for mention in of("cluster", denied=True)))
    nearby = _unique(chain.from_iterable(mention.named.clusters for mention in of("place")))
    return replace(
        question,
        clusters=tuple(cluster for cluster in named if cluster not in denied) or (named and denied and ()),
        denied=denied,
        nearby=nearby,
        topics=_unique(mention.named.id for mention in of("topic")),
        left_out=_unique(mention.named.id for mention in of("topic", denied=True)),
        networks=_unique(mention.named.id for mention in mentions if mention.named.kind == "network"),
        said=next(
            (_said(mention, question.text, found) for mention in mentions if mention.named.kind == "network"), ""
        ),
        aliased=len({text_of(mention, found) for mention in of("cluster")}) > len(named) == 1,
        only_name=not question.content
        and len(found) - sum(mention.last - mention.first for mention in of("cluster")) <= BESIDE_NAME,
        unplaced=tuple(word for word in question.content if word not in _words_within(of("place"), found)),
        own_affair=_own_affair(found, knowledge),
        pointing=any(word.folded in knowledge.pointing for word in found),
        ours=any(word.folded in knowledge.ours for word in found),
        comparing=any(word.folded in knowledge.comparing for word in found),
        platform=any(mention.named.kind == "platform" for mention in mentions),
        everyone=any(word.folded in knowledge.plural for place, word in enumerate(found) if place not in within),
    )


def _own_affair(found: list[Word], knowledge: Knowledge) -> bool:
    """Tell whether somebody asks after an application, an invoice or an account of their own."""
    pairs = zip(found, (*found[1:], None), (*found[2:], None, None), strict=False)
    return any(
        owner.folded in knowledge.own
        and any(thing is not None and thing.folded in knowledge.affairs for thing in things)
        for owner, *things in pairs
    )


def _said(mention: Mention, text: str, found: list[Word]) -> str:
    """Return a name as it was written, or in its own spelling where only capitals differ."""
    said = text[found[mention.first].start : found[mention.last - 1].end]
    return next((name for name in mention.named.names if name.casefold() == said.casefold()), said)


def text_of(mention: Mention, found: list[Word]) -> str:
    """Return the letters of a name as the text has them."""
    return "".join(word.folded for word in found[mention.first : mention.last])


def _words_within(mentions: list[Mention], found: list[Word]) -> set[str]:
    return {word.folded for mention in mentions for word in found[mention.first : mention.last]}


def _with_build(question: Question, found: list[Word], knowledge: Knowledge, context: Context) -> Question:
    folded = f" {' '.join(word.folded for word in found)} "
    which = any(
        f" {phrase} " in folded for language in LANGUAGES for phrase in knowledge.content.languages[language].which
    )
    if (
        not question.clusters
        and question.nearby
        and (which or any(word.folded.endswith(knowledge.endings) for word in found))
    ):
        which = True
    each = any(f" {word} " in folded for word in knowledge.each)
    steps = _steps(question, folded, knowledge)
    follows, standing = _follows(question, folded, knowledge, context)
    return replace(
        question,
        which=which,
        each=each,
        momentary=any(f" {phrase} " in folded for phrase in knowledge.moments),
        rest=any(f" {phrase} " in folded for phrase in knowledge.rest),
        listing=any(f" {phrase} " in folded for phrase in knowledge.listing),
        everyone=question.everyone or each,
        steps=steps,
        follows=follows,
        standing=standing,
        understood=question.names_something or any(knowledge.knows(word.folded) for word in found),
    )


def _follows(question: Question, folded: str, knowledge: Knowledge, context: Context) -> tuple[bool, bool]:
    """Tell whether a question goes on from before, and whether a word of it says so."""
    if not (context.entities or context.entry or context.facet) or question.names_something:
        return False, False
    languages = [knowledge.content.languages[language] for language in LANGUAGES]
    opening = any(folded.startswith(f" {word} ") for language in languages for word in language.following)
    standing = opening or any(f" {word} " in folded for language in languages for word in language.pronouns)
    return standing or question.length <= SHORT, standing


def _steps(question: Question, folded: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the value-chain steps that the words point to, the most often named first."""
    pointing = [
        step
        for phrase, step in knowledge.step_phrases
        if phrase in folded and _points_to(phrase, question.content, folded)
    ]
    counts = Counter(pointing)
    return tuple(step for step in sorted(knowledge.step_words, key=lambda step: -counts[step]) if counts[step])


def _points_to(phrase: str, content: tuple[str, ...], folded: str) -> bool:
    if " " in phrase:
        return f" {phrase}" in folded
    if len(phrase) < 5:
        return phrase in content
    return any(word.startswith(phrase) or (len(phrase) >= 6 and word.endswith(phrase)) for word in content)


def _unique(values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))  # type: ignore[call-overload]
