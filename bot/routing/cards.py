"""What a person reads of a cluster that fits: why, what it does there, and how to reach it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.answering.blocks import Blocks
from bot.answering.content import Content
from bot.answering.reply import Citation
from bot.routing.ranking import Ranked

CONTACT = "contact"
# With more than one cluster a facet is told alone, without what is told beside it.
MANY = 2
MOST_SOURCES = 4


@dataclass(frozen=True)
class Card:
    """One cluster of a result; `facts` and `contact` are as bot.answering.blocks tells them, each with its date."""

    name: str
    today: str | None
    reasons: Sequence[str]
    facts: Sequence[dict[str, Any]]
    contact: dict[str, Any]


def card(content: Content, one: Ranked, reasons: Sequence[str], language: str, today: date) -> Card:
    """Return the card of a ranked cluster; what expired before `today` is told as past."""
    cluster, blocks = content.clusters[one.id], Blocks(content, language, today)
    steps = [content.steps[reason.name] for reason in one.reasons if reason.kind == "step"]
    # The note tells what is not known or should be checked; the card's date and the cluster's own card say as much.
    contact = {**blocks.facet(one.id, CONTACT, among=MANY)["facts"][0], "note": ""}
    return Card(cluster.name, cluster.today, reasons, blocks.step(one.id, steps)["facts"], contact)


def sources(content: Content, cards: Sequence[Card]) -> list[Citation]:
    """Return where the facts of the cards come from, each source once, the first ones where there are many."""
    named = dict.fromkeys(name for one in cards for name in _named(one))
    found = [content.sources[name] for name in named][:MOST_SOURCES]
    return [Citation(source.title, str(source.url), source.dated) for source in found]


def _named(one: Card) -> Iterator[str]:
    for fact in (*one.facts, one.contact):
        yield from fact["sources"]
