"""What a draft asks for, as a message with its buttons; the last one is the preview with the consent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot import routing
from bot.enquiries import contacts
from bot.enquiries.drafting import CONSENT_VERSION
from bot.enquiries.fields import Field, is_complete
from bot.names import CLUSTERS
from bot.privacy.retention import Retention
from bot.routing import SHOWN, Ranked
from handlers.context import Context
from handlers.sending import Button, say
from storage import enquiries, staff_chats
from storage.models import Draft, Way

LABELS = "enquiries/draft_labels.html"
Keys = list[list[Button]]


async def ask_step(context: Context, draft: Draft, language: str, *, note: str = "") -> None:
    """Send what the draft asks for now; `note` names a line of draft_note.html to stand before it."""
    field = Field(draft.field)
    html = await _told(context, draft, field, language)
    if note:
        html = f"{context.services.texts.render('enquiries/draft_note.html', language, note=note)}\n\n{html}"
    buttons = [*await _buttons(context, draft, field, language), *_ways_out(context, draft, field, language)]
    await say(context, draft.person_id, html, language=language, buttons=buttons)


def named(context: Context, cluster: str) -> dict[str, Any]:
    """Return what a cluster is called, before and today, and under which id."""
    known = context.services.router.content.clusters[cluster]
    return {"id": cluster, "name": known.name, "today": known.today}


def consent(context: Context, cluster: str, language: str) -> str:
    """Return the wording that is agreed to, as Telegram HTML."""
    days = Retention(context.services.settings).days
    return context.services.texts.render("enquiries/consent.html", language, cluster=named(context, cluster), days=days)


def label(context: Context, name: str, language: str, **values: object) -> str:
    """Return one of the short texts around enquiries."""
    return context.services.texts.label(name, language, source=LABELS, **values)


async def _told(context: Context, draft: Draft, field: Field, language: str) -> str:
    values: dict[str, Any] = {"cluster": named(context, draft.cluster) if draft.cluster else None}
    if field is Field.CLUSTER:
        values["suggested"] = [_suggestion(context, one, language) for one in _ranked(context, draft)[:SHOWN]]
    elif field is Field.PREVIEW:
        values |= await _previewed(context, draft, language)
    values |= {"text": draft.text, "firm": draft.firm, "way": draft.way}
    return context.services.texts.render(f"enquiries/draft_{field}.html", language, **values)


async def _previewed(context: Context, draft: Draft, language: str) -> dict[str, Any]:
    content = context.services.router.content
    async with context.services.database.read() as session:
        connected = await staff_chats.works(session, draft.cluster or "")
    return {
        "contact": contacts.shown(draft.way or Way.CHAT, draft.contact),
        "files": len(draft.attachments),
        "steps": [content.steps[step].name[language] for step in draft.steps if step in content.steps],
        "region": draft.region and routing.region_name(content, draft.region, language),
        "is_connected": connected,
        "consent": consent(context, draft.cluster or "", language),
    }


def _ranked(context: Context, draft: Draft) -> tuple[Ranked, ...]:
    return context.services.router.ranked(draft.steps, draft.region)


def _suggestion(context: Context, one: Ranked, language: str) -> dict[str, Any]:
    services = context.services
    return {
        **named(context, one.id),
        "reasons": routing.reasons(services.router.content, services.texts, one, language),
    }


async def _buttons(context: Context, draft: Draft, field: Field, language: str) -> Keys:
    if field is Field.FIRM:
        return await _firms(context, draft)
    maker: Callable[[Context, Draft, str], Keys] | None = _MAKERS.get(field)
    return maker(context, draft, language) if maker else []


async def _firms(context: Context, draft: Draft) -> Keys:
    """Offer the firm of the person's last enquiry."""
    async with context.services.database.read() as session:
        firm = await enquiries.last_firm(session, draft.person_id)
    return [[(firm, "draft:firm:last")]] if firm and firm != draft.firm else []


def _clusters(context: Context, draft: Draft, language: str) -> Keys:
    """Offer all four, the fitting ones first."""
    fitting = [one.id for one in _ranked(context, draft)]
    ordered = [*fitting, *(cluster for cluster in CLUSTERS if cluster not in fitting)]
    return [
        [(label(context, "cluster", language, cluster=named(context, cluster)), f"draft:cluster:{cluster}")]
        for cluster in ordered
    ]


def _ways(context: Context, _draft: Draft, language: str) -> Keys:
    return [[(label(context, f"way_{way}", language), f"draft:way:{way}")] for way in Way]


def _preview(context: Context, draft: Draft, language: str) -> Keys:
    def button(name: str, data: str) -> Button:
        return label(context, name, language), data

    stamp = f"draft:send:{CONSENT_VERSION}:{language}:{draft.update_id}"
    return [
        [button("agree_send", stamp)],
        [button("edit_text", "draft:edit:text"), button("edit_firm", "draft:edit:firm")],
        [button("edit_way", "draft:edit:way"), button("edit_cluster", "draft:edit:cluster")],
    ]


_MAKERS: dict[Field, Callable[[Context, Draft, str], Keys]] = {
    Field.CLUSTER: _clusters,
    Field.WAY: _ways,
    Field.PREVIEW: _preview,
}


def _ways_out(context: Context, draft: Draft, field: Field, language: str) -> Keys:
    """Return the way back to the preview, where there is one, and the ways to stop."""
    out = [(label(context, "later", language), "draft:keep"), (label(context, "drop", language), "draft:drop")]
    if field is not Field.PREVIEW and is_complete(draft):
        return [[(context.services.texts.label("back", language), "draft:on")], out]
    return [out]
