"""Measures on the content itself from which score an answer can be trusted: each example is asked with it left out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

from bot.answering.answerer import Answerer
from bot.answering.content import Content, load_content
from bot.answering.encoder import Encoder, load_encoder
from bot.answering.fitting import bands_from, held_out
from bot.answering.knowledge import Knowledge
from bot.answering.outcomes import Bands
from bot.answering.reply import Context
from bot.answering.schema import Entry, Facet, Intent, Phrases
from bot.names import CLUSTERS

Record = TypeVar("Record", Entry, Facet, Intent)
FOLDS = 4
# Scores are looked at from this one on; the bands lie above.
LOWEST = Bands(answer=0.5, clarify=0.5)
LEVELS = tuple(round(0.6 + 0.05 * step, 2) for step in range(16))


class Asked(NamedTuple):
    """A left-out example: whether it has an answer, and what became of it."""

    known: bool
    answered: bool
    right: bool
    score: float


class Figures(NamedTuple):
    """Shares at a level: of known questions answered, of answers right, of other subjects answered."""

    level: float
    answered: float
    right: float
    strange: float


def left_out(content: Content, encoder: Encoder | None) -> Iterator[Asked]:
    """Ask every example of the content of an answerer that does not have it."""
    for fold in range(FOLDS):
        kept = replace(
            content,
            entries={name: _without(entry, fold) for name, entry in content.entries.items()},
            facets={name: _without(facet, fold) for name, facet in content.facets.items()},
            intents={name: _without(intent, fold) for name, intent in content.intents.items()},
        )
        answerer = Answerer(kept, encoder, bands=LOWEST)
        for kind, records in (("entry", content.entries), ("facet", content.facets), ("intent", content.intents)):
            for name, record in records.items():
                if kind == "intent" and getattr(record, "kind", "") != "unknown":
                    continue
                for phrase in _held(record.questions, fold):
                    yield _asked(answerer, kind, name, phrase)


def figures(asked: Iterable[Asked]) -> list[Figures]:
    """Return the figures at each level."""
    known: list[Asked] = []
    strange: list[Asked] = []
    for one in asked:
        (known if one.known else strange).append(one)
    table = []
    for level in LEVELS:
        answers = [one for one in known if one.answered and one.score >= level]
        wrongly = sum(one.answered and one.score >= level for one in strange)
        right = sum(one.right for one in answers) / max(1, len(answers))
        table.append(Figures(level, len(answers) / max(1, len(known)), right, wrongly / max(1, len(strange))))
    return table


def _asked(answerer: Answerer, kind: str, name: str, phrase: str) -> Asked:
    cluster = answerer.knowledge.content.clusters[CLUSTERS[len(phrase) % len(CLUSTERS)]].name
    reply = answerer.reply_to(phrase.replace("{cluster}", cluster), Context())
    right = reply.entry == name if kind == "entry" else reply.facet == name
    unknown = kind == "facet" and answerer.knowledge.content.facets[name].reply == "unknown"
    return Asked(kind != "intent" and not unknown, reply.kind == "answer", right, 2.5 * reply.confidence)


def _held(questions: Phrases, fold: int) -> list[str]:
    return [phrase for phrases in questions.values() for phrase in phrases[fold::FOLDS]]


def _without(record: Record, fold: int) -> Record:
    kept = {
        language: [phrase for place, phrase in enumerate(phrases) if place % FOLDS != fold]
        for language, phrases in record.questions.items()
    }
    return record.model_copy(update={"questions": kept})


def main() -> int:
    """Print the figures and the bands that are fitted."""
    content, encoder = load_content(), load_encoder()
    table = figures(left_out(content, encoder))
    sys.stdout.write("level answered right strange\n")
    sys.stdout.writelines(f"{row.level:.2f} {row.answered:.3f} {row.right:.3f} {row.strange:.3f}\n" for row in table)
    bands = bands_from(list(held_out(Knowledge(content, encoder), encoder)))
    sys.stdout.write(f"fitted: answer {bands.answer:.2f}, clarify {bands.clarify:.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
