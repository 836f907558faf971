"""The router: an enquiry's text in, the steps, the region and the ranked clusters out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.answering.content import FOLDER, Content
from bot.answering.encoder import Encoder
from bot.answering.schema import LANGUAGES
from bot.answering.speech import Speech
from bot.answering.words import clean, folded_words, words
from bot.routing.bare import BarePlace
from bot.routing.cues import FAIR
from bot.routing.gazetteer import Gazetteer
from bot.routing.needs import NeedReader, Needs
from bot.routing.ranking import Ranked, ranked
from bot.routing.rules import load_places, load_rules
from bot.routing.schema import Places, Rules
from bot.routing.sender import Sender
from bot.routing.towns import load_towns
from bot.routing.written import about_steps, asked

DEFAULT_LANGUAGE = "de"
# A step is named from this score on; a further one must also come near the first, or be said by a word.
LEAST, LEAST_FURTHER, SHARE, SAID = 0.35, 0.4, 0.7, 0.8
# More than this chance of another subject, and no word that points to a step: not an enquiry that we can place.
NOTHING = 0.5
OFFERED = 3
OFFERED_LEAST = 0.12

Kind = Literal["routed", "clarify", "unknown"]


@dataclass(frozen=True)
class Routing:
    """Where an enquiry goes. `steps` by weight, `region` an ISO 3166 code; `offered`: the steps to ask about."""

    kind: Kind
    steps: tuple[str, ...]
    region: str | None
    clusters: tuple[Ranked, ...]
    language: str
    offered: tuple[str, ...] = ()


class Router:
    """Reads enquiries; no input or output, a few milliseconds each."""

    def __init__(self, content: Content, encoder: Encoder | None, places: Places, rules: Rules) -> None:
        self.content = content
        self.rules = rules
        self._needs = NeedReader(content, rules, encoder, _known(places))
        regions = {region.id: region.words for region in content.regions.values() if "-" in region.id}
        vocabulary = self._needs.vocabulary | self._needs.cues.words
        towns = load_towns(places.divisions, encoder)
        self._gazetteer = Gazetteer(places, regions, towns, vocabulary, self._needs.function)
        self._sender = Sender(places)
        self._bare = BarePlace(places, self._gazetteer)
        self._speech = Speech(_spoken(content), content.languages)
        self._ambiguous = {tuple(folded_words(name)): steps for name, steps in rules.ambiguous.items()}

    @classmethod
    def over(cls, content: Content, encoder: Encoder | None, folder: Path = FOLDER) -> Router:
        """Fit the router to a content; raises StartError for a fault in places.yaml or routing.yaml of `folder`."""
        return cls(content, encoder, load_places(folder), load_rules(folder))

    def route(self, text: str, language: str | None = None) -> Routing:
        """Return where an enquiry goes; never raises for any text. `language` is the one chosen for the reply."""
        cleaned = clean(text)
        found = words(cleaned)
        spoken = language or self._speech.detect(cleaned) or DEFAULT_LANGUAGE
        if not any(word.folded.isalpha() for word in found):
            return Routing("unknown", (), None, (), spoken)
        mentions = self._gazetteer.find(found)
        location = self._sender.locate(cleaned, found, mentions)
        needs = self._needs.read(cleaned, found, mentions, location)
        unclear = self._unclear([word.folded for word in found], needs)
        if unclear:
            return Routing("clarify", (), location.region, (), spoken, unclear)
        steps = self._steps(needs)
        if steps:
            return self.chosen(steps, location.region, spoken)
        offered = tuple(step for step in needs.ordered[:OFFERED] if needs.scores[step] >= OFFERED_LEAST)
        if not offered or needs.nothing > NOTHING:
            return Routing("unknown", (), location.region, (), spoken)
        return Routing("clarify", (), location.region, (), spoken, offered)

    def chosen(self, steps: Sequence[str], region: str | None, language: str) -> Routing:
        """Return where an enquiry goes whose steps and region a person chose."""
        return Routing("routed", tuple(steps), region, self.ranked(steps, region), language)

    def place(self, text: str) -> str | None:
        """Return the region of a text that says a place and nothing else: "Kiel", "we are in 24103 Kiel"."""
        return self._bare.region(text)

    def ranked(self, steps: Sequence[str], region: str | None) -> tuple[Ranked, ...]:
        """Return the clusters for chosen steps, best first."""
        return ranked(self.content, self.rules, steps, region)

    def _steps(self, needs: Needs) -> tuple[str, ...]:
        first, *others = needs.ordered
        best = needs.scores[first]
        if best < LEAST or (needs.nothing > NOTHING and not needs.words):
            return ()
        further = [step for step in others if self._is_further(needs, step, best)]
        further.sort(key=lambda step: needs.words.get(step, 0.0) < SAID)
        return (first, *further)[: self.rules.most_steps]

    def _is_further(self, needs: Needs, step: str, best: float) -> bool:
        words, score = needs.words.get(step, 0.0), needs.scores[step]
        return words >= SAID or (score >= LEAST_FURTHER and (words >= FAIR or score >= SHARE * best))

    def _unclear(self, text: list[str], needs: Needs) -> tuple[str, ...]:
        """Return the steps to ask about, where a word that fits two is all that a text says."""
        for name, steps in self._ambiguous.items():
            places = [n for n in range(len(text) - len(name) + 1) if tuple(text[n : n + len(name)]) == name]
            if places and not needs.pointing - set(name):
                return tuple(steps)
        return ()


def _known(places: Places) -> tuple[str, ...]:
    return (*places.before, *places.toward, *places.relations, *places.strangers, *places.wishing, *places.own)


def _spoken(content: Content) -> dict[str, list[str]]:
    """Return what is written in each language, from which the language of a text is told."""
    said = (*asked(content), *about_steps(content))
    return {language: [text for spoken, text in said if spoken == language] for language in LANGUAGES}
