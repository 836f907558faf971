""" "Not right?" under a result: the person chooses step and region, gets a new result, and the editors an example.

All state is in the buttons: `fix:<steps read>:<region read>[:<step chosen>[:<region chosen>]]`, steps as letters.
"""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.routing import region_name
from handlers.context import App, Context
from handlers.finding import results, steps
from handlers.finding.results import NO_STEP
from handlers.finding.steps import LABELS, REGION, Keys
from handlers.people import language_of
from storage import routing_examples
from storage.routing_examples import Correction

READ = rf"(?:-|[a-l]{{1,12}}):{REGION}"


def register(app: App) -> None:
    """The buttons that correct a result."""
    app.add_handler(CallbackQueryHandler(on_wrong, pattern=rf"^fix:{READ}$"))
    app.add_handler(CallbackQueryHandler(on_step, pattern=rf"^fix:{READ}:[a-l]$"))
    app.add_handler(CallbackQueryHandler(on_region, pattern=rf"^fix:{READ}:[a-l]:{REGION}$"))
    app.add_handler(CallbackQueryHandler(on_back, pattern=rf"^route:[a-l]{{1,12}}:{REGION}$"))


async def on_wrong(update: Update, context: Context) -> None:
    """Ask which step fits."""
    data, language = _data(update), await language_of(update, context)
    _, read, region = data.split(":")
    known = context.services.router.content.steps.values()
    buttons = [[(step.name[language], f"{data}:{results.letters((step.id,))}")] for step in known]
    text = context.services.texts.render("routing/wrong.html", language, written=_enquiry(update, context) is not None)
    await results.show(update, context, text, [*buttons, _way_back(context, read, region, language)], language)


async def on_step(update: Update, context: Context) -> None:
    """Ask for the region; the one that was read comes first."""
    data, language = _data(update), await language_of(update, context)
    _, read, region, step = data.split(":")
    back = [(context.services.texts.label("back", language), f"fix:{read}:{region}")]
    buttons = [*_same(context, data, region, language), *steps.regions(context, data, language), back]
    text = steps.asked_region(context, results.steps_of(step)[0], language)
    await results.show(update, context, text, buttons, language)


async def on_region(update: Update, context: Context) -> None:
    """Keep the correction and show the clusters that fit now."""
    _, read, region, step, chosen = _data(update).split(":")
    language = await language_of(update, context)
    correction = Correction(
        language=language,
        text=_enquiry(update, context),
        routed_steps=results.steps_of(read),
        routed_region=steps.region_of(region),
        chosen_step=results.steps_of(step)[0],
        chosen_region=steps.region_of(chosen),
    )
    if (read, region) != (step, chosen):
        async with context.services.database.begin() as session:
            await routing_examples.record(session, update.update_id, correction, now=context.services.clock())
    found = context.services.router.chosen((correction.chosen_step,), correction.chosen_region, language)
    await results.show(
        update, context, results.message(context, found, asks_place=False), results.routed(context, found), language
    )


async def on_back(update: Update, context: Context) -> None:
    """Show the result again."""
    _, read, region = _data(update).split(":")
    language = await language_of(update, context)
    found = context.services.router.chosen(results.steps_of(read), steps.region_of(region), language)
    await results.show(update, context, results.message(context, found), results.routed(context, found), language)


def _same(context: Context, data: str, region: str, language: str) -> Keys:
    """Return the button for the region that was read, where one was."""
    known = steps.region_of(region)
    if known is None:
        return []
    name = region_name(context.services.router.content, known, language)
    return [[(context.services.texts.label("same_region", language, source=LABELS, region=name), f"{data}:{region}")]]


def _way_back(context: Context, read: str, region: str, language: str) -> list[tuple[str, str]]:
    """Return the button back to the result; where there was none yet, the one that stops asking."""
    if read == NO_STEP:
        return steps.cancel(context, language)
    return [(context.services.texts.label("back", language), f"route:{read}:{region}")]


def _enquiry(update: Update, context: Context) -> str | None:
    """Return the written enquiry that the result replies to; None where there is none, or it was deleted."""
    query = update.callback_query
    answered = query.message.reply_to_message if query and isinstance(query.message, Message) else None
    if answered is None or answered.text is None:
        return None
    return answered.text.replace(f"@{context.bot.username}", " ").strip()


def _data(update: Update) -> str:
    query = update.callback_query
    assert query and query.data  # noqa: S101, PT018  the pattern promises it
    return query.data
