"""Makes the reply where nothing is answered: small talk, a person, "I don't know", a question back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answering.blocks import Blocks, ordered
from bot.answering.buttons import Buttons
from bot.answering.content import Content
from bot.answering.outcomes import Outcome
from bot.answering.reply import Alternative, Context, Reply
from bot.names import CLUSTERS

# The forms of what was decided that are no answers; each is a method of Unanswered.
UNANSWERED = frozenset(("talk", "handover", "unknown", "clarify", "whose"))


@dataclass(frozen=True)
class Unanswered:
    """Composes replies that are no answers, in one language."""

    content: Content
    language: str
    blocks: Blocks
    buttons: Buttons

    def talk(self, outcome: Outcome, context: Context) -> Reply:
        """Return small talk."""
        return Reply("smalltalk", self.language, "answers/smalltalk.html", {"talk": outcome.name}, context)

    def handover(self, outcome: Outcome, context: Context) -> Reply:
        """Offer a person."""
        values = {"enquiry": outcome.name == "enquiry"}
        return Reply("handover", self.language, "answers/handover.html", values, context)

    def unknown(self, outcome: Outcome, context: Context) -> Reply:
        """Say that the bot does not know, why, and what it knows beside."""
        clusters = ordered(outcome.clusters)
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

    def clarify(self, outcome: Outcome, context: Context) -> Reply:
        """Ask back which of several questions is meant."""
        clusters = outcome.clusters
        options = [option for one in outcome.options if (option := self.buttons.option(one.kind, one.name, clusters))]
        values = {"whose": False}
        return Reply("clarify", self.language, "answers/clarify.html", values, context, alternatives=tuple(options))

    def whose(self, outcome: Outcome, context: Context) -> Reply:
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
