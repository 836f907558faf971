"""The weekly digest as its readers see it, and the week in figures for those who announce."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram.constants import ParseMode

from bot.access import ALL, Action
from bot.announcements import digest
from bot.announcements.digest import Line
from bot.announcements.summary import summary
from bot.names import CLUSTERS
from bot.telegram.recipients import NothingToSend
from handlers.context import Context
from handlers.people import language_for
from handlers.pressing import short
from handlers.sending import NO_PREVIEW, Button, Reader, Rows, keyboard
from handlers.subscribing.screens import LABELS
from handlers.team.access import access_by_id, cluster_names
from storage import subscribers
from storage.models import Occurrence, Purpose

PAGE = 8
Keys = list[list[Button]]


async def send(context: Context, _number: int, occurrence: Occurrence | None, reader: Reader) -> int:
    """Send the first page of a digest; return the message's id. Raises NothingToSend, TelegramError."""
    found = await page_of(context, occurrence.id if occurrence else 0, reader.person, 0, reader.language)
    if found is None:
        raise NothingToSend
    return await _send(context, reader, *found)


async def send_summary(context: Context, _number: int, occurrence: Occurrence | None, reader: Reader) -> int:
    """Send the week in figures to who may announce now; return the message's id. Raises NothingToSend."""
    access, language = await access_by_id(context, reader.person), await language_for(context, reader.person)
    clusters = [*access.clusters(Action.ANNOUNCE, CLUSTERS), *([ALL] if access.allows(Action.ANNOUNCE, ALL) else [])]
    until = occurrence.due_at if occurrence else context.services.clock()
    async with context.services.database.read() as session:
        found = await summary(session, clusters, until=until)
    if not clusters or found.is_empty:
        raise NothingToSend
    coming = [{"at": one.at, "what": one.what, "title": _title(one.texts, language)} for one in found.coming]
    named = [cluster_names(context)[name] for name in clusters if name in CLUSTERS]
    values = {"week": found, "coming": coming, "clusters": named}
    html = context.services.texts.render("announcements/summary.html", language, **values)
    return await _send(context, reader, html, ())


async def preview(_context: Context, _number: int, _language: str) -> str:
    """Nobody is asked for approval of it."""
    return ""


async def page_of(context: Context, digest_id: int, person: int, page: int, language: str) -> tuple[str, Keys] | None:
    """Return a page of a person's digest with its buttons; None: there is nothing in it any more."""
    async with context.services.database.read() as session:
        subscriber = await subscribers.by_id(session, person)
        lines = await digest.told(session, digest_id, subscriber, now=context.services.clock())
    if not lines:
        return None
    first = min(page, (len(lines) - 1) // PAGE) * PAGE
    shown = list(enumerate(lines[first : first + PAGE], start=first + 1))
    html = context.services.texts.render(
        "announcements/digest.html",
        language,
        count=len(lines),
        lines=[_shown(context, number, line, language) for number, line in shown],
    )
    label = context.services.texts.label
    rows = [
        [
            (
                label("digest_open", language, source=LABELS, number=number, title=short(_title_of(line, language))),
                f"dig:{digest_id}:open:{line.item.occurrence.id}",
            )
        ]
        for number, line in shown
    ]
    return html, [*rows, _turns(context, digest_id, first // PAGE, len(lines), language)]


def _shown(context: Context, number: int, line: Line, language: str) -> dict[str, Any]:
    announcement = line.item.announcement
    clusters = CLUSTERS if announcement.cluster == ALL else (announcement.cluster,)
    return {
        "number": number,
        "title": _title_of(line, language),
        "topic": context.services.texts.label(announcement.topic, language, source=LABELS),
        "clusters": [cluster_names(context)[name] for name in clusters],
        "is_reminder": line.item.occurrence.purpose == Purpose.REMINDER,
        "closes_at": line.closes_at,
        "begins_at": line.begins_at,
    }


def _turns(context: Context, digest_id: int, page: int, count: int, language: str) -> list[Button]:
    label = context.services.texts.label
    back = [(label("back", language), f"dig:{digest_id}:page:{page - 1}")] if page else []
    more = (label("digest_more", language, source=LABELS), f"dig:{digest_id}:page:{page + 1}")
    return [*back, *([more] if (page + 1) * PAGE < count else [])]


def _title_of(line: Line, language: str) -> str:
    return _title(line.item.announcement.texts, language)


def _title(texts: dict[str, dict[str, str]], language: str) -> str:
    told = texts.get(language) or next(iter(texts.values()), {"title": ""})
    return told["title"]


async def _send(context: Context, reader: Reader, html: str, buttons: Rows | Sequence[Any]) -> int:
    message = await context.bot.send_message(
        reader.person,
        html,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard(buttons),
        rate_limit_args=reader.lane,
    )
    return message.message_id
