"""Reads which steps of the value chain an enquiry needs: words that point to them, and the meaning of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA

from bot.answering.content import Content
from bot.answering.encoder import Encoder
from bot.answering.matcher import Example, Matcher
from bot.answering.repair import Repair
from bot.answering.schema import LANGUAGES
from bot.answering.words import Word, words
from bot.routing.asides import Asides
from bot.routing.cues import FAIR, CueBook, Hit
from bot.routing.fragments import Fragments
from bot.routing.gazetteer import Mention
from bot.routing.schema import Rules
from bot.routing.sender import Location
from bot.routing.spelling import Spelling, sounds_alike
from bot.routing.surplus import Surplus
from bot.routing.trades import Trades
from bot.routing.written import about_steps, answered, asked

# What the examples of other subjects are called; it is no step.
NONE = "none"
# The most that words count, and what a point of theirs is worth beside the meaning (a probability).
MOST_OF_WORDS = 2.0
WORDS, MEANING = 0.5, 1.0
# A word of this many letters may be repaired in 2 places or in 1.
SLIPS = ((10, 2), (6, 1))
# Meaning alone, where a word says another step.
MEANING_UNSAID = 0.4
# What the nearest example counts beside the classifier, and how sharply the sum is turned into chances.
NEAREST, SURE = 2.0, 3.0


@dataclass(frozen=True)
class Needs:
    """How strongly a text needs each step (0 to 2), what words alone say, and how far it is about nothing of this."""

    scores: Mapping[str, float]
    words: Mapping[str, float]
    nothing: float
    pointing: frozenset[str]

    @property
    def ordered(self) -> list[str]:
        """The steps by weight."""
        return sorted(self.scores, key=lambda step: -self.scores[step])


class NeedReader:
    """Fitted on the examples of the steps."""

    def __init__(self, content: Content, rules: Rules, encoder: Encoder | None, known: Iterable[str] = ()) -> None:
        """`known` words are spelt right, whatever they resemble."""
        languages = [content.languages[language] for language in LANGUAGES]
        self.function = function = frozenset(
            word for language in languages for word in (*language.function, *language.asking)
        )
        self.cues = CueBook(rules.cues, rules.neutral)
        self._trades = Trades(rules)
        self._fragments = Fragments(rules, self.function)
        self._surplus = Surplus(rules)
        self._asides = Asides(content.named)
        self._steps = tuple(content.steps)
        generic = [word for language in languages for word in (*language.generic, *language.wishing, *language.which)]
        described = [text for _, text in about_steps(content)]
        read = [text for _, text in (*asked(content), *answered(content))]
        self._repair = Repair((*described, *read, *self.cues.words, *function, *generic, *known))
        self._spelling = Spelling({word.folded for text in described for word in words(text)} | self.cues.words)
        self._matcher = Matcher(list(_examples(content)), function, encoder)
        self.vocabulary = frozenset(word.folded for text in described for word in words(text)) | function

    def read(self, text: str, found: Sequence[Word], mentions: Sequence[Mention], location: Location) -> Needs:
        """Return what a text needs; `mentions` are places, which say nothing, unless they lie abroad."""
        repaired = self._repair.text(text, list(found))
        hits = self._hits(found, words(repaired))
        left_out = self._left_out(text, found, mentions, hits, bool(location.abroad))
        hits = [hit for hit in hits if left_out.isdisjoint(range(hit.first, hit.last))]
        counted = _counted(self._surplus.without(found, hits, bool(location.abroad)))
        if location.abroad or location.german_market:
            counted["international"] = max(1.0, counted.get("international", 0.0))
        chances = self._meanings(_without(repaired, words(repaired), left_out))
        most = max(counted.values(), default=0.0)
        total = {
            step: WORDS * min(MOST_OF_WORDS, counted.get(step, 0.0))
            + _worth(counted.get(step, 0.0), most) * chances.get(step, 0.0)
            for step in self._steps
        }
        return Needs(total, counted, chances.get(NONE, 0.0), frozenset(found[hit.first].folded for hit in hits))

    def _left_out(
        self, text: str, found: Sequence[Word], mentions: Sequence[Mention], hits: Sequence[Hit], away: bool
    ) -> set[int]:
        """Return the numbers of the words that tell no need: places, the sender's trade, what is said of a cluster."""
        named = frozenset(place for mention in mentions for place in range(mention.first, mention.last))
        left_out = set(named)
        telling = {hit.first for hit in hits if hit.weight >= FAIR} - left_out
        trades = self._trades.places(found) | self._fragments.places(text, found, named)
        if telling - trades or away:
            left_out |= trades
            telling -= trades
        return left_out | self._asides.places(text, found, telling)

    def _meanings(self, text: str) -> dict[str, float]:
        """Return the chance of each step by the meaning; the matcher's own chance is surer than it should be."""
        (scores,) = self._matcher.scores([text])
        letters = scores.total - scores.chance - scores.nearest
        fit = np.sqrt(np.maximum(scores.chance, 0)) + NEAREST * scores.nearest + letters
        raised = np.exp(SURE * (fit - fit.max()))
        return dict(zip(scores.labels, map(float, raised / raised.sum()), strict=True))

    def _hits(self, found: Sequence[Word], repaired: Sequence[Word]) -> list[Hit]:
        """Return the cues in a text as written; where a word has none, in its repaired spelling."""
        hits = self.cues.find([word.folded for word in found])
        if len(found) != len(repaired):
            return hits
        spelt = [self._spelt(word.folded) for word in repaired]
        trusted = [_is_slip(before.folded, after) for before, after in zip(found, spelt, strict=True)]
        known = {hit.first for hit in hits}
        again = self.cues.find(spelt) if any(trusted) else []
        return hits + [hit for hit in again if hit.first not in known and any(trusted[hit.first : hit.last])]

    def _spelt(self, word: str) -> str:
        """Return what a long word that is still unknown may be with two slips in it."""
        return word if word in self._repair else self._spelling.nearest(word) or self._spelling.alike(word) or word


