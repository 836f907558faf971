"""The content in memory: read from templates/content, checked by its schema."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.answering.schema import (
    Cluster,
    Entry,
    Facet,
    Fact,
    Intent,
    Language,
    Named,
    Region,
    Source,
    Step,
)
from bot.answering.yaml_lines import Document, Steps
from bot.errors import StartError

T = TypeVar("T", bound=BaseModel)
FOLDER = Path(__file__).resolve().parents[2] / "templates" / "content"


class Problem(NamedTuple):
    """A fault in a content file; `line` counts from 1."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class Told(NamedTuple):
    """A fact with its place: cluster, facet and number within the facet."""

    cluster: str
    facet: str
    number: int
    fact: Fact


@dataclass(frozen=True)
class Content:
    """Everything that the bot knows."""

    sources: dict[str, Source]
    clusters: dict[str, Cluster]
    entries: dict[str, Entry]
    facets: dict[str, Facet]
    named: tuple[Named, ...]
    intents: dict[str, Intent]
    steps: dict[str, Step]
    regions: dict[str, Region]
    languages: dict[str, Language]
    digest: str

    def told(self) -> Iterator[Told]:
        """Return every fact of every cluster."""
        for cluster in self.clusters.values():
            for facet, facts in cluster.facts.items():
                yield from (Told(cluster.id, facet, number, fact) for number, fact in enumerate(facts))

    def fact(self, path: str) -> Fact:
        """Return the fact `cluster.facet.key`, or the first of `cluster.facet`; raises KeyError."""
        cluster, facet, *key = path.split(".")
        facts = self.clusters[cluster].facts[facet]
        if not key:
            return facts[0]
        return next(fact for fact in facts if fact.key == key[0])


class Reading:
    """Reads the content files and keeps the place of each record and the problems found."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str], tuple[Document, Steps]] = {}
        self.content = self._read()

    def report(self, kind: str, name: str, text: str, *below: str | int) -> None:
        """Note a problem of the record `kind` `name`, at the line of what lies `below` it."""
        document, steps = self.places[kind, name]
        self.problems.append(Problem(self._name(document.path), document.line((*steps, *below)), text))

    def _read(self) -> Content:
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*.yaml")):
            digest.update(path.read_bytes())
        clusters = [c for p in self._files("clusters") for c in self._one(p, Cluster)]
        entries = {k: v for p in self._files("entries") for k, v in self._list(p, Entry, "entry").items()}
        background = self._map("background.yaml", Intent, "intent")
        smalltalk = self._map("smalltalk.yaml", Intent, "intent")
        for name in background.keys() & smalltalk.keys():
            self.report("intent", name, f"intent {name} is defined in two files")
        return Content(
            sources=self._map("sources.yaml", Source, "source"),
            clusters={cluster.id: cluster for cluster in clusters},
            entries=entries,
            facets=self._map("facets.yaml", Facet, "facet"),
            named=tuple(self._list(self.folder / "entities.yaml", Named, "named").values()),
            intents=smalltalk | background,
            steps=self._list(self.folder / "steps.yaml", Step, "step"),
            regions=self._list(self.folder / "regions.yaml", Region, "region"),
            languages=self._map("languages.yaml", Language, "language"),
            digest=digest.hexdigest(),
        )

    def _files(self, folder: str) -> list[Path]:
        return sorted((self.folder / folder).glob("*.yaml"))

    def _one(self, path: Path, model: type[Cluster]) -> list[Cluster]:
        document = self._document(path)
        record = document and self._record(document, (), model, "cluster", path.stem)
        return [record] if record else []

    def _map(self, name: str, model: type[T], kind: str) -> dict[str, T]:
        document = self._document(self.folder / name)
        if document is None:
            return {}
        read = {str(key): self._record(document, (key,), model, kind, str(key)) for key in document.data}
        return {key: value for key, value in read.items() if value is not None}

    def _list(self, path: Path, model: type[T], kind: str) -> dict[str, T]:
        document = self._document(path)
        read: dict[str, T] = {}
        for number, raw in enumerate(document.data if document else ()):
            name = str(raw.get("id", number)) if isinstance(raw, dict) else str(number)
            twice = (kind, name) in self.places
            record = self._record(document, (number,), model, kind, name) if document else None
            if twice:
                self.report(kind, name, f"{kind} {name} is defined twice")
            if record is not None:
                read[name] = record
        return read

    def _document(self, path: Path) -> Document | None:
        if not path.exists():
            return None
        try:
            document = Document(path)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            self.problems.append(Problem(self._name(path), line, getattr(error, "problem", None) or str(error)))
            return None
        return document if document.data else None

    def _record(self, document: Document, steps: Steps, model: type[T], kind: str, name: str) -> T | None:
        self.places[kind, name] = (document, steps)
        raw: Any = document.data
        for step in steps:
            raw = raw[step]
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                place = ".".join(map(str, fault["loc"]))
                self.report(kind, name, f"{place}: {fault['msg']}", *fault["loc"])
            return None

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder.parent.parent).as_posix()


def load_content(folder: Path | None = None) -> Content:
    """Read the content; raises StartError naming file and line of the first fault."""
    reading = Reading(folder or FOLDER)
    if reading.problems:
        raise StartError(str(reading.problems[0]))
    return reading.content
