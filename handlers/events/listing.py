"""/events: what comes next, page by page, of one cluster or all, with one's own replies."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access import Action
from bot.events import drafting
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.events.cards import Card, Keys, card_of, label, shown
from handlers.events.keeping import may_keep
from handlers.people import language_of
from handlers.pressing import person_of, pressed, short
from handlers.replacing import put
from handlers.sending import say
from handlers.team.access import access_of, cluster_names
from storage import attendances, events

ID = r"\d{1,9}"
A_PAGE = 5
MOST_KEPT = 10
ALL = "all"
SCOPE = "|".join((*CLUSTERS, ALL))


def register(app: App) -> None:
    """/events, `evs:<cluster>:<page>` and `evo:<number>:<cluster>:<page>`."""
    app.add_handler(CommandHandler("events", on_list, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_page, pattern=rf"^evs:({SCOPE}):\d{{1,4}}$"))
    app.add_handler(CallbackQueryHandler(on_open, pattern=rf"^evo:{ID}:({SCOPE}):\d{{1,4}}$"))


async def on_list(update: Update, context: Context) -> None:
    """Show the first page; those who invite see their drafts too."""
    language = await language_of(update, context)
    page = await _page(context, person_of(update), language, ALL, 0)
    buttons = [*page.buttons, *await _kept(update, context, language)]
    await say(context, person_of(update), page.html, language=language, buttons=buttons)


async def on_page(update: Update, context: Context) -> None:
    """Show another page, or another cluster."""
    _, scope, number = pressed(update)
    page = await _page(context, person_of(update), await language_of(update, context), scope, int(number))
    await put(update, page.html, page.buttons)


async def on_open(update: Update, context: Context) -> None:
    """Show an event with all that one can do; those who invite get the way to its replies. Raises NoSuchEvent."""
    (_, number, scope, page), language = pressed(update), await language_of(update, context)
    async with context.services.database.read() as session:
        event = await drafting.of(session, int(number))
    card = await card_of(context, event, person_of(update), language)
    back = [(context.services.texts.label("back", language), f"evs:{scope}:{page}")]
    access = await access_of(update, context)
    keep = [[(label(context, "keep", language), f"evd:{event.id}:keep")]] if may_keep(access, event) else []
    await put(update, card.html, [*card.buttons, *keep, back])


async def _page(context: Context, person_id: int, language: str, scope: str, number: int) -> Card:
    clusters = () if scope == ALL else (scope,)
    now = context.services.clock()
    async with context.services.database.read() as session:
        found, total = await events.coming(session, clusters, first=number * A_PAGE, limit=A_PAGE, now=now)
        own = await attendances.of_person(session, person_id, [event.id for event in found])
        counts = {event.id: await events.counts(session, event.id) for event in found if event.seats}
    lines = [shown(context, event, language, counts=counts.get(event.id), own=own.get(event.id)) for event in found]
    last = max(total - 1, 0) // A_PAGE
    html = context.services.texts.render(
        "events/list.html",
        language,
        lines=lines,
        first=number * A_PAGE + 1,
        total=total,
        cluster=cluster_names(context).get(scope, ""),
    )
    details = [
        [
            (
                label(context, "open", language, number=place, title=short(line["title"])),
                f"evo:{event.id}:{scope}:{number}",
            )
        ]
        for place, (event, line) in enumerate(zip(found, lines, strict=True), start=number * A_PAGE + 1)
    ]
    turn = [(label(context, "earlier", language), f"evs:{scope}:{number - 1}")] if number else []
    turn += [(label(context, "later", language), f"evs:{scope}:{number + 1}")] if number < last else []
    return Card(html, [*details, turn, *_filters(context, language, scope)])


def _filters(context: Context, language: str, scope: str) -> Keys:
    """A button for each cluster, two a row, and one for all; what is shown bears a tick."""
    names = {**cluster_names(context), ALL: label(context, "all_clusters", language)}
    buttons = [
        (label(context, "chosen", language, text=text) if name == scope else text, f"evs:{name}:0")
        for name, text in names.items()
    ]
    return [buttons[:2], buttons[2:4], buttons[4:]]


async def _kept(update: Update, context: Context, language: str) -> Keys:
    """A button for each event that the person may work on."""
    access = await access_of(update, context)
    if not access.allows(Action.ANNOUNCE):
        return []
    clusters = [*access.clusters(Action.ANNOUNCE, CLUSTERS), *(["*"] if access.allows(Action.ANNOUNCE, "*") else [])]
    async with context.services.database.read() as session:
        found = await events.kept(session, clusters, access.user_id, limit=MOST_KEPT, now=context.services.clock())
    titles = [(event, short(shown(context, event, language)["title"])) for event in found]
    return [[(label(context, "keep_one", language, title=title), f"evd:{event.id}:keep")] for event, title in titles]