def _worth(words: float, most: float) -> float:
    """Return what the meaning counts: all of it, unless words say another step."""
    if most < FAIR:
        return MEANING
    return MEANING_UNSAID + (MEANING - MEANING_UNSAID) * min(1.0, words / most)


def _is_slip(before: str, after: str) -> bool:
    """Tell whether a repaired word is surely the same: in short words another letter is another word."""
    allowed = next((slips for length, slips in SLIPS if len(before) >= length), 0)
    if before == after or before[:1] != after[:1]:
        return False
    return OSA.distance(before, after, score_cutoff=allowed) <= allowed or sounds_alike(before, after)


def _counted(hits: Sequence[Hit]) -> dict[str, float]:
    """Sum the weights of the words; a word counts once a step, at its strongest."""
    strongest: dict[tuple[str, int], float] = {}
    for hit in hits:
        key = (hit.step, hit.first)
        strongest[key] = max(hit.weight, strongest.get(key, 0.0))
    counted: dict[str, float] = {}
    for (step, _), weight in strongest.items():
        counted[step] = counted.get(step, 0.0) + weight
    return counted


def _without(text: str, found: Sequence[Word], left_out: set[int]) -> str:
    pieces, last = [], 0
    for place in sorted(left_out):
        pieces.append(text[last : found[place].start])
        last = found[place].end
    return " ".join("".join((*pieces, text[last:])).split())


def _examples(content: Content) -> Iterator[Example]:
    for step in content.steps.values():
        for phrases in step.examples.values():
            yield from (Example(step.id, phrase) for phrase in phrases)
        yield from (Example(step.id, text) for text in (*step.definition.values(), *step.name.values()))
        for listed in step.words.values():
            yield from (Example(step.id, word) for word in listed)
    for intent in content.intents.values():
        if intent.kind in {"smalltalk", "unknown"}:
            for phrases in intent.questions.values():
                yield from (Example(NONE, phrase) for phrase in phrases)
