"""Does it fit us? Three questions by buttons; at the end a hint and the way to a person, never a legal statement."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.answering.rendering import plain
from bot.enquiries.drafting import Wish
from bot.funding.errors import NoSuchCall
from bot.funding.facts import APPLICANTS
from bot.funding.fitting import OTHER, Replies, doubts
from bot.names import CLUSTERS, STEPS
from handlers.context import App, Context
from handlers.enquiries import opening
from handlers.finding.steps import REGION, regions
from handlers.funding.cards import Keys, label, shown
from handlers.people import language_of
from handlers.pressing import acknowledge, person_of, pressed
from handlers.replacing import put
from handlers.sending import say
from handlers.team.access import cluster_names
from storage import funding
from storage.models import Announcement, FundingCall

ID = r"\d{1,9}"
WHO = rf"({'|'.join(APPLICANTS)}|{OTHER})"
STEP = rf"({'|'.join(STEPS)}|{OTHER})"
ASKED = ("who", "region", "step")


def register(app: App) -> None:
    """`fit:<number>` and the replies after it, each after a colon; `fit!` begins the enquiry."""
    app.add_handler(CallbackQueryHandler(on_begin, pattern=rf"^fit:{ID}$"))
    app.add_handler(CallbackQueryHandler(on_reply, pattern=rf"^fit:{ID}:(again|{WHO}(:{REGION}(:{STEP})?)?)$"))
    app.add_handler(CallbackQueryHandler(on_enquire, pattern=rf"^fit!:{ID}:{WHO}:{REGION}:{STEP}$"))


async def on_begin(update: Update, context: Context) -> None:
    """Ask the first question below the call, which stays."""
    language = await language_of(update, context)
    call, announcement = await _told(update, context)
    await acknowledge(update)
    html, buttons = _question(context, call, announcement, [], language)
    await say(context, person_of(update), html, language=language, buttons=buttons)


async def on_reply(update: Update, context: Context) -> None:
    """Ask the next question, or say what can be said."""
    replies, language = [value for value in pressed(update)[2:] if value != "again"], await language_of(update, context)
    call, announcement = await _told(update, context)
    if len(replies) < len(ASKED):
        await put(update, *_question(context, call, announcement, replies, language))
        return
    found = doubts(call, Replies(*replies), now=context.services.clock())
    values = {**shown(context, call, announcement, language), "doubts": [str(doubt) for doubt in found]}
    html = context.services.texts.render("funding/fitted.html", language, **values)
    asks = (_ask_label(context, announcement, language), ":".join((f"fit!:{call.id}", *replies)))
    await put(update, html, [[asks], [(label(context, "again", language), f"fit:{call.id}:again")]])


async def on_enquire(update: Update, context: Context) -> None:
    """Begin an enquiry to the cluster of the call, with the call and the replies in its text."""
    language = await language_of(update, context)
    call, announcement = await _told(update, context)
    replies = Replies(*pressed(update)[2:])
    values = {**shown(context, call, announcement, language), **_words(context, replies, language)}
    text = plain(context.services.texts.render("funding/enquiry.html", language, **values))
    await acknowledge(update)
    wish = Wish(
        text=text,
        cluster=announcement.cluster if announcement.cluster in CLUSTERS else None,
        steps=(replies.step,) if replies.step in STEPS else (),
        region=None if replies.region == OTHER else replies.region,
    )
    await opening.begin(update, context, wish)


async def _told(update: Update, context: Context) -> tuple[FundingCall, Announcement]:
    async with context.services.database.read() as session:
        found = await funding.told(session, int(pressed(update)[1]))
    if found is None:
        raise NoSuchCall
    return found


def _question(
    context: Context, call: FundingCall, announcement: Announcement, replies: list[str], language: str
) -> tuple[str, Keys]:
    asks, prefix = ASKED[len(replies)], ":".join((f"fit:{call.id}", *replies))
    title = shown(context, call, announcement, language)["title"]
    html = context.services.texts.render("funding/fit.html", language, title=title, asks=asks)
    other = [(label(context, "other", language), f"{prefix}:{OTHER}")]
    if asks == "who":
        return html, [*([(label(context, name, language), f"{prefix}:{name}")] for name in APPLICANTS), other]
    if asks == "region":
        return html, regions(context, prefix, language)
    known = context.services.router.content.steps
    return html, [*([(known[name].name[language], f"{prefix}:{name}")] for name in STEPS), other]


def _ask_label(context: Context, announcement: Announcement, language: str) -> str:
    name = cluster_names(context).get(announcement.cluster)
    return label(context, "enquire", language, cluster=name) if name else label(context, "enquire_any", language)


def _words(context: Context, replies: Replies, language: str) -> dict[str, str]:
    content = context.services.router.content
    return {
        "who": label(context, replies.who, language) if replies.who in APPLICANTS else "",
        "region": content.regions[replies.region].name[language] if replies.region in content.regions else "",
        "step": content.steps[replies.step].name[language] if replies.step in STEPS else "",
    }
