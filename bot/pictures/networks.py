"""The four networks, in the order in which every picture names them."""

from __future__ import annotations

from bot.answering.content import Content
from bot.answering.schema import Cluster
from bot.names import CLUSTERS


def networks(content: Content) -> list[Cluster]:
    """Return the clusters in the platform's order; raises KeyError where one is missing."""
    return [content.clusters[name] for name in CLUSTERS]


def local(value: dict[str, str], language: str) -> str:
    """Return a value of the content in a language, else in English."""
    return value.get(language) or value["en"]
