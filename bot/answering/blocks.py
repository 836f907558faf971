"""The facts of one cluster as a block of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.answering.content import Content
from bot.answering.schema import Cluster, Fact, Step
from bot.names import CLUSTERS

SEAT = "seat"
# So many letters of facts of one cluster are read.
MOST_LETTERS = 900


@dataclass(frozen=True)
class Blocks:
    """Makes blocks in one language; a fact that expired before `today` is told as past."""

    content: Content
    language: str
    today: date

    def name(self, cluster: Cluster) -> str:
        """Return a cluster's name with today's name beside it."""
        return f"{cluster.name} ({cluster.today})" if cluster.today else cluster.name

    def facet(
        self, cluster: str, facet: str, first: Sequence[str] = (), among: int = 1, most: int = MOST_LETTERS
    ) -> dict[str, Any]:
        """Return the facts of a facet, those that hold the question's words first, as far as they are read."""
        facts = list(enumerate(self.content.clusters[cluster].facts.get(facet, ())))
        ranks = {name: rank for rank, name in enumerate(first)}
        facts.sort(key=lambda pair: ranks.get(f"{cluster}.{facet}.{pair[0]}", len(ranks)))
        told: list[dict[str, Any]] = []
        letters = 0
        for _, fact in facts:
            letters += len(fact.value[self.language])
            if told and letters > most / min(among, 3):
                break
            told.append(self._told(fact))
        more = len(facts) - len(told)
        also = self.content.facets[facet].also if among == 1 else ()
        beside = [self.content.fact(f"{cluster}.{name}") for name in also if self._has(cluster, name)]
        told += [self._told(fact) for fact in beside if facet != SEAT or not _stands(fact, told)]
        name = self.name(self.content.clusters[cluster])
        return {"cluster": cluster, "name": name, "facts": told, "rank": "", "more": more}

    def _has(self, cluster: str, facet: str) -> bool:
        return bool(self.content.clusters[cluster].facts.get(facet))

    def step(self, cluster: str, steps: Sequence[Step]) -> dict[str, Any]:
        """Return what a cluster does at some steps of the value chain."""
        wanted = {step.id for step in steps}
        facts = [
            fact for fact in self.content.clusters[cluster].facts.get("steps", ()) if wanted.intersection(fact.steps)
        ]
        ranks = [step.clusters.get(cluster) for step in steps if cluster in step.clusters]
        return {
            "cluster": cluster,
            "name": self.name(self.content.clusters[cluster]),
            "facts": [self._told(fact) for fact in facts],
            "rank": "P" if "P" in ranks else "S" if ranks else "",
            "dated": any(cluster in step.dated for step in steps),
        }

    def _told(self, fact: Fact) -> dict[str, Any]:
        return {
            "value": fact.value[self.language],
            "as_of": fact.as_of,
            "note": fact.note[self.language] if fact.note else "",
            "known": fact.kind == "known",
            "expired": fact.expires if fact.expired(self.today) else None,
            "sources": fact.source,
        }

    @staticmethod
    def working_on(steps: Sequence[Step]) -> tuple[str, ...]:
        """Return the clusters of the first step, primary before secondary."""
        found = steps[0].clusters
        return tuple(sorted(found, key=lambda cluster: (found[cluster] != "P", CLUSTERS.index(cluster))))


def ordered(clusters: Iterable[str]) -> tuple[str, ...]:
    """Return clusters, each once, in the order in which they are always told."""
    wanted = set(clusters)
    return tuple(cluster for cluster in CLUSTERS if cluster in wanted)


def _stands(fact: Fact, told: Sequence[dict[str, Any]]) -> bool:
    """Tell whether a contact's street, town and number stand in what is told already."""
    text = " ".join(one["value"] for one in told)
    return all(str(fact.data.get(part, "")) in text for part in ("street", "city", "phone"))
