"""A question: what it names, what it asks about, and whether it goes on from before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answering.knowledge import Knowledge
from bot.answering.masking import PLACEHOLDERS
from bot.answering.schema import LANGUAGES
from bot.names import CLUSTERS


@dataclass(frozen=True)
class Question:
    """One question; ids of what it names, folded words of what it is about."""

    text: str
    readings: tuple[str, ...]
    content: tuple[str, ...]
    length: int
    subject: tuple[str, ...] = ()
    bare: str = ""
    clusters: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    said: str = ""
    nearby: tuple[str, ...] = ()
    platform: bool = False
    everyone: bool = False
    each: bool = False
    which: bool = False
    steps: tuple[str, ...] = ()
    ours: bool = False
    comparing: bool = False
    own_affair: bool = False
    momentary: bool = False
    pointing: bool = False
    rest: bool = False
    listing: bool = False
    aliased: bool = False
    only_name: bool = False
    unplaced: tuple[str, ...] = ()
    follows: bool = False
    standing: bool = False
    understood: bool = True
    inherited: bool = False
    in_town: Question | None = None

    @property
    def placed(self) -> bool:
        """Tell whether nothing but a place says what the question is about."""
        return bool(self.nearby) and not self.unplaced

    @property
    def names_something(self) -> bool:
        """Tell whether the question says itself what it is about."""
        return bool(self.clusters or self.topics or self.networks or self.platform)


def others(denied: tuple[str, ...]) -> tuple[str, ...]:
    """Return the clusters that were not left out."""
    return tuple(cluster for cluster in CLUSTERS if cluster not in denied)


def about(question: Question, knowledge: Knowledge, clusters: tuple[str, ...], topics: tuple[str, ...]) -> Question:
    """Return a follow-up with what it is about, its pronoun replaced by what stands for a cluster's name."""
    readings = (
        question.readings
        if topics or not clusters
        else tuple(_named(reading, knowledge) for reading in question.readings)
    )
    return replace(question, readings=readings, clusters=clusters, topics=question.topics or topics, inherited=True)


def _named(reading: str, knowledge: Knowledge) -> str:
    placeholder = PLACEHOLDERS[knowledge.speech.detect(reading) or LANGUAGES[0]]
    pronoun = knowledge.pronouns.search(reading)
    if pronoun is None:
        return f"{reading.rstrip(' ?!.')} {placeholder}"
    return f"{reading[: pronoun.start()]}{placeholder}{reading[pronoun.end() :]}"
