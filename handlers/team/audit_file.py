"""The audit log as a file, and what its acts are called."""

from __future__ import annotations

import json
from collections.abc import Sequence

from telegram import Update

from bot.access import Access, Act, Action, require
from bot.access.exporting import table
from bot.access.lines import View, clusters_seen
from bot.names import CLUSTERS
from handlers.context import Context
from handlers.people import language_of
from handlers.team.access import LABELS, cluster_names, deed_of
from storage import audit, staff
from storage.audit import Wanted
from storage.models import AuditEntry

MOST_EXPORTED = 50_000
"""Entries in one file."""
ACTS = "staffing/acts.html"
COLUMNS = ("id", "time", "actor", "name", "act", "cluster", "enquiry", "details")


def act_label(context: Context, act: str, language: str) -> str:
    """Return what an act is called; a new one without a text keeps its word."""
    texts, block = context.services.texts, act.replace(".", "_")
    return texts.label(block, language, source=ACTS) if block in texts.labels(ACTS) else act


def wanted(access: Access, view: View) -> Wanted:
    """Return which entries of a view a person sees."""
    return Wanted(clusters_seen(access, view.cluster, CLUSTERS), view.act, view.enquiry)


async def send_file(update: Update, context: Context, view: View) -> None:
    """Send the newest entries of a view as a table, and note that it was done; raises NotAllowed."""
    chat, deed, language = update.effective_chat, await deed_of(update, context), await language_of(update, context)
    assert chat  # noqa: S101  commands and buttons have a chat
    require(deed.access, Action.SEE_AUDIT, view.cluster)
    async with context.services.database.begin() as session:
        entries = await audit.page(session, wanted(deed.access, view), limit=MOST_EXPORTED)
        names = await staff.names(session)
        await deed.note(session, Act.AUDIT_EXPORTED, view.cluster, rows=len(entries))
    texts = context.services.texts
    header = [texts.label(f"column_{name}", language, source=LABELS) for name in COLUMNS]
    content = table(header, _rows(context, entries, names, language))
    caption = texts.render("staffing/audit_file.html", language, rows=len(entries), most=MOST_EXPORTED)
    await context.bot.send_document(chat.id, content, filename=f"audit-{deed.now:%Y-%m-%d}.csv", caption=caption)


def _rows(
    context: Context, entries: Sequence[AuditEntry], names: dict[int, str], language: str
) -> list[tuple[object, ...]]:
    zone, called = context.services.texts.zone, cluster_names(context)
    return [
        (
            entry.id,
            f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M:%S}",
            entry.actor,
            names.get(entry.actor or 0, ""),
            act_label(context, entry.act, language),
            called.get(entry.cluster or "", entry.cluster),
            entry.enquiry_id,
            json.dumps(entry.details, ensure_ascii=False, sort_keys=True) if entry.details else "",
        )
        for entry in entries
    ]
