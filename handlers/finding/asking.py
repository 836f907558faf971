"""Which cluster fits: step by step with buttons, or from a written enquiry."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from handlers.context import App, Context
from handlers.finding import results, steps
from handlers.people import language_of
from handlers.pressing import pressed
from handlers.sending import say
from storage import chats


def register(app: App) -> None:
    """/find in private chats, and its buttons."""
    app.add_handler(CommandHandler("find", on_find, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_steps, pattern=r"^find$"))
    app.add_handler(CallbackQueryHandler(on_step, pattern=r"^find:[a-z-]{2,}$"))
    app.add_handler(CallbackQueryHandler(on_region, pattern=rf"^find:[a-z-]{{2,}}:{steps.REGION}$"))
    app.add_handler(CallbackQueryHandler(on_cancel, pattern=r"^find!$"))


async def on_find(update: Update, context: Context) -> None:
    """Ask for the step of the value chain."""
    language = await language_of(update, context)
    await ask_step(context, _chat(update), language)


async def ask_step(context: Context, chat_id: int, language: str, region: str | None = None) -> None:
    """Ask for the step in a new message; `region` was written already."""
    await results.expect(context, chat_id, {"steps": [], "region": region}, language=language)
    text, buttons = steps.steps_question(context, language)
    await say(context, chat_id, text, language=language, buttons=buttons)


async def ask_region(context: Context, chat_id: int, step: str, language: str) -> None:
    """Ask for the region in a new message."""
    await results.expect(context, chat_id, {"steps": [step]}, language=language)
    text, buttons = steps.region_question(context, step, language)
    await say(context, chat_id, text, language=language, buttons=buttons)


async def on_steps(update: Update, context: Context) -> None:
    """Go back to the steps."""
    language = await language_of(update, context)
    await results.expect(context, _chat(update), {"steps": []}, language=language)
    text, buttons = steps.steps_question(context, language)
    await results.show(update, context, text, buttons, language)


async def on_step(update: Update, context: Context) -> None:
    """Ask for the region, unless it was written before."""
    step, language = pressed(update)[1], await language_of(update, context)
    if step not in context.services.router.content.steps:
        await on_steps(update, context)
        return
    region = await _written_region(update, context)
    if region is not None:
        await _show_result(update, context, step, region)
        return
    await results.expect(context, _chat(update), {"steps": [step]}, language=language)
    text, buttons = steps.region_question(context, step, language)
    await results.show(update, context, text, buttons, language)


async def on_region(update: Update, context: Context) -> None:
    """Name the clusters that fit, and why."""
    _, step, region = pressed(update)
    if step in context.services.router.content.steps:
        await _show_result(update, context, step, steps.region_of(region))
    else:
        await on_steps(update, context)


async def on_cancel(update: Update, context: Context) -> None:
    """Stop asking."""
    language = await language_of(update, context)
    await results.expect(context, _chat(update), None, language=language)
    await results.show(update, context, context.services.texts.render("finding/cancelled.html", language), [], language)


async def send_route(context: Context, chat_id: int, text: str, language: str, *, enquiry: int) -> bool:
    """Answer a written enquiry with the clusters that fit, or ask for the step; return whether there was anything.

    `enquiry` is its message, which the result replies to.
    """
    found = context.services.router.route(text, language)
    if found.kind == "unknown":
        return False
    await results.send(context, chat_id, found, enquiry=enquiry)
    return True


async def _show_result(update: Update, context: Context, step: str, region: str | None) -> None:
    language = await language_of(update, context)
    await results.expect(context, _chat(update), None, language=language)
    found = context.services.router.chosen((step,), region, language)
    back = [(context.services.texts.label("back", language), f"find:{step}")]
    text = results.message(context, found, asks_place=False)
    await results.show(update, context, text, [*results.routed(context, found), back], language)


async def _written_region(update: Update, context: Context) -> str | None:
    """Return the region that was written where the step was asked for."""
    async with context.services.database.read() as session:
        asked = await chats.expected(session, _chat(update), now=context.services.clock())
    region = asked.get("region") if asked else None
    return region if isinstance(region, str) else None


def _chat(update: Update) -> int:
    assert update.effective_chat  # noqa: S101  commands and buttons have a chat
    return update.effective_chat.id
