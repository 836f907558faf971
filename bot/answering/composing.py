"""Makes the reply of what was decided: which facts, which sources, which buttons, and what to remember."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.answering.blocks import MOST_LETTERS, Blocks
from bot.answering.content import Content
from bot.answering.knowledge import Knowledge
from bot.answering.outcomes import Outcome
from bot.answering.reply import Alternative, Citation, Context, Reply, joined
from bot.answering.schema import Entry
from bot.answering.telling import Telling
from bot.names import CLUSTERS

# So many sources and related questions are read.
MOST_SOURCES = 4
MOST_RELATED = 3
# Asked for the whole list, so many letters: a message has 4,096.
MOST_WHOLE = 3000
COMPARED = ("profile", "region", "topics")
RELATED_FACETS = ("contact", "topics", "projects", "joining", "seat")


@dataclass(frozen=True)
class Composer:
    """Composes replies in one language."""

    knowledge: Knowledge
    language: str
    today: date

    @property
    def blocks(self) -> Blocks:
        """Makes the blocks of facts."""
        return Blocks(self.content, self.language, self.today)

    @property
    def content(self) -> Content:
        """The content that is told."""
        return self.knowledge.content

    def reply(self, outcome: Outcome, context: Context) -> Reply:
        """Return the reply to one question."""
        compose = getattr(self, f"_{outcome.form}")
        reply: Reply = compose(outcome, context)
        return replace(reply, confidence=round(min(1.0, outcome.score / 2.5), 3))

    def _entry(self, outcome: Outcome, context: Context) -> Reply:
        entry = self.content.entries[outcome.name]
        shares = self.knowledge.topics[entry.id]
        run_by = (
            c for topic, share in shares.items() if share >= 0.5 for c in self.knowledge.topic_clusters.get(topic, ())
        )
        owners = self._order((*self.knowledge.owners(entry), *self._named_in(entry), *run_by))
        topics = sorted(topic for topic, share in shares.items() if share >= 0.3)
        part = {
            "kind": "entry",
            "source": entry.answer[self.language],
            "as_of": entry.as_of,
            "fact": Telling(self.content, self.language),
            "renamed": self._renamed(owners),
        }
        main = self._order(self.knowledge.owners(entry))
        return self._answer(
            [part],
            clusters=owners,
            sources=self._citations(entry.sources),
            entry=entry.id,
            related=self._related(entry),
            context=replace(
                context,
                entities=(*(main if len(main) == 1 else ()), *topics),
                facet=None,
                entry=entry.id,
            ),
        )

    def _entries(self, outcome: Outcome, context: Context) -> Reply:
        replies = [self._entry(replace(outcome, name=name), context) for name in outcome.told_first]
        return joined(replies)

    def _facet(self, outcome: Outcome, context: Context) -> Reply:
        clusters = self._order(outcome.clusters)
        most = MOST_WHOLE if outcome.whole else MOST_LETTERS
        blocks = [
            self.blocks.facet(cluster, outcome.name, outcome.told_first, len(clusters), most) for cluster in clusters
        ]
        title = self.content.facets[outcome.name].title[self.language]
        return self._facts(blocks, title, outcome.name, clusters, context)

    def _steps(self, outcome: Outcome, context: Context) -> Reply:
        steps = [self.content.steps[step] for step in outcome.steps]
        clusters = self._order(outcome.clusters) or self.blocks.working_on(steps)
        blocks = [self.blocks.step(cluster, steps) for cluster in clusters]
        title = " · ".join(step.name[self.language] for step in steps)
        reply = self._facts(blocks, title, "steps", clusters, context)
        return replace(reply, parts=({**reply.parts[0], "kind": "steps"},))

    def _compare(self, outcome: Outcome, context: Context) -> Reply:
        clusters = self._order(outcome.clusters)
        facets = COMPARED if len(clusters) <= 2 else COMPARED[:1]
        blocks = [
            {
                **self.blocks.facet(cluster, facets[0], (), 2),
                "facts": [fact for facet in facets for fact in self.blocks.facet(cluster, facet, (), 4)["facts"][:1]],
            }
            for cluster in clusters
        ]
        return self._facts(blocks, "", "compare", clusters, context)

    def _network(self, outcome: Outcome, context: Context) -> Reply:
        named = next(one for one in self.content.named if one.id == outcome.name)
        title = outcome.said or (named.title[self.language] if named.title else named.names[0])
        about = named.about[self.language] if named.about else ""
        part = {"kind": "network", "title": title, "about": about}
        forgotten = replace(context, entities=(), facet=None, entry=None)
        return self._answer([part], context=forgotten, clusters=outcome.clusters)

    def _talk(self, outcome: Outcome, context: Context) -> Reply:
        return Reply("smalltalk", self.language, "answers/smalltalk.html", {"talk": outcome.name}, context)

    def _handover(self, outcome: Outcome, context: Context) -> Reply:
        values = {"enquiry": outcome.name == "enquiry"}
        return Reply("handover", self.language, "answers/handover.html", values, context)

    def _unknown(self, outcome: Outcome, context: Context) -> Reply:
        clusters = self._order(outcome.clusters)
        told = outcome.name in self.content.facets
        blocks = [self.blocks.facet(cluster, outcome.name, (), len(clusters)) for cluster in clusters] if told else []
        network = next((one for one in self.content.named if one.id == outcome.name and one.kind == "network"), None)
        title = outcome.said or (network.names[0] if network else "")
        values = {
            "reason": outcome.reason,
            "blocks": blocks,
            "network": title,
            "bilingual": outcome.reason == "language",
        }
        return Reply(
            "unknown",
            self.language,
            "answers/unknown.html",
            values,
            context,
            clusters=clusters,
            facet=outcome.name if told else None,
            reason=outcome.reason,
        )

    def _clarify(self, outcome: Outcome, context: Context) -> Reply:
        clusters = outcome.clusters
        options = [option for one in outcome.options if (option := self.option(one.kind, one.name, clusters))]
        values = {"whose": False}
        return Reply("clarify", self.language, "answers/clarify.html", values, context, alternatives=tuple(options))

    def _whose(self, outcome: Outcome, context: Context) -> Reply:
        """Ask which cluster is meant."""
        options = tuple(
            Alternative(self.blocks.name(self.content.clusters[cluster]), f"f:{outcome.name}:{cluster}")
            for cluster in CLUSTERS
        )
        title = self.content.facets[outcome.name].title[self.language]
        return Reply(
            "clarify",
            self.language,
            "answers/clarify.html",
            {"whose": True, "title": title},
            replace(context, facet=outcome.name),
            facet=outcome.name,
            alternatives=options,
        )

    def option(self, kind: str, name: str, clusters: Sequence[str]) -> Alternative | None:
        """Return the button that asks for an entry or a facet."""
        if kind == "entry" and name in self.content.entries:
            return Alternative(self.content.entries[name].questions[self.language][0], f"e:{name}")
        if kind == "facet" and clusters:
            asks = self.content.facets[name].asks[self.language]
            shown = self.content.clusters[clusters[0]].name
            return Alternative(asks.replace("{cluster}", shown), f"f:{name}:{clusters[0]}")
        return None

    def _more(self, block: dict[str, Any], title: str, facet: str) -> Alternative:
        """Return the button that tells all facts of a facet."""
        return Alternative(f"{block['name']} · {title} (+{block['more']})", f"m:{facet}:{block['cluster']}")

    def _facts(
        self, blocks: list[dict[str, Any]], title: str, facet: str, clusters: tuple[str, ...], context: Context
    ) -> Reply:
        sources = [source for block in blocks for fact in block["facts"] for source in fact["sources"]]
        part = {"kind": "facts", "title": title, "blocks": blocks, "renamed": self._renamed(clusters)}
        others_ = [name for name in RELATED_FACETS if name != facet]
        more = [self._more(block, title, facet) for block in blocks if block.get("more") and len(clusters) == 1]
        options = [self.option("facet", name, clusters) for name in others_] if len(clusters) == 1 else []
        return self._answer(
            [part],
            clusters=clusters,
            sources=self._citations(sources),
            facet=facet,
            related=[option for option in (*more, *options) if option][:MOST_RELATED],
            context=replace(
                context, entities=clusters if len(clusters) < len(CLUSTERS) else (), facet=facet, entry=None
            ),
        )

    def _answer(
        self,
        parts: list[dict[str, Any]],
        *,
        context: Context,
        clusters: tuple[str, ...] = (),
        sources: Iterable[Citation] = (),
        entry: str | None = None,
        facet: str | None = None,
        related: Sequence[Alternative] = (),
    ) -> Reply:
        return Reply(
            "answer",
            self.language,
            "answers/answer.html",
            {},
            context,
            clusters=clusters,
            entry=entry,
            facet=facet,
            sources=tuple(sources),
            related=tuple(related),
            parts=tuple(parts),
        )

    def _related(self, entry: Entry) -> list[Alternative]:
        options = []
        for name in entry.related:
            cluster, _, facet = name.partition(".")
            option = self.option("facet", facet, (cluster,)) if facet else self.option("entry", name, ())
            if option:
                options.append(option)
        return options[:MOST_RELATED]

    def _citations(self, ids: Iterable[str]) -> list[Citation]:
        found = [self.content.sources[name] for name in dict.fromkeys(ids) if name in self.content.sources]
        return [Citation(source.title, str(source.url), source.dated) for source in found[:MOST_SOURCES]]

    def _named_in(self, entry: Entry) -> Iterable[str]:
        return self.knowledge.named_in(entry.id, self.language)

    def _renamed(self, clusters: Iterable[str]) -> tuple[tuple[str, str], ...]:
        found = (self.content.clusters[cluster] for cluster in clusters)
        return tuple((cluster.name, cluster.today) for cluster in found if cluster.today)

    def _order(self, clusters: Iterable[str]) -> tuple[str, ...]:
        wanted = set(clusters)
        return tuple(cluster for cluster in CLUSTERS if cluster in wanted)
