"""The rule that ranks the clusters: points for the steps they work on, one more at home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answering.content import Content
from bot.routing.schema import Rules


@dataclass(frozen=True)
class Reason:
    """Why a cluster fits: a step that was named (and how it works on it, P or S), or the home region."""

    kind: Literal["step", "home"]
    name: str
    mark: str = ""


@dataclass(frozen=True)
class Ranked:
    """A cluster with its points and the reasons for them."""

    id: str
    score: int
    reasons: tuple[Reason, ...]


def ranked(content: Content, rules: Rules, steps: Sequence[str], region: str | None) -> tuple[Ranked, ...]:
    """Return the clusters that work on any of the steps, best first.

    P counts 4 and S 2, the home cluster of the region 1 more (the figures are in templates/content/routing.yaml); a tie
    goes to more primary steps, then to the home cluster.
    """
    home = content.regions[region].home if region in content.regions else None
    candidates = [
        _rank(content, rules, cluster, steps, region if cluster == home else None) for cluster in content.clusters
    ]
    scored = [one for one in candidates if one.score]
    return tuple(sorted(scored, key=lambda one: (-one.score, -_primary(one), one.id != home)))


def _rank(content: Content, rules: Rules, cluster: str, steps: Sequence[str], home: str | None) -> Ranked:
    """`home` is the region whose home cluster this is."""
    marks = [(step, content.steps[step].clusters.get(cluster)) for step in steps]  # type: ignore[call-overload]
    reasons = [Reason("step", step, mark) for step, mark in marks if mark is not None]
    score = sum(rules.points[mark] for _, mark in marks if mark is not None)
    if reasons and home is not None:
        reasons.append(Reason("home", home))
        score += rules.home
    return Ranked(cluster, score, tuple(reasons))


def _primary(one: Ranked) -> int:
    return sum(reason.mark == "P" for reason in one.reasons)
