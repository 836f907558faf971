"""A routing in words: the message that a person reads, and the JSON object for tests, tools and evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel import Locale

from bot.answering.content import Content
from bot.routing.ranking import Ranked, Reason
from bot.routing.router import Router, Routing
from bot.texts import Texts

REASONS = "routing/reasons.html"


def region_name(content: Content, region: str, language: str) -> str:
    """Return the name of a Land or country; `region` is an ISO 3166 code."""
    if region in content.regions:
        return content.regions[region].name[language]
    return str(Locale.parse(language).territories.get(region, region))


def reasons(content: Content, texts: Texts, one: Ranked, language: str) -> list[str]:
    """Return why a cluster fits, one plain text a reason."""
    return [_reason(content, texts, reason, language) for reason in one.reasons]


def render(routing: Routing, content: Content, texts: Texts) -> str:
    """Return the message that tells a routing, as Telegram HTML."""
    language, region = routing.language, routing.region
    return texts.render(
        "routing/result.html",
        language,
        kind=routing.kind,
        steps=[content.steps[step] for step in routing.steps],
        offered=[content.steps[step] for step in routing.offered],
        region=region and region_name(content, region, language),
        at_home=region in content.regions and content.regions[region].home is not None,
        clusters=[
            {"name": content.clusters[one.id].name, "reasons": reasons(content, texts, one, language)}
            for one in routing.clusters
        ],
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


def _reason(content: Content, texts: Texts, reason: Reason, language: str) -> str:
    if reason.kind == "home":
        return texts.label("home", language, source=REASONS, region=region_name(content, reason.name, language))
    name = "primary" if reason.mark == "P" else "secondary"
    return texts.label(name, language, source=REASONS, step=content.steps[reason.name].name[language])
