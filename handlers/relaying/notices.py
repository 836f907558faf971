"""Notices of the outbox: a template with what the row gives it, and the buttons that it names."""

from __future__ import annotations

from bot.enquiries import contacts
from bot.enquiries.errands import Errand
from bot.enquiries.expecting import expectation
from handlers.context import Context
from handlers.relaying.card_texts import cluster_name
from handlers.relaying.posting import post
from handlers.sending import Button
from storage.models import Enquiry

LABELS = "enquiries/labels.html"
STAFF_LABELS = "staff/labels.html"
REOPEN_TOPIC = [("topic", "staff:{}:topic")]
KEYBOARDS = {
    "opened": [[("details", "enq:{}"), ("withdraw", "enq:{}:withdraw")]],
    "held": [[("hand_back", "enq:{}:back")]],
    "untaken": [[("claim", "staff:{}:claim")]],
    "quiet": [[("close", "staff:{}:close"), ("wait", "staff:{}:wait")]],
    "topic_closed": [[("close_enquiry", "staff:{}:close")], REOPEN_TOPIC],
    "topic_closed_joined": [[("ready", "staff:{}:ready")], REOPEN_TOPIC],
}
"""Rows of labels with their callback data, in which {} is the enquiry."""
SHOWN = ("firm", "text", "cluster", "way", "contact", "language", "state", "sent_at", "closed_at")


async def notify(context: Context, errand: Errand) -> None:
    """Send a notice.

    Its template gets `number`, `enquiry` (what SHOWN names), `clusters` (names by id), `buttons` (the name of the
    keyboard), the `terms` of its cluster, the `expectation` with which it was sent, and what the row gives.
    """
    values = errand.row.values
    given, name = values.get("given", {}), values.get("buttons", "")
    content, service = context.services.router.content, context.services.service
    enquiry = errand.enquiry
    html = context.services.texts.render(
        values["template"],
        errand.language,
        number=enquiry.number,
        enquiry=_shown(enquiry),
        clusters={cluster: cluster_name(context, cluster) for cluster in content.clusters},
        buttons=name,
        terms=service.terms(enquiry.cluster),
        expectation=expectation(service.hours(enquiry.cluster), enquiry.sent_at),
        **given,
    )
    await post(context, errand, html, kind="notice", buttons=keyboard_named(context, errand, name))


def _shown(enquiry: Enquiry) -> dict[str, object]:
    values = {field: getattr(enquiry, field) for field in SHOWN}
    return {**values, "contact": contacts.shown(enquiry.way, enquiry.contact)}


def keyboard_named(context: Context, errand: Errand, name: str) -> list[list[Button]]:
    """Return the buttons of a notice; none for a name that there is not."""
    enquiry = errand.enquiry.id
    if name == "rating":
        return [[(str(points), f"rate-enq:{enquiry}:{points}") for points in range(1, 6)]]
    source = LABELS if errand.place is None else STAFF_LABELS
    label, language = context.services.texts.label, errand.language
    return [
        [(label(block, language, source=source), data.format(enquiry)) for block, data in row]
        for row in KEYBOARDS.get(name, [])
    ]
