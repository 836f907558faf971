"""The content made ready for understanding: examples, names, words and passages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from bot.answering.content import Content
from bot.answering.encoder import Encoder
from bot.answering.masking import PLACEHOLDERS, masked
from bot.answering.matcher import Example, Matcher
from bot.answering.names import Mention, Names
from bot.answering.passages import Passages
from bot.answering.repair import Repair
from bot.answering.schema import LANGUAGES, Entry
from bot.answering.speech import Speech
from bot.answering.towns import Towns
from bot.answering.vocabulary import Vocabulary
from bot.answering.words import Word, counted, fold, folded_words, words

NOT_CONTENT = ("cluster", "platform", "network")
# An entry is about what so many of its questions name.
MAIN = 0.3
# Forms of a word share a beginning of so many letters.
STEM = 6
KINDS_WITH_TOPIC = ("topic", "platform", "network")


class Knowledge(Vocabulary):
    """Everything that is computed once from the content."""

    def __init__(self, content: Content, encoder: Encoder | None) -> None:
        self.content = content
        # What bot.answering.judging found a moment ago.
        self.judged: dict[object, Any] = {}
        # The entry that tells what a programme is; found when it is first asked for.
        self.told_by: dict[str, str | None] = {}
        super().__init__([content.languages[language] for language in LANGUAGES])
        texts = list(self._texts())
        common = self.function | self.generic | {fold(word) for word in counted(text for _, text in texts)}
        for named in content.named:
            common -= {word for name in named.names for word in folded_words(name)}
        self.names = Names(content.named, frozenset(common), self.negating)
        self.towns = Towns(
            content.named,
            self.nicknames | self.nouns,
            self.indefinite,
            self.function,
        )
        self.speech = Speech(
            {code: [text for language, text in texts if language == code] for code in LANGUAGES},
            content.languages,
            {word for cluster in content.clusters.values() for word in folded_words(f"{cluster.id} {cluster.name}")},
            {word for named in content.named if named.kind == "topic" for word in folded_words(" ".join(named.names))},
        )
        self.repair = Repair((*(text for _, text in texts), *self.function, *self.generic))
        self.topics = {entry.id: self._topics(entry) for entry in content.entries.values()}
        self.examples = list(self._examples())
        self.matcher = Matcher(self.examples, self.function, encoder)
        self.passages = Passages(self._documents(), self.generic)

    def owners(self, entry: Entry) -> frozenset[str]:
        """Return the clusters that an entry is about."""
        return frozenset((*entry.clusters, *((entry.cluster,) if entry.cluster else ())))

    @cache  # noqa: B019  the content lives as long as the program
    def named_in(self, entry: str, language: str) -> frozenset[str]:
        """Return the clusters that an answer names."""
        found = words(self.content.entries[entry].answer[language])
        mentions = self.names.find(found)
        return frozenset(c for mention in mentions if mention.named.kind == "cluster" for c in mention.named.clusters)

    def knows(self, word: str) -> bool:
        """Tell whether a word, perhaps misspelt, is one of the content's; a letter alone is none."""
        return len(word) > 1 and not word.isdigit() and (word in self.repair or self.repair.nearest(word) is not None)

    def content_words(self, found: list[Word], mentions: list[Mention]) -> list[str]:
        """Return the folded words that say what a question is about, without names of clusters."""
        structure = self.function | self.generic | self.plural
        named = {
            place
            for mention in mentions
            if mention.named.kind in NOT_CONTENT
            for place in range(mention.first, mention.last)
        }
        return [word.folded for place, word in enumerate(found) if place not in named and word.folded not in structure]

    def _texts(self) -> Iterator[tuple[str, str]]:
        content = self.content
        for records in (content.facets, content.intents, content.entries):
            for record in records.values():
                for language, phrases in record.questions.items():
                    yield from ((language, phrase.replace("{cluster}", "")) for phrase in phrases)
        for told in content.told():
            yield from told.fact.value.items()
        for entry in content.entries.values():
            yield from entry.answer.items()
        for step in content.steps.values():
            yield from (*step.name.items(), *step.definition.items())

    def _examples(self) -> Iterator[Example]:
        content = self.content
        for kind, records in (("facet", content.facets), ("intent", content.intents), ("entry", content.entries)):
            for name, record in records.items():
                for language, phrases in record.questions.items():
                    yield from (Example(f"{kind}:{name}", self._masked(phrase, language)) for phrase in phrases)

    def _masked(self, phrase: str, language: str) -> str:
        if "{cluster}" in phrase:
            return phrase.replace("{cluster}", PLACEHOLDERS[language])
        found, mentions = self._found_in(phrase)
        return masked(phrase, found, mentions, language)

    @cache  # noqa: B019
    def _found_in(self, phrase: str) -> tuple[list[Word], list[Mention]]:
        found = words(phrase)
        return found, self.names.find(found)

    def _topics(self, entry: Entry) -> dict[str, float]:
        """Return what the entry's questions name, each with the share of questions that name it."""
        phrases = [phrase for questions in entry.questions.values() for phrase in questions]
        shares: dict[str, float] = {}
        for phrase in phrases:
            for name in {m.named.id for m in self._found_in(phrase)[1] if m.named.kind in KINDS_WITH_TOPIC}:
                shares[name] = shares.get(name, 0.0) + 1 / len(phrases)
        return shares

    @cache  # noqa: B019
    def main_entry(self, topic: str) -> str | None:
        """Return the label of the entry that tells what a programme or a project is."""
        scores = self.matcher.scores((self.what_is(topic),))[0]
        ranked = sorted(zip(scores.total, scores.labels, strict=True), reverse=True)
        return next(
            (
                label
                for _, label in ranked
                if label.startswith("entry:") and self.topics[label.removeprefix("entry:")].get(topic, 0.0) >= MAIN
            ),
            None,
        )

    def what_is(self, topic: str) -> str:
        """Return the plainest question about a programme or a project."""
        return f"Was ist {self.name_of(topic)}?"

    def name_of(self, topic: str) -> str:
        """Return the first name of what is named."""
        return next(one.names[0] for one in self.content.named if one.id == topic)

    @cached_property
    def step_words(self) -> dict[str, frozenset[str]]:
        """The folded words that point to each step of the value chain."""
        return {
            step.id: frozenset(fold(phrase) for phrases in step.words.values() for phrase in phrases)
            for step in self.content.steps.values()
        }

    @cached_property
    def step_phrases(self) -> list[tuple[str, str]]:
        """Each of these words with its step."""
        return [(phrase, step) for step, phrases in self.step_words.items() for phrase in phrases]

    @cached_property
    def topic_clusters(self) -> dict[str, tuple[str, ...]]:
        """The clusters that run what is named."""
        return {named.id: tuple(named.clusters) for named in self.content.named if named.kind == "topic"}

    @cached_property
    def dated(self) -> frozenset[str]:
        """The labels of facets whose answer is a year: one that a question names may be wrong."""
        return frozenset(f"facet:{name}" for name, facet in self.content.facets.items() if facet.dated)

    @cached_property
    def facet_words(self) -> dict[str, frozenset[str]]:
        """The words that ask for each facet."""
        return {
            f"facet:{name}": frozenset(
                form
                for phrases in facet.questions.values()
                for phrase in phrases
                for word in folded_words(phrase)
                for form in ((word, word[:STEM]) if len(word) >= STEM else (word,))
            )
            for name, facet in self.content.facets.items()
        }

    def asked_of(self, facet: str, asked: frozenset[str]) -> frozenset[str]:
        """Return the words that ask for a facet (`facet:seat`), in whatever form."""
        asking = self.facet_words.get(facet, frozenset())
        return frozenset(word for word in asked if word in asking or word[:STEM] in asking)

    def _documents(self) -> Iterator[tuple[str, set[str]]]:
        for told in self.content.told():
            for language in LANGUAGES:
                found = set(folded_words(told.fact.value[language])) - self.function
                yield f"fact:{told.cluster}.{told.facet}.{told.number}", found
        for entry in self.content.entries.values():
            for language in LANGUAGES:
                texts = (*entry.questions.get(language, ()), entry.answer[language])
                yield f"entry:{entry.id}", {word for text in texts for word in folded_words(text)} - self.function
