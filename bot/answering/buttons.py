"""The buttons under a reply: related questions, more facts, and which cluster is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.answering.content import Content
from bot.answering.reply import Alternative
from bot.answering.schema import Entry

# So many related questions are read.
MOST_RELATED = 3


@dataclass(frozen=True)
class Buttons:
    """Makes buttons in one language."""

    content: Content
    language: str

    def option(self, kind: str, name: str, clusters: Sequence[str]) -> Alternative | None:
        """Return the button that asks for an entry or a facet."""
        if kind == "entry" and name in self.content.entries:
            return Alternative(self.content.entries[name].questions[self.language][0], f"e:{name}")
        if kind == "facet" and clusters:
            asks = self.content.facets[name].asks[self.language]
            shown = self.content.clusters[clusters[0]].name
            return Alternative(asks.replace("{cluster}", shown), f"f:{name}:{clusters[0]}")
        return None

    def more(self, block: dict[str, Any], title: str, facet: str) -> Alternative:
        """Return the button that tells all facts of a facet."""
        return Alternative(f"{block['name']} · {title} (+{block['more']})", f"m:{facet}:{block['cluster']}")

    def related(self, entry: Entry) -> list[Alternative]:
        """Return the buttons of what an entry is related to, as many as are read."""
        options = []
        for name in entry.related:
            cluster, _, facet = name.partition(".")
            option = self.option("facet", facet, (cluster,)) if facet else self.option("entry", name, ())
            if option:
                options.append(option)
        return options[:MOST_RELATED]
