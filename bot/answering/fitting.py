"""Sets the bands on the content itself: a part of the examples is asked of what is fitted on the rest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from bot.answering.cases import Case, case_of
from bot.answering.content import Content
from bot.answering.encoder import Encoder, Vectors
from bot.answering.keeping import Arrays
from bot.answering.knowledge import Knowledge
from bot.answering.outcomes import LEXICAL, Bands
from bot.answering.reading import read
from bot.answering.reply import Context
from bot.answering.schema import Entry, Facet, Intent
from bot.answering.vectors import KeptVectors
from bot.names import CLUSTERS

Record = TypeVar("Record", Entry, Facet, Intent)

# An answer is given from the score at which two of five held-out examples still find their own answer first, and it
# is asked back from the score at which more than half have it among the options. Held out, an example is often the
# only one of its kind, and an answer that says the same counts as wrong: real questions do far better at that score.
AIM = 0.4
AIM_OF_OPTIONS = 0.55
OPTIONS = 3
# One of so many examples is held out.
PART = 4
# With fewer held-out examples that are decided on, the bands stay as they are.
FEWEST = 200
# A content moves the bands at most so far.
FURTHEST = 0.15
MARGIN = 0.1
ROUNDS = 50


class Held(NamedTuple):
    """A held-out example: the best score, and whether its own answer is first or among the options."""

    score: float
    first: bool
    among: bool


def bands_of(knowledge: Knowledge, encoder: Encoder | None) -> Bands:
    """Return the bands for a content: fitted, where the result can be kept; else as they were measured once."""
    if encoder is None:
        return LEXICAL
    if not isinstance(encoder, KeptVectors):
        return Bands()
    origin = (repr(knowledge.content), *_rules())
    answer, clarify = encoder.keeping.kept("bands", origin, lambda: _levels(fitted(knowledge, encoder)))["rows"]
    return replace(Bands(), answer=round(float(answer), 2), clarify=round(float(clarify), 2))


def fitted(knowledge: Knowledge, encoder: Encoder) -> Bands:
    """Ask the held-out examples and set the bands by them; some seconds of work."""
    return bands_from(list(held_out(knowledge, encoder)))


def bands_from(held: Sequence[Held]) -> Bands:
    """Return the bands at which the aims are met; the usual ones where too few examples were held out."""
    usual = Bands()
    if len(held) < FEWEST:
        return usual
    scores = [one.score for one in held]
    answer = _near(level(scores, [one.first for one in held], AIM), usual.answer)
    clarify = _near(level(scores, [one.among for one in held], AIM_OF_OPTIONS), usual.clarify)
    return replace(usual, answer=answer, clarify=min(clarify, round(answer - MARGIN, 2)))


def level(scores: Sequence[float], right: Sequence[bool], aim: float) -> float | None:
    """Return the score at which the share of right ones is `aim`, by logistic regression; None where none is."""
    inputs = np.stack([np.asarray(scores), np.ones(len(scores))], axis=1)
    wanted = np.asarray(right, dtype=float)
    weights = np.zeros(2)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        # A little ridge keeps the step finite where all are right.
        bend = inputs.T @ (inputs * (chance * (1 - chance))[:, None]) + 1e-3 * np.eye(2)
        weights += np.linalg.solve(bend, inputs.T @ (wanted - chance) - 1e-3 * weights)
    slope, constant = (float(one) for one in weights)
    return (math.log(aim / (1 - aim)) - constant) / slope if slope > 0 else None


def held_out(knowledge: Knowledge, encoder: Encoder | None) -> Iterator[Held]:
    """Ask a part of the examples of what is fitted on the others; examples of small talk are not asked."""
    content = knowledge.content
    known = None if encoder is None else _Remembering(encoder, [example.text for example in knowledge.examples])
    rest = Knowledge(_rest(content), known)
    for label, text in _parts(content):
        case = case_of(read(text, rest, Context()), rest, Context(), Bands())
        if _is_decided_on(case):
            options = [one.label for one in case.content[:OPTIONS]]
            yield Held(case.score, options[0] == label, label in options)


def _is_decided_on(case: Case) -> bool:
    """Tell whether the bands matter: something comes up, and no other subject or small talk before it."""
    return case.best is not None and (case.intent is None or case.intent.score <= case.score)


def _parts(content: Content) -> Iterator[tuple[str, str]]:
    """Return the held-out examples with their labels, each asked of some cluster."""
    strange = {name: intent for name, intent in content.intents.items() if intent.kind == "unknown"}
    kinds: tuple[tuple[str, Mapping[str, Entry | Facet | Intent]], ...] = (
        ("entry", content.entries),
        ("facet", content.facets),
        ("intent", strange),
    )
    for kind, records in kinds:
        for number, (name, record) in enumerate(records.items()):
            cluster = content.clusters[CLUSTERS[number % len(CLUSTERS)]].name
            for phrases in record.questions.values():
                for place, phrase in enumerate(phrases):
                    if _is_held(number, place):
                        yield f"{kind}:{name}", phrase.replace("{cluster}", cluster)


def _rest(content: Content) -> Content:
    return replace(
        content,
        entries=_without(content.entries),
        facets=_without(content.facets),
        intents=_without({name: one for name, one in content.intents.items() if one.kind == "unknown"})
        | {name: one for name, one in content.intents.items() if one.kind != "unknown"},
    )


def _without(records: Mapping[str, Record]) -> dict[str, Record]:
    left: dict[str, Record] = {}
    for number, (name, record) in enumerate(records.items()):
        kept = {
            language: [phrase for place, phrase in enumerate(phrases) if not _is_held(number, place)]
            for language, phrases in record.questions.items()
        }
        left[name] = record.model_copy(update={"questions": kept})
    return left


def _is_held(number: int, place: int) -> bool:
    """Each record begins elsewhere, so that short lists give examples too."""
    return (number + place) % PART == 0


def _near(found: float | None, usual: float) -> float:
    return usual if found is None else round(min(max(found, usual - FURTHEST), usual + FURTHEST), 2)


def _levels(bands: Bands) -> Arrays:
    return {"rows": np.array([bands.answer, bands.clarify])}


def _rules() -> Iterable[str]:
    """The bands belong to the rules as well as to the content."""
    return (path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))


class _Remembering:
    """An encoder that has the content's examples at hand."""

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        self._encoder = encoder
        self._known = dict(zip(texts, encoder.encode(texts), strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])
