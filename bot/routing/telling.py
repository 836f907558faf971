"""A routing in words: the message that a person reads, and the JSON object for tests, tools and evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel import Locale

from bot.answering.content import Content
from bot.routing.cards import card, sources
from bot.routing.ranking import Ranked, Reason
from bot.routing.router import Router, Routing
from bot.texts import Texts

REASONS = "routing/reasons.html"
SHOWN = 2
"""Clusters that a result names: who fits best, and who next."""


def region_name(content: Content, region: str, language: str) -> str:
    """Return the name of a Land or country; `region` is an ISO 3166 code."""
    if region in content.regions:
        return content.regions[region].name[language]
    return str(Locale.parse(language).territories.get(region, region))


def reasons(content: Content, texts: Texts, one: Ranked, language: str, *, source: str = REASONS) -> list[str]:
    """Return why a cluster fits, one plain text a reason, in the words of the labels `source`."""
    return [_reason(content, texts, reason, language, source) for reason in one.reasons]


def render(routing: Routing, content: Content, texts: Texts, *, today: date, asks_place: bool = True) -> str:
    """Return the message that tells a routing, as Telegram HTML; what expired before `today` is told as past.

    `asks_place`: say that no place is known, where none is; not to who has just said that it does not matter.
    """
    language, region = routing.language, routing.region
    cards = [
        card(content, one, reasons(content, texts, one, language), language, today) for one in routing.clusters[:SHOWN]
    ]
    return texts.render(
        "routing/result.html",
        language,
        kind=routing.kind,
        steps=[content.steps[step] for step in routing.steps],
        offered=[content.steps[step] for step in routing.offered],
        region=region and region_name(content, region, language),
        at_home=region in content.regions and content.regions[region].home is not None,
        asks_place=asks_place and not region,
        clusters=cards,
        sources=sources(content, cards),
    )


def route_line(router: Router, texts: Texts, request: Mapping[str, Any]) -> dict[str, Any]:
    """Route `{"text", "lang"}`; scores are points of templates/content/routing.yaml."""
    wished = request.get("lang")
    routing = router.route(str(request["text"]), wished if wished in texts.languages else None)
    return {
        "kind": routing.kind,
        "steps": list(routing.steps),
        "region": routing.region,
        "clusters": [
            {"id": one.id, "score": one.score, "reasons": reasons(router.content, texts, one, routing.language)}
            for one in routing.clusters
        ],
        "offered": list(routing.offered),
        "lang": routing.language,
    }


def _reason(content: Content, texts: Texts, reason: Reason, language: str, source: str) -> str:
    if reason.kind == "home":
        return texts.label("home", language, source=source, region=region_name(content, reason.name, language))
    name = "primary" if reason.mark == "P" else "secondary"
    return texts.label(name, language, source=source, step=content.steps[reason.name].name[language])
