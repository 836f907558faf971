"""What the content says, by language: for telling languages apart, and for knowing how words are spelt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.answering.content import Content

Said = tuple[str, str]


def about_steps(content: Content) -> Iterator[Said]:
    """Return language and text of all that describes a step."""
    for step in content.steps.values():
        for phrases in (step.examples, step.words):
            yield from _said(phrases)
        yield from (*step.name.items(), *step.definition.items())


def asked(content: Content) -> Iterator[Said]:
    """Return language and text of all questions."""
    for facet in content.facets.values():
        yield from _said(facet.questions)
    for entry in content.entries.values():
        yield from _said(entry.questions)
    for intent in content.intents.values():
        yield from _said(intent.questions)


def answered(content: Content) -> Iterator[Said]:
    """Return language and text of all authored answers."""
    for entry in content.entries.values():
        yield from entry.answer.items()


def _said(phrases: Mapping[str, list[str]]) -> Iterator[Said]:
    for language, texts in phrases.items():
        yield from ((language, text) for text in texts)
