"""The buttons of a draft, and the commands that leave it."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.enquiries import drafting, fields
from bot.enquiries.fields import Field
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.enquiries.draft_steps import ask_step, label
from handlers.people import language_of
from handlers.pressing import person_of, pressed, take_away
from handlers.sending import say
from handlers.telling import tell
from storage import drafts, enquiries
from storage.models import Draft, Way

CLUSTER = "|".join(CLUSTERS)
BEFORE = -1
"""The group of handlers that see a command before it is obeyed."""
GOES_ON = r"(?i)^/(enquire|start\s+enquire)\b"


def register(app: App) -> None:
    """All buttons that begin with draft:, but the one that sends."""
    app.add_handler(CallbackQueryHandler(on_way, pattern=r"^draft:way:(chat|email|phone)$"))
    app.add_handler(CallbackQueryHandler(on_cluster, pattern=rf"^draft:cluster:({CLUSTER})$"))
    app.add_handler(CallbackQueryHandler(on_firm, pattern=r"^draft:firm:last$"))
    app.add_handler(CallbackQueryHandler(on_edit, pattern=r"^draft:edit:(text|firm|way|cluster)$"))
    app.add_handler(CallbackQueryHandler(on_go_on, pattern=r"^draft:on$"))
    app.add_handler(CallbackQueryHandler(on_keep, pattern=r"^draft:keep$"))
    app.add_handler(CallbackQueryHandler(on_drop, pattern=r"^draft:drop$"))
    app.add_handler(CallbackQueryHandler(on_dropped, pattern=r"^draft:drop:yes$"))
    command = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.COMMAND & ~filters.Regex(GOES_ON)
    app.add_handler(MessageHandler(command, on_command), group=BEFORE)


async def on_way(update: Update, context: Context) -> None:
    """Keep how the firm wants to be answered."""
    async with context.services.database.begin() as session:
        draft = await drafting.of(session, person_of(update))
        fields.choose_way(draft, Way(pressed(update)[2]))
        _go_on(update, context, draft)
    await _next(update, context, draft)


async def on_cluster(update: Update, context: Context) -> None:
    """Keep which cluster gets it."""
    async with context.services.database.begin() as session:
        draft = await drafting.of(session, person_of(update))
        draft.cluster = pressed(update)[2]
        _go_on(update, context, draft)
    await _next(update, context, draft)


async def on_firm(update: Update, context: Context) -> None:
    """Take the firm of the last enquiry."""
    async with context.services.database.begin() as session:
        draft = await drafting.of(session, person_of(update))
        draft.firm = await enquiries.last_firm(session, draft.person_id) or draft.firm
        _go_on(update, context, draft)
    await _next(update, context, draft)


async def on_edit(update: Update, context: Context) -> None:
    """Ask again for what is to be changed."""
    async with context.services.database.begin() as session:
        draft = await drafting.of(session, person_of(update))
        field = Field(pressed(update)[2])
        fields.ask(draft, field, update_id=update.update_id, now=context.services.clock())
    await _next(update, context, draft)


async def on_go_on(update: Update, context: Context) -> None:
    """Ask for what is missing, or show the preview."""
    async with context.services.database.begin() as session:
        draft = await drafting.of(session, person_of(update))
        _go_on(update, context, draft)
    await _next(update, context, draft)


async def on_keep(update: Update, context: Context) -> None:
    """Leave the draft for later."""
    async with context.services.database.begin() as session:
        draft = await drafting.of(session, person_of(update))
        fields.ask(draft, Field.KEPT, update_id=update.update_id, now=context.services.clock())
    await take_away(update)
    await tell(update, context, "enquiries/draft_kept.html", {"days": context.services.settings.keep_drafts_days})


async def on_drop(update: Update, context: Context) -> None:
    """Ask whether it shall be deleted."""
    async with context.services.database.read() as session:
        draft = await drafting.of(session, person_of(update))
    await take_away(update)
    await ask_drop(context, draft, await language_of(update, context))


async def on_dropped(update: Update, context: Context) -> None:
    """Delete it."""
    async with context.services.database.begin() as session:
        await drafts.drop(session, person_of(update))
    await take_away(update)
    await tell(update, context, "enquiries/draft_dropped.html")


async def on_command(update: Update, context: Context) -> None:
    """Leave the draft before a command is obeyed, and say that it is kept."""
    async with context.services.database.begin() as session:
        draft = await drafts.of(session, person_of(update))
        leaves = draft is not None and (fields.is_active(draft) or draft.update_id == update.update_id)
        if draft is not None and leaves:
            fields.ask(draft, Field.KEPT, update_id=update.update_id, now=context.services.clock())
    if leaves:
        await tell(update, context, "enquiries/draft_kept.html", {"days": context.services.settings.keep_drafts_days})


async def ask_drop(context: Context, draft: Draft, language: str) -> None:
    """Ask whether a draft shall be deleted."""
    buttons = [
        [(label(context, "drop_yes", language), "draft:drop:yes")],
        [(label(context, "go_on", language), "draft:on"), (label(context, "later", language), "draft:keep")],
    ]
    html = context.services.texts.render("enquiries/draft_drop.html", language)
    await say(context, draft.person_id, html, language=language, buttons=buttons)


def _go_on(update: Update, context: Context, draft: Draft) -> None:
    fields.go_on(draft, update_id=update.update_id, now=context.services.clock())


async def _next(update: Update, context: Context, draft: Draft) -> None:
    await take_away(update)
    await ask_step(context, draft, await language_of(update, context))
