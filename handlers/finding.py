"""Which cluster fits: step by step with buttons, or from a written enquiry. All state is in the buttons."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ParseMode
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot import routing
from bot.routing import Routing
from handlers.context import App, Context
from handlers.people import language_of
from handlers.sending import Button, Rows, keyboard, say
from handlers.telling import tell

ANYWHERE = "-"
LABELS = "finding/labels.html"
SHOWN = 2
"""Clusters that a result names: who fits best, and who next."""


def register(app: App) -> None:
    """/find and its buttons, in private chats."""
    app.add_handler(CommandHandler("find", on_find, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_steps, pattern=r"^find$"))
    app.add_handler(CallbackQueryHandler(on_step, pattern=r"^find:[a-z-]{2,}$"))
    app.add_handler(CallbackQueryHandler(on_region, pattern=r"^find:[a-z-]{2,}:(-|[A-Z]{2}(-[A-Z]{2})?)$"))
    app.add_handler(CallbackQueryHandler(on_cancel, pattern=r"^find!$"))


async def on_find(update: Update, context: Context) -> None:
    """Ask for the step of the value chain."""
    await tell(update, context, "finding/steps.html", buttons=lambda language: _steps(context, language))


async def on_steps(update: Update, context: Context) -> None:
    """Go back to the steps."""
    language = await language_of(update, context)
    await _show(update, context.services.texts.render("finding/steps.html", language), _steps(context, language))


async def on_step(update: Update, context: Context) -> None:
    """Ask for the region."""
    step = _data(update)[1]
    language, content = await language_of(update, context), context.services.router.content
    if step not in content.steps:
        await on_steps(update, context)
        return
    text = context.services.texts.render("finding/region.html", language, step=content.steps[step])
    await _show(update, text, _regions(context, step, language))


async def on_region(update: Update, context: Context) -> None:
    """Name the clusters that fit, and why."""
    _, step, region = _data(update)
    language, router = await language_of(update, context), context.services.router
    known = None if region == ANYWHERE else region
    found = Routing("routed", (step,), known, router.ranked((step,), known), language)
    text = routing.render(found, router.content, context.services.texts)
    back = [[(context.services.texts.label("back", language), f"find:{step}")]]
    await _show(update, text, [*_contacts(context, found), *back])


async def on_cancel(update: Update, context: Context) -> None:
    """Stop asking."""
    language = await language_of(update, context)
    await _show(update, context.services.texts.render("finding/cancelled.html", language), [])


async def send_route(context: Context, chat_id: int, text: str, language: str) -> bool:
    """Answer a written enquiry with the clusters that fit, or ask for the step; return whether there was anything."""
    router, texts = context.services.router, context.services.texts
    found = router.route(text, language)
    if found.kind == "unknown":
        return False
    region = found.region if found.region in router.content.regions else ANYWHERE
    offered = [[(router.content.steps[step].name[language], f"find:{step}:{region}")] for step in found.offered]
    again: Rows = [[(texts.label("other_step", language), "find")]]
    message = routing.render(found, router.content, texts)
    await say(context, chat_id, message, language=language, buttons=[*_contacts(context, found), *offered, *again])
    return True


def _data(update: Update) -> list[str]:
    query = update.callback_query
    assert query and query.data  # noqa: S101, PT018  the pattern promises it
    return query.data.split(":")


async def _show(update: Update, html: str, buttons: Rows) -> None:
    """Put the next question in the place of the last."""
    query = update.callback_query
    assert query  # noqa: S101  only buttons come here
    await query.answer()
    await query.edit_message_text(html, parse_mode=ParseMode.HTML, reply_markup=keyboard(buttons))


def _steps(context: Context, language: str) -> list[list[Button]]:
    steps = context.services.router.content.steps.values()
    return [*([(step.name[language], f"find:{step.id}")] for step in steps), _cancel(context, language)]


def _regions(context: Context, step: str, language: str) -> list[list[Button]]:
    label, regions = context.services.texts.label, context.services.router.content.regions
    buttons = [(region.name[language], f"find:{step}:{region.id}") for region in regions.values()]
    rows = [buttons[first : first + 2] for first in range(0, len(buttons), 2)]
    anywhere = [(label("anywhere", language), f"find:{step}:{ANYWHERE}")]
    return [anywhere, *rows, [(label("back", language), "find"), *_cancel(context, language)]]


def _cancel(context: Context, language: str) -> list[Button]:
    return [(context.services.texts.label("cancel", language), "find!")]


def _contacts(context: Context, found: Routing) -> list[list[Button]]:
    clusters = context.services.router.content.clusters
    label = context.services.texts.label
    return [
        [(label("reach", found.language, source=LABELS, cluster=clusters[one.id].name), f"ask:f:contact:{one.id}")]
        for one in found.clusters[:SHOWN]
    ]
