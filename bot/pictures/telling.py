"""What the pictures show, in words, for those who do not see them."""

from __future__ import annotations

from bot.answering.content import Content
from bot.answering.schema import Step
from bot.pictures.networks import local, networks
from bot.pictures.seats import seats
from bot.texts import Texts


def seats_text(content: Content, texts: Texts, language: str) -> str:
    """Return where each cluster is based, as Telegram HTML."""
    return texts.render("pictures/seats.html", language, seats=seats(content, texts, language))


def value_chain_text(content: Content, texts: Texts, language: str) -> str:
    """Return who works on which step, as Telegram HTML; a star marks what rests on older sources."""
    rows = [_row(content, step, language) for step in content.steps.values()]
    return texts.render("pictures/chain.html", language, rows=rows)


def _row(content: Content, step: Step, language: str) -> dict[str, object]:
    def named(rank: str) -> list[str]:
        return [
            cluster.name + "*" * (cluster.id in step.dated)
            for cluster in networks(content)
            if step.clusters.get(cluster.id) == rank
        ]

    return {"name": local(step.name, language), "primary": named("P"), "secondary": named("S")}
