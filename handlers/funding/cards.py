"""A funding call as its readers see it: its facts, laid out, and its buttons."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.announcements.ladder import reminders
from bot.announcements.selection import names
from bot.funding.facts import APPLICANTS
from bot.funding.fitting import is_closed
from bot.names import CLUSTERS, STEPS
from handlers.context import Context
from handlers.sending import Button
from handlers.subscribing.screens import zone_name
from handlers.team.access import cluster_names
from storage.models import Announcement, FundingCall

LABELS = "funding/labels.html"
TOGETHER = "*"
Keys = list[list[Button]]


def shown(context: Context, call: FundingCall, announcement: Announcement, language: str) -> dict[str, Any]:
    """Return all that a text about a call needs; its times are those of its own zone."""
    texts, content, now = context.services.texts, context.services.router.content, context.services.clock()
    zone = ZoneInfo(call.zone)
    written = language if language in announcement.texts else next(iter(announcement.texts), "")
    told = announcement.texts.get(written, {"title": "", "body": ""})
    clusters = CLUSTERS if announcement.cluster == TOGETHER else (announcement.cluster,)
    closes = call.closes_at.astimezone(zone) if call.closes_at else None
    return {
        "title": told["title"],
        "body": told["body"],
        "other_language": bool(written) and written != language,
        "programme": call.programme,
        "opens": _still_to_come(call, now.astimezone(zone).date()),
        "closes": closes,
        "days": (closes.date() - now.astimezone(zone).date()).days if closes else None,
        "is_closed": is_closed(call, now=now),
        "zone": zone_name(call.zone, language) if call.zone != context.services.settings.timezone else "",
        "who": [texts.label(name, language, source=LABELS) for name in names(call.who, APPLICANTS)],
        "steps": [content.steps[name].name[language] for name in names(call.steps, STEPS)],
        "regions": [content.regions[code].name[language] for code in call.regions if code in content.regions],
        "amount": call.amount.get(language, ""),
        "link": call.link,
        "clusters": [cluster_names(context)[name] for name in clusters if name in CLUSTERS],
    }


def keys_of(context: Context, call: FundingCall, wanted: bool | None, language: str) -> Keys:
    """Return the buttons below a call; `wanted`: what the person has said about reminders."""
    if is_closed(call, now=context.services.clock()):
        return []
    return [[(label(context, "fit", language), f"fit:{call.id}")], *reminding(context, call, wanted, language)]


def reminding(context: Context, call: FundingCall, wanted: bool | None, language: str) -> Keys:
    """Return the buttons about reminders; none where there are none to come."""
    if call.closes_at is None or not list(reminders(call.closes_at, ZoneInfo(call.zone), now=context.services.clock())):
        return []
    asks = (label(context, "remind" if wanted is None else "remind_again", language), f"fc:{call.id}:wish:1")
    declines = (label(context, "decline", language), f"fc:{call.id}:wish:0")
    if wanted is None:
        return [[asks], [declines]]
    return [[declines if wanted else asks]]


def label(context: Context, name: str, language: str, **values: object) -> str:
    """Return a label of funding calls."""
    return context.services.texts.label(name, language, source=LABELS, **values)


def _still_to_come(call: FundingCall, today: date) -> date | None:
    first = date.fromisoformat(call.opens_on) if call.opens_on else None
    return first if first and first > today else None
