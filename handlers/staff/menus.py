"""The menus in place of the buttons under a card: another cluster, an outcome, a prepared text, sure or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.names import CLUSTERS
from handlers.context import Context
from handlers.sending import Button
from handlers.staff.canned import CANNED
from handlers.staff.canned import LABELS as CANNED_LABELS
from handlers.staff.speaking import LABELS, Desk
from handlers.team.access import cluster_names
from storage.models import Enquiry, Outcome

OUTCOMES = (
    Outcome.ANSWERED,
    Outcome.CONTACT_MADE,
    Outcome.PROJECT,
    Outcome.NOT_POSSIBLE,
    Outcome.NO_ANSWER,
    Outcome.SPAM,
)
"""What the staff may close with; only the firm itself withdraws."""
MENUS = ("hand", "bring", "close", "canned", "block")
SURE = "!"
"""After the name of an act: the person has confirmed it."""
Keys = list[list[Button]]


def menu(
    context: Context, desk: Desk, enquiry: Enquiry, act: str, *, cluster: str = "", at_work: Collection[str] = ()
) -> Keys:
    """Return the buttons of a menu of MENUS; with a `cluster`, the question whether one is sure.

    `at_work` are the clusters that work on it already and need not be brought in.
    """
    if cluster or act == "block":
        rows = [_sure(context, desk, enquiry, act, cluster)]
    elif act == "close":
        rows = [[_button(context, desk, enquiry, f"close:{outcome}", f"outcome_{outcome}")] for outcome in OUTCOMES]
    elif act == "canned":
        rows = [[_button(context, desk, enquiry, f"canned:{name}", name, source=CANNED_LABELS)] for name in CANNED]
    else:
        passed_over = {desk.cluster, *(at_work if act == "bring" else ())}
        others = [one for one in CLUSTERS if one not in passed_over]
        rows = [[one] for one in _clusters(context, desk, enquiry, act, others)]
    back = act if cluster else "menu"
    return [*rows, [(context.services.texts.label("back", desk.language), f"staff:{enquiry.id}:{back}")]]


def _sure(context: Context, desk: Desk, enquiry: Enquiry, act: str, cluster: str) -> list[Button]:
    data = f"{act}{SURE}:{cluster}" if cluster else f"{act}{SURE}"
    name = cluster_names(context).get(cluster, "")
    return [_button(context, desk, enquiry, data, f"sure_{act}", cluster=name)]


def _clusters(context: Context, desk: Desk, enquiry: Enquiry, act: str, others: Sequence[str]) -> list[Button]:
    """Return a button for each of the other clusters, the one that fits best first, with the points of the routing."""
    points = {one.id: one.score for one in context.services.router.ranked(enquiry.steps, enquiry.region)}
    ordered = sorted(others, key=lambda cluster: -points.get(cluster, 0))
    names = cluster_names(context)
    return [
        _button(context, desk, enquiry, f"{act}:{one}", "cluster", cluster=names[one], points=points.get(one, 0))
        for one in ordered
    ]


def _button(
    context: Context, desk: Desk, enquiry: Enquiry, data: str, name: str, *, source: str = LABELS, **values: object
) -> Button:
    text = context.services.texts.label(name, desk.language, source=source, **values)
    return text, f"staff:{enquiry.id}:{data}"
