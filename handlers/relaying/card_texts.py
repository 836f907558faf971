"""The card of an enquiry in words: what its template is given, and its buttons."""

from __future__ import annotations

from typing import Any

from bot.enquiries import contacts
from bot.enquiries.cards import Card, Record, card_of, language_name
from bot.routing import reasons, region_name
from handlers.context import Context
from handlers.sending import Button
from storage import blocked, enquiries, outbox

LABELS = "staff/labels.html"
REASONS = "staff/reasons.html"


async def read_card(context: Context, enquiry_id: int, cluster: str) -> Card:
    """Return the card of an enquiry at a cluster, as the record says now."""
    services = context.services
    async with services.database.read() as session:
        enquiry = await enquiries.by_id(session, enquiry_id)
        assert enquiry  # noqa: S101  whoever asks has it from the record
        last = await outbox.last_answer(session, enquiry_id)
        entry = await enquiries.entry(session, last.entry_id) if last and last.entry_id else None
        places = await enquiries.places(session, enquiry_id)
        is_blocked = await blocked.has(session, enquiry.person_id)
    return card_of(Record(enquiry, places, last, entry, is_blocked), cluster, now=services.clock())


def card_values(context: Context, card: Card, language: str) -> dict[str, Any]:
    """Return what staff/card.html is given, but for the text itself."""
    services, enquiry = context.services, card.enquiry
    router = services.router
    here = [one for one in router.ranked(enquiry.steps, enquiry.region) if one.id == card.cluster]
    steps = [router.content.steps[step].name[language] for step in enquiry.steps if step in router.content.steps]
    return {
        "card": card,
        "enquiry": enquiry,
        "number": enquiry.number,
        "at_work": [router.content.clusters[name].name for name in card.at_work],
        "done": [router.content.clusters[name].name for name in card.at_work if name in card.done],
        "steps": steps,
        "region": enquiry.region and region_name(router.content, enquiry.region, language),
        "reasons": [
            reason for one in here for reason in reasons(router.content, services.texts, one, language, source=REASONS)
        ],
        "contact": contacts.shown(enquiry.way, enquiry.contact),
        "firms_language": language_name(enquiry.language, language),
    }


def buttons(context: Context, card: Card, language: str) -> list[list[Button]]:
    """Return the buttons under a card."""
    label, number = context.services.texts.label, card.enquiry.id
    return [[(label(act, language, source=LABELS), f"staff:{number}:{act}") for act in row] for row in card.acts]


def cluster_name(context: Context, cluster: str | None) -> str:
    """Return what a cluster is called; empty for none."""
    known = context.services.router.content.clusters.get(cluster) if cluster else None
    return known.name if known else cluster or ""
