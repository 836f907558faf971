"""Facts inside authored answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.answering.content import Content
from bot.answering.schema import Fact


@dataclass(frozen=True)
class Printed:
    """A fact as an authored answer prints it: `{{ fact('nieke.seat') }}`, `{{ fact('nieke.seat').as_of }}`."""

    fact: Fact
    language: str

    def __str__(self) -> str:
        return self.fact.value[self.language]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.fact, name)


@dataclass(frozen=True)
class Telling:
    """The function `fact` of authored answers; raises KeyError for a path that does not exist."""

    content: Content
    language: str

    def __call__(self, path: str) -> Printed:
        """Return the fact `cluster.facet` or `cluster.facet.key`."""
        return Printed(self.content.fact(path), self.language)
