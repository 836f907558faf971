"""Reads which steps of the value chain an enquiry needs: words that point to them, and the meaning of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.content import Content
from bot.answering.encoder import Encoder
from bot.answering.schema import LANGUAGES
from bot.answering.words import Word, words
from bot.routing.asides import Asides
from bot.routing.cues import FAIR, CueBook, Hit
from bot.routing.fragments import Fragments
from bot.routing.meanings import NONE, Meanings
from bot.routing.mentions import Mention
from bot.routing.schema import Rules
from bot.routing.sender import Location
from bot.routing.slips import Slips
from bot.routing.surplus import Surplus
from bot.routing.trades import Trades
from bot.routing.written import about_steps, answered, asked

# The most that words count, and what a point of theirs is worth beside the meaning (a probability).
MOST_OF_WORDS = 2.0
WORDS, MEANING = 0.5, 1.0
# Meaning alone, where a word says another step.
MEANING_UNSAID = 0.4


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
        self._asides = Asides(content.named, rules)
        self._steps = tuple(content.steps)
        generic = [word for language in languages for word in (*language.generic, *language.wishing, *language.which)]
        described = [text for _, text in about_steps(content)]
        read = [text for _, text in (*asked(content), *answered(content))]
        about = frozenset(word.folded for text in described for word in words(text))
        self._slips = Slips(self.cues, (*described, *read, *function, *generic, *known), about)
        self._meanings = Meanings(content, function, encoder)
        self.vocabulary = about | function

    def read(self, text: str, found: Sequence[Word], mentions: Sequence[Mention], location: Location) -> Needs:
        """Return what a text needs; `mentions` are places, which say nothing, unless they lie abroad."""
        repaired = self._slips.repaired(text, found)
        hits = self._slips.hits(found, words(repaired))
        left_out = self._left_out(text, found, mentions, hits, bool(location.abroad))
        hits = [hit for hit in hits if left_out.isdisjoint(range(hit.first, hit.last))]
        counted = _counted(self._surplus.without(found, hits, bool(location.abroad)))
        if location.abroad or location.german_market:
            counted["international"] = max(1.0, counted.get("international", 0.0))
        chances = self._meanings.chances(_without(repaired, words(repaired), left_out))
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


def _worth(words: float, most: float) -> float:
    """Return what the meaning counts: all of it, unless words say another step."""
    if most < FAIR:
        return MEANING
    return MEANING_UNSAID + (MEANING - MEANING_UNSAID) * min(1.0, words / most)


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
