"""The audit log: read in pages, filtered by buttons, or taken along as a file. All state is in the buttons."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access import Action, require
from bot.access.lines import View, lines
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.people import language_of
from handlers.pressing import acknowledge, pressed
from handlers.replacing import replace
from handlers.sending import Button
from handlers.team.access import LABELS, access_of, cluster_label, cluster_names
from handlers.team.audit_file import act_label, send_file, wanted
from handlers.team.inviting import SCOPES
from handlers.telling import tell
from storage import audit, staff

PAGE = 8
VIEW = rf"({SCOPES}|-):([a-z_.]+|-):(\d{{1,9}}|-):\d{{1,6}}"


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
        await send_file(update, context, view)
        return
    values, buttons = await _page(update, context, view)
    await tell(update, context, "staffing/audit.html", values, buttons=lambda _: buttons)


async def on_page(update: Update, context: Context) -> None:
    """Turn the page, or filter."""
    values, buttons = await _page(update, context, View.read(pressed(update)))
    await replace(update, context, "staffing/audit.html", buttons=buttons, **values)


async def on_choose_cluster(update: Update, context: Context) -> None:
    """Ask for a cluster to filter by."""
    view, access, language = (
        View.read(pressed(update)),
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
        View.read(pressed(update)),
        await access_of(update, context),
        await language_of(update, context),
    )
    require(access, Action.SEE_AUDIT, view.cluster)
    async with context.services.database.read() as session:
        acts = await audit.acts(session, wanted(access, view.to(act=None)))
    rows = [[(act_label(context, act, language), view.to(act=act).data("audit"))] for act in acts]
    anyone = [(context.services.texts.label("no_filter", language, source=LABELS), view.to(act=None).data("audit"))]
    await replace(update, context, "staffing/audit_act.html", buttons=[anyone, *rows])


async def on_export(update: Update, context: Context) -> None:
    """Send what is filtered as a file."""
    await acknowledge(update)
    await send_file(update, context, View.read(pressed(update)))


async def _page(update: Update, context: Context, view: View) -> tuple[dict[str, object], list[list[Button]]]:
    access, language = await access_of(update, context), await language_of(update, context)
    require(access, Action.SEE_AUDIT, view.cluster)
    chosen_entries = wanted(access, view)
    async with context.services.database.read() as session:
        entries = await audit.page(session, chosen_entries, limit=PAGE, offset=view.offset)
        total, names = await audit.count(session, chosen_entries), await staff.names(session)
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
