"""Makes the reply of what was decided: which facts, which sources, which buttons, and what to remember."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.answering.blocks import MOST_LETTERS, Blocks, ordered
from bot.answering.buttons import MOST_RELATED, Buttons
from bot.answering.content import Content
from bot.answering.knowledge import Knowledge
from bot.answering.outcomes import Outcome
from bot.answering.reply import Alternative, Citation, Context, Reply, joined
from bot.answering.schema import Entry
from bot.answering.telling import Telling
from bot.answering.unanswered import UNANSWERED, Unanswered
from bot.names import CLUSTERS

# So many sources are read.
MOST_SOURCES = 4
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
    def buttons(self) -> Buttons:
        """Makes the buttons."""
        return Buttons(self.content, self.language)

    @property
    def unanswered(self) -> Unanswered:
        """Makes the replies that are no answers."""
        return Unanswered(self.content, self.language, self.blocks, self.buttons)

    @property
    def content(self) -> Content:
        """The content that is told."""
        return self.knowledge.content

    def reply(self, outcome: Outcome, context: Context) -> Reply:
        """Return the reply to one question."""
        told = outcome.form not in UNANSWERED
        compose = getattr(self, f"_{outcome.form}") if told else getattr(self.unanswered, outcome.form)
        reply: Reply = compose(outcome, context)
        return replace(reply, confidence=round(min(1.0, outcome.score / 2.5), 3))

    def _entry(self, outcome: Outcome, context: Context) -> Reply:
        entry = self.content.entries[outcome.name]
        shares = self.knowledge.topics[entry.id]
        run_by = (
            c for topic, share in shares.items() if share >= 0.5 for c in self.knowledge.topic_clusters.get(topic, ())
        )
        owners = ordered((*self.knowledge.owners(entry), *self._named_in(entry), *run_by))
        topics = sorted(topic for topic, share in shares.items() if share >= 0.3)
        part = {
            "kind": "entry",
            "source": entry.answer[self.language],
            "as_of": entry.as_of,
            "fact": Telling(self.content, self.language),
            "renamed": self._renamed(owners),
        }
        main = ordered(self.knowledge.owners(entry))
        return self._answer(
            [part],
            clusters=owners,
            sources=self._citations(entry.sources),
            entry=entry.id,
            related=self.buttons.related(entry),
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
        clusters = ordered(outcome.clusters)
        most = MOST_WHOLE if outcome.whole else MOST_LETTERS
        blocks = [
            self.blocks.facet(cluster, outcome.name, outcome.told_first, len(clusters), most) for cluster in clusters
        ]
        title = self.content.facets[outcome.name].title[self.language]
        return self._facts(blocks, title, outcome.name, clusters, context)

    def _steps(self, outcome: Outcome, context: Context) -> Reply:
        steps = [self.content.steps[step] for step in outcome.steps]
        clusters = ordered(outcome.clusters) or self.blocks.working_on(steps)
        blocks = [self.blocks.step(cluster, steps) for cluster in clusters]
        title = " · ".join(step.name[self.language] for step in steps)
        reply = self._facts(blocks, title, "steps", clusters, context)
        return replace(reply, parts=({**reply.parts[0], "kind": "steps"},))

    def _compare(self, outcome: Outcome, context: Context) -> Reply:
        clusters = ordered(outcome.clusters)
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

    def _facts(
        self, blocks: list[dict[str, Any]], title: str, facet: str, clusters: tuple[str, ...], context: Context
    ) -> Reply:
        sources = [source for block in blocks for fact in block["facts"] for source in fact["sources"]]
        part = {"kind": "facts", "title": title, "blocks": blocks, "renamed": self._renamed(clusters)}
        others_ = [name for name in RELATED_FACETS if name != facet]
        more = [self.buttons.more(block, title, facet) for block in blocks if block.get("more") and len(clusters) == 1]
        options = [self.buttons.option("facet", name, clusters) for name in others_] if len(clusters) == 1 else []
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

    def _citations(self, ids: Iterable[str]) -> list[Citation]:
        found = [self.content.sources[name] for name in dict.fromkeys(ids) if name in self.content.sources]
        return [Citation(source.title, str(source.url), source.dated) for source in found[:MOST_SOURCES]]

    def _named_in(self, entry: Entry) -> Iterable[str]:
        return self.knowledge.named_in(entry.id, self.language)

    def _renamed(self, clusters: Iterable[str]) -> tuple[tuple[str, str], ...]:
        found = (self.content.clusters[cluster] for cluster in clusters)
        return tuple((cluster.name, cluster.today) for cluster in found if cluster.today)
