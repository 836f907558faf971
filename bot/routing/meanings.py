"""What a sentence means: how likely each step is, by the examples of the steps."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from bot.answering.content import Content
from bot.answering.encoder import Encoder
from bot.answering.matcher import Example, Matcher

# What the examples of other subjects are called; it is no step.
NONE = "none"
# What the nearest example counts beside the classifier, and how sharply the sum is turned into chances.
NEAREST, SURE = 2.0, 3.0


class Meanings:
    """Fitted on the examples."""

    def __init__(self, content: Content, function: Collection[str], encoder: Encoder | None) -> None:
        self._matcher = Matcher(list(_examples(content)), frozenset(function), encoder)

    def chances(self, text: str) -> dict[str, float]:
        """Return the chance of each step by the meaning; the matcher's own chance is surer than it should be."""
        (scores,) = self._matcher.scores([text])
        letters = scores.total - scores.chance - scores.nearest
        fit = np.sqrt(np.maximum(scores.chance, 0)) + NEAREST * scores.nearest + letters
        raised = np.exp(SURE * (fit - fit.max()))
        return dict(zip(scores.labels, map(float, raised / raised.sum()), strict=True))


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
