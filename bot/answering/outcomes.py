"""What can be decided on a question, and from which scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.answering.judging import Candidate

Form = Literal[
    "entry", "facet", "steps", "entries", "compare", "network", "talk", "handover", "unknown", "clarify", "whose"
]


@dataclass(frozen=True)
class Bands:
    """Scores from which a question is answered, asked back, or taken for small talk; `fitting` sets the first two."""

    answer: float = 0.95
    clarify: float = 0.7
    # Another subject is believed from here on.
    other: float = 0.85
    talk: float = 1.0
    # Facts that hold so much of a question, with a word so rare, answer it whatever the matcher says.
    cover: float = 0.6
    rare: int = 4


# Without the encoder only letters are compared; their scores lie lower.
LEXICAL = Bands(answer=0.85, clarify=0.5, talk=0.8)


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
    said: str = ""
    whole: bool = False
