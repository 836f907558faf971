"""/funding: the open calls, a page at a time, by cluster and step; and one of them with all its facts."""

from __future__ import annotations

from typing import NamedTuple

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.announcements.selection import TOPICS, bits
from bot.funding.errors import NoSuchCall
from bot.names import CLUSTERS, STEPS
from handlers.announcing.steps import title_of
from handlers.context import App, Context
from handlers.funding.cards import Keys, keys_of, label, shown
from handlers.funding.sending import TOPIC
from handlers.people import language_of
from handlers.pressing import person_of, pressed, short
from handlers.replacing import put
from handlers.sending import Button, say
from handlers.team.access import cluster_names
from storage import funding, subscribers
from storage.models import Announcement, FundingCall

PAGE = 5
ANY = "-"
PLACE = rf"({'|'.join(CLUSTERS)}|{ANY}):({'|'.join(STEPS)}|{ANY}):(\d{{1,3}})"
OVERVIEW = "funding-overview"
"""The entry of the content that names programmes."""
FURTHER = ("funding-zim-what", "funding-region", "funding-help")


class View(NamedTuple):
    """What of the list is shown: a cluster and a step, or ANY; and which page."""

    cluster: str = ANY
    step: str = ANY
    page: int = 0

    def data(self, act: str, **changes: object) -> str:
        """Return the data of a button that shows the list with changes."""
        return ":".join((act, *map(str, self._replace(**changes))))  # type: ignore[arg-type]


def register(app: App) -> None:
    """/funding, `fund:<cluster>:<step>:<page>`, `fundc` and `funds` for its filters, `fc:<number>:show`."""
    app.add_handler(CommandHandler("funding", on_funding, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_list, pattern=rf"^fund:{PLACE}$"))
    app.add_handler(CallbackQueryHandler(on_filter, pattern=rf"^fund[cs]:{PLACE}$"))
    app.add_handler(CallbackQueryHandler(on_show, pattern=r"^fc:\d{1,9}:show$"))


async def on_funding(update: Update, context: Context) -> None:
    """List the open calls; where there is none, say where to look."""
    language = await language_of(update, context)
    html, buttons = await _listed(context, View(), language)
    await say(context, person_of(update), html, language=language, buttons=buttons)


async def on_list(update: Update, context: Context) -> None:
    """Show another page, or those of a cluster or a step."""
    html, buttons = await _listed(context, _view(update), await language_of(update, context))
    await put(update, html, buttons)


async def on_filter(update: Update, context: Context) -> None:
    """Ask for a cluster or a step."""
    view, language, by_cluster = _view(update), await language_of(update, context), pressed(update)[0] == "fundc"
    if by_cluster:
        called = cluster_names(context)
        rows = [[(called[name], view.data("fund", cluster=name, page=0))] for name in CLUSTERS]
    else:
        known = context.services.router.content.steps
        rows = [[(known[name].name[language], view.data("fund", step=name, page=0))] for name in STEPS]
    what = "cluster" if by_cluster else "step"
    html = context.services.texts.render("funding/filter.html", language, what=what)
    await put(update, html, [*rows, [(label(context, "all", language), View().data("fund"))]])


async def on_show(update: Update, context: Context) -> None:
    """Show a call with its facts. Raises NoSuchCall."""
    html, buttons = await details(update, context, int(pressed(update)[1]))
    await put(update, html, buttons)


async def details(update: Update, context: Context, call_id: int) -> tuple[str, Keys]:
    """Return a call with all its facts, and its buttons. Raises NoSuchCall."""
    language, person = await language_of(update, context), person_of(update)
    async with context.services.database.read() as session:
        found = await funding.told(session, call_id)
        wanted = await funding.wish_of(session, call_id, person)
        subscriber = await subscribers.by_id(session, person)
    if found is None:
        raise NoSuchCall
    keys = keys_of(context, found[0], wanted, language)
    can_ask = any(data.endswith("wish:1") for row in keys for _, data in row)
    is_subscribed = subscriber is not None and bool(subscriber.topics & bits([TOPIC], TOPICS))
    values = {**shown(context, *found, language), "asks_consent": can_ask and not is_subscribed}
    html = context.services.texts.render("funding/details.html", language, **values)
    return html, [*keys, [(label(context, "to_list", language), View().data("fund"))]]


async def _listed(context: Context, view: View, language: str) -> tuple[str, Keys]:
    services, step = context.services, bits([view.step], STEPS) if view.step in STEPS else 0
    async with services.database.read() as session:
        cluster = view.cluster if view.cluster in CLUSTERS else None
        found = await funding.open_calls(session, cluster=cluster, step=step, now=services.clock())
    if not found and view == View():
        return _nowhere(context, language)
    page = found[view.page * PAGE : (view.page + 1) * PAGE]
    numbered = list(enumerate(page, start=view.page * PAGE + 1))
    html = services.texts.render(
        "funding/list.html",
        language,
        cluster=cluster_names(context)[view.cluster] if cluster else "",
        step=services.router.content.steps[view.step].name[language] if step else "",
        calls=[{**shown(context, *one, language), "number": number} for number, one in numbered],
    )
    rows = [[_open(context, number, one, language)] for number, one in numbered]
    return html, [*rows, *_ways(context, view, len(found), language)]


def _nowhere(context: Context, language: str) -> tuple[str, Keys]:
    """Return what the content knows of programmes, with questions that lead on."""
    entries = context.services.answerer.knowledge.content.entries
    known = entries[OVERVIEW]
    html = context.services.texts.render(
        "funding/none.html", language, overview=known.answer[language], as_of=known.as_of
    )
    return html, [[(entries[name].questions[language][0], f"ask:e:{name}")] for name in FURTHER]


def _open(context: Context, number: int, one: tuple[FundingCall, Announcement], language: str) -> Button:
    title = short(title_of(one[1], language))
    return label(context, "open", language, number=number, title=title), f"fc:{one[0].id}:show"


def _ways(context: Context, view: View, count: int, language: str) -> Keys:
    """Return the ways to other pages and to parts of the list."""
    turns = [(label(context, "back", language), view.data("fund", page=view.page - 1))] if view.page else []
    if (view.page + 1) * PAGE < count:
        turns.append((label(context, "more", language), view.data("fund", page=view.page + 1)))
    every = [(label(context, "all", language), View().data("fund"))] if (view.cluster, view.step) != (ANY, ANY) else []
    narrower = [
        [(label(context, "by_cluster", language), view.data("fundc"))],
        [(label(context, "by_step", language), view.data("funds"))],
    ]
    return [turns, *narrower, every]


def _view(update: Update) -> View:
    _, cluster, step, page = pressed(update)
    return View(cluster, step, int(page))
