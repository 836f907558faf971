"""The audit log: read in pages, filtered by buttons, or taken along as a file. All state is in the buttons."""

from __future__ import annotations

import json
from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access import Access, Act, Action, require
from bot.access.exporting import table
from bot.access.lines import View, clusters_seen, lines
from bot.answering.schema import CLUSTERS
from handlers.access import LABELS, access_of, cluster_label, cluster_names, deed_of
from handlers.context import App, Context
from handlers.inviting import SCOPES
from handlers.people import language_of
from handlers.replacing import data_of, replace
from handlers.sending import Button
from handlers.telling import tell
from storage import audit, staff
from storage.audit import Wanted
from storage.models import AuditEntry

PAGE = 8
MOST_EXPORTED = 50_000
VIEW = rf"({SCOPES}|-):([a-z_.]+|-):(\d{{1,9}}|-):\d{{1,6}}"
ACTS = "staffing/acts.html"
COLUMNS = ("id", "time", "actor", "name", "act", "cluster", "enquiry", "details")


def register(app: App) -> None:
    """/audit and its buttons."""
    app.add_handler(CommandHandler("audit", on_audit, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_page, pattern=rf"^audit:{VIEW}$"))
    app.add_handler(CallbackQueryHandler(on_choose_cluster, pattern=rf"^auditc:{VIEW}$"))
    app.add_handler(CallbackQueryHandler(on_choose_act, pattern=rf"^audita:{VIEW}$"))
    app.add_handler(CallbackQueryHandler(on_export, pattern=rf"^auditx:{VIEW}$"))


async def on_audit(update: Update, context: Context) -> None:
    """Show the newest entries; the words behind the command filter: an enquiry's number, a cluster, `export`."""
    words = [word.casefold() for word in context.args or ()]
    view = View(
        cluster=next((word for word in words if word in CLUSTERS), None),
        enquiry=next((int(word) for word in words if word.isdecimal() and len(word) < 10), None),
    )
    if "export" in words:
        await _export(update, context, view)
        return
    values, buttons = await _page(update, context, view)
    await tell(update, context, "staffing/audit.html", values, buttons=lambda _: buttons)


async def on_page(update: Update, context: Context) -> None:
    """Turn the page, or filter."""
    values, buttons = await _page(update, context, View.read(data_of(update)))
    await replace(update, context, "staffing/audit.html", buttons=buttons, **values)


async def on_choose_cluster(update: Update, context: Context) -> None:
    """Ask for a cluster to filter by."""
    view, access, language = (
        View.read(data_of(update)),
        await access_of(update, context),
        await language_of(update, context),
    )
    require(access, Action.SEE_AUDIT)
    names = cluster_names(context)
    options = [(names[cluster], cluster) for cluster in access.clusters(Action.SEE_AUDIT, CLUSTERS)]
    rows = [[(label, view.to(cluster=cluster).data("audit"))] for label, cluster in options]
    anyone = [(context.services.texts.label("no_filter", language, source=LABELS), view.to(cluster=None).data("audit"))]
    await replace(update, context, "staffing/audit_cluster.html", buttons=[anyone, *rows])


async def on_choose_act(update: Update, context: Context) -> None:
    """Ask for a kind of act to filter by."""
    view, access, language = (
        View.read(data_of(update)),
        await access_of(update, context),
        await language_of(update, context),
    )
    require(access, Action.SEE_AUDIT, view.cluster)
    async with context.services.database.read() as session:
        acts = await audit.acts(session, _wanted(access, view.to(act=None)))
    rows = [[(act_label(context, act, language), view.to(act=act).data("audit"))] for act in acts]
    anyone = [(context.services.texts.label("no_filter", language, source=LABELS), view.to(act=None).data("audit"))]
    await replace(update, context, "staffing/audit_act.html", buttons=[anyone, *rows])


async def on_export(update: Update, context: Context) -> None:
    """Send what is filtered as a file."""
    query = update.callback_query
    assert query  # noqa: S101  the handler promises it
    await query.answer()
    await _export(update, context, View.read(data_of(update)))


def act_label(context: Context, act: str, language: str) -> str:
    """Return what an act is called; a new one without a text keeps its word."""
    texts, block = context.services.texts, act.replace(".", "_")
    return texts.label(block, language, source=ACTS) if block in texts.labels(ACTS) else act


async def _page(update: Update, context: Context, view: View) -> tuple[dict[str, object], list[list[Button]]]:
    access, language = await access_of(update, context), await language_of(update, context)
    require(access, Action.SEE_AUDIT, view.cluster)
    wanted = _wanted(access, view)
    async with context.services.database.read() as session:
        entries = await audit.page(session, wanted, limit=PAGE, offset=view.offset)
        total, names = await audit.count(session, wanted), await staff.names(session)
    labels = {entry.act: act_label(context, entry.act, language) for entry in entries}
    values: dict[str, object] = {
        "entries": lines(entries, names),
        "acts": labels,
        "clusters": cluster_names(context),
        "total": total,
        "first": view.offset + 1,
        "last": view.offset + len(entries),
    }
    return values, _buttons(context, view, total, language)


def _buttons(context: Context, view: View, total: int, language: str) -> list[list[Button]]:
    def button(name: str, data: str, **values: object) -> Button:
        return context.services.texts.label(name, language, source=LABELS, **values), data

    turns = [button("newer", view.to(offset=max(0, view.offset - PAGE)).data("audit"))] if view.offset else []
    if view.offset + PAGE < total:
        turns.append(button("older", view.to(offset=view.offset + PAGE).data("audit")))
    cluster = cluster_label(context, view.cluster or "*", language)
    act = act_label(context, view.act, language) if view.act else None
    chosen = [
        button("filter_cluster", view.data("auditc"), cluster=cluster),
        button("filter_act", view.data("audita"), act=act),
    ]
    return [turns, *([one] for one in chosen), [button("export", view.data("auditx"))]]


async def _export(update: Update, context: Context, view: View) -> None:
    chat, deed, language = update.effective_chat, await deed_of(update, context), await language_of(update, context)
    assert chat  # noqa: S101  commands and buttons have a chat
    require(deed.access, Action.SEE_AUDIT, view.cluster)
    async with context.services.database.begin() as session:
        entries = await audit.page(session, _wanted(deed.access, view), limit=MOST_EXPORTED)
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


def _wanted(access: Access, view: View) -> Wanted:
    return Wanted(clusters_seen(access, view.cluster, CLUSTERS), view.act, view.enquiry)
