"""Checks the content files for everything that an author can get wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from rapidfuzz import fuzz

from bot.answering.content import FOLDER, Problem, Reading
from bot.answering.schema import LANGUAGES, Entry
from bot.clock import utc_now

LEAST_QUESTIONS = 4
NEAR_DUPLICATE = 93
MOST_TEXT = 4096


def check_content(folder: Path = FOLDER, today: date | None = None) -> list[Problem]:
    """Return the problems of the content in the order of files and lines; none means that it can be published."""
    reading = Reading(folder)
    if not reading.problems:
        for check in (_sources, _facts, _examples, _answers, _related, _duplicates):
            check(reading)
        _expired(reading, today or utc_now().date())
    return sorted(reading.problems)


def _sources(reading: Reading) -> None:
    known = reading.content.sources
    for told in reading.content.told():
        for number in told.fact.source:
            if number not in known:
                reading.report("cluster", told.cluster, f"unknown source {number}", "facts", told.facet, told.number)
    for entry in reading.content.entries.values():
        for source in entry.sources:
            if source not in known:
                reading.report("entry", entry.id, f"unknown source {source}", "sources")


def _facts(reading: Reading) -> None:
    content = reading.content
    keys: set[tuple[str, str, str]] = set()
    for told in content.told():
        where = ("facts", told.facet, told.number)
        if content.facets and told.facet not in content.facets:
            reading.report("cluster", told.cluster, f"unknown facet {told.facet}", "facts", told.facet)
        if told.fact.key is not None:
            key = (told.cluster, told.facet, told.fact.key)
            if key in keys:
                reading.report("cluster", told.cluster, f"key {told.fact.key} is used twice", *where)
            keys.add(key)


def _examples(reading: Reading) -> None:
    for kind, records in (("entry", reading.content.entries), ("facet", reading.content.facets)):
        for name, record in records.items():
            for language in LANGUAGES:
                phrases = record.questions.get(language, [])
                if len(set(phrases)) < LEAST_QUESTIONS:
                    text = f"{len(set(phrases))} questions in {language}, at least {LEAST_QUESTIONS} are needed"
                    reading.report(kind, name, text, "questions", language)
                if not any(len(phrase.split()) <= 3 for phrase in phrases):
                    reading.report(
                        kind, name, f"no bare keyword among the questions in {language}", "questions", language
                    )


def _answers(reading: Reading) -> None:
    environment = SandboxedEnvironment(autoescape=True)
    for entry in reading.content.entries.values():
        for language, answer in entry.answer.items():
            for text in _faults(reading, environment, answer):
                reading.report("entry", entry.id, text, "answer", language)


def _faults(reading: Reading, environment: SandboxedEnvironment, answer: str) -> Iterator[str]:
    if len(answer) > MOST_TEXT:
        yield f"longer than {MOST_TEXT} characters"
    try:
        tree = environment.parse(answer)
    except TemplateError as error:
        yield f"broken template: {error}"
        return
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name == "fact"):
            continue
        path = call.args[0].as_const() if call.args else ""
        try:
            reading.content.fact(path)
        except (KeyError, ValueError, StopIteration, IndexError):
            yield f"no fact {path}"


def _related(reading: Reading) -> None:
    content = reading.content
    for entry in content.entries.values():
        for name in entry.related:
            cluster, _, facet = name.partition(".")
            if name not in content.entries and facet not in getattr(content.clusters.get(cluster), "facts", {}):
                reading.report("entry", entry.id, f"related {name} does not exist", "related")


def _duplicates(reading: Reading) -> None:
    phrases = [
        (entry, language, phrase.casefold())
        for entry in reading.content.entries.values()
        for language in LANGUAGES
        for phrase in entry.questions.get(language, [])
    ]
    for (entry, language, phrase), (other, other_language, other_phrase) in combinations(phrases, 2):
        if entry.id == other.id or language != other_language:
            continue
        if fuzz.ratio(phrase, other_phrase, score_cutoff=NEAR_DUPLICATE):
            _report_duplicate(reading, entry, language, phrase, other)


def _report_duplicate(reading: Reading, entry: Entry, language: str, phrase: str, other: Entry) -> None:
    number = [question.casefold() for question in entry.questions[language]].index(phrase)
    text = f"almost the same question as in {other.id}: {phrase}"
    reading.report("entry", entry.id, text, "questions", language, number)


def _expired(reading: Reading, today: date) -> None:
    for entry in reading.content.entries.values():
        if entry.expires is not None and entry.expires < today and entry.checked <= entry.expires:
            text = f"expired on {entry.expires} and not checked since"
            reading.report("entry", entry.id, text, "expires")


def main() -> int:
    """Print one line a problem; return 1 when there is any."""
    problems = check_content()
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
