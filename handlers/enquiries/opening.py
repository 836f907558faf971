"""An enquiry begins (a button, /enquire, a deep link) and is sent, once the person has agreed."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.answering.rendering import plain
from bot.enquiries import Consent, check_may_send, drafting, open_enquiry
from bot.enquiries.drafting import Wish
from bot.names import CLUSTERS, STEPS
from handlers.context import App, Context
from handlers.enquiries import drafts as writing
from handlers.enquiries.draft_steps import ask_step, consent, label
from handlers.people import language_of
from handlers.pressing import person_of, pressed, take_away
from handlers.sending import say
from storage import drafts, enquiries
from storage.models import Draft

NOTHING = "-"
LINK = "enquire"
PATTERN = r":(foodregio|nieke|fpi|giqs|-):([a-z-]+):(-|[A-Z]{2}(-[A-Z]{2})?)$"


def register(app: App) -> None:
    """/enquire in private chats, the buttons that begin an enquiry, and the one that sends it."""
    app.add_handler(CommandHandler("enquire", on_enquire, filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(on_begin, pattern=rf"^enquire{PATTERN}"))
    app.add_handler(CallbackQueryHandler(on_begin_anew, pattern=rf"^enquire!{PATTERN}"))
    app.add_handler(CallbackQueryHandler(on_send, pattern=r"^draft:send:[\w.-]{1,16}:[a-z]{2}:\d{1,19}$"))


async def on_enquire(update: Update, context: Context) -> None:
    """Begin an enquiry, or go on with the draft that there is."""
    await begin(update, context, Wish())


async def follow_link(update: Update, context: Context, link: str) -> None:
    """Begin an enquiry from `?start=enquire` or `?start=enquire-nieke`."""
    _, _, cluster = link.partition("-")
    await begin(update, context, Wish(cluster=cluster if cluster in CLUSTERS else None))


async def on_begin(update: Update, context: Context) -> None:
    """Begin with what the button knows, and the text that its message replies to."""
    query = update.callback_query
    assert query  # noqa: S101  only buttons come here
    await query.answer()
    await begin(update, context, _wish(update))


async def on_begin_anew(update: Update, context: Context) -> None:
    """Begin anew, although there is a draft."""
    await take_away(update)
    await begin(update, context, _wish(update), anew=True)


async def begin(update: Update, context: Context, wish: Wish, *, anew: bool = False) -> None:
    """Begin a draft, or go on with it; where another one would be replaced, ask first.

    Raises PersonBlocked, TooMany.
    """
    services, person, language = context.services, person_of(update), await language_of(update, context)
    now, most = services.clock(), services.settings.enquiries_per_day
    async with services.database.begin() as session:
        await check_may_send(session, person, most_a_day=most, now=now)
        draft = await drafting.begun(session, person, wish, anew=anew, update_id=update.update_id, now=now)
        if draft is not None:
            writing.place(context, draft, language)
    if draft is None:
        await _ask_which(update, context, language)
    else:
        await ask_step(context, draft, language)


async def on_send(update: Update, context: Context) -> None:
    """Open the enquiry as it was shown and agreed to; show it again where it has changed since."""
    _, _, version, language, stamp = pressed(update)
    services, person = context.services, person_of(update)
    async with services.database.begin() as session:
        draft = await drafts.of(session, person)
        known = await enquiries.by_update(session, update.update_id)
        sends = known is not None or draft is None or drafting.is_shown(draft, version, int(stamp))
        if sends:
            await open_enquiry(
                session,
                person,
                update_id=update.update_id,
                language=language,
                consent=Consent(version, _agreed(context, draft, language)),
                most_a_day=services.settings.enquiries_per_day,
                now=services.clock(),
            )
    services.outbox.wake()
    await take_away(update)
    if draft is not None and not sends:
        await ask_step(context, draft, await language_of(update, context), note="changed")


def _agreed(context: Context, draft: Draft | None, language: str) -> str:
    """Return the wording as it was shown, in plain text; nothing where there is no draft any more."""
    return plain(consent(context, draft.cluster, language)) if draft and draft.cluster else ""


async def _ask_which(update: Update, context: Context, language: str) -> None:
    """Ask whether the draft or the new wish goes on; the reply keeps the text that the wish came with."""
    query = update.callback_query
    data = query.data if query and query.data else f"enquire:{NOTHING}:{NOTHING}:{NOTHING}"
    anew = data.replace("enquire:", "enquire!:", 1)
    buttons = [[(label(context, "go_on", language), "draft:on")], [(label(context, "anew", language), anew)]]
    text = context.services.texts.render("enquiries/draft_exists.html", language)
    written = _written(update)
    await say(
        context,
        person_of(update),
        text,
        language=language,
        buttons=buttons,
        reply_to=written.message_id if written else None,
    )


def _wish(update: Update) -> Wish:
    _, cluster, step, region = pressed(update)
    written = _written(update)
    return Wish(
        text=written.text if written else None,
        cluster=None if cluster == NOTHING else cluster,
        steps=(step,) if step in STEPS else (),
        region=None if region == NOTHING else region,
    )


def _written(update: Update) -> Message | None:
    """Return the person's own text that the message with the button replies to."""
    query = update.callback_query
    answered = query.message.reply_to_message if query and isinstance(query.message, Message) else None
    own = answered is not None and answered.from_user is not None and answered.from_user.id == person_of(update)
    return answered if own and answered is not None and answered.text else None
