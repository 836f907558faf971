"""An enquiry begins: by a button, /enquire, or a deep link, to which a button in a group leads."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.enquiries import check_may_send, drafting
from bot.enquiries.drafting import Wish
from bot.names import CLUSTERS, STEPS
from handlers.context import App, Context
from handlers.enquiries import drafts as writing
from handlers.enquiries.draft_steps import ask_step, label
from handlers.people import language_of
from handlers.pressing import person_of, pressed, take_away
from handlers.sending import say
from storage.models import Draft

NOTHING = "-"
LINK = "enquire"
PATTERN = rf":({'|'.join(CLUSTERS)}|-):([a-z-]+):(-|[A-Z]{{2}}(-[A-Z]{{2}})?)$"


def register(app: App) -> None:
    """/enquire in private chats, and the buttons that begin an enquiry."""
    app.add_handler(CommandHandler("enquire", on_enquire, filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE))
    app.add_handler(CallbackQueryHandler(on_begin, pattern=rf"^enquire{PATTERN}"))
    app.add_handler(CallbackQueryHandler(on_begin_anew, pattern=rf"^enquire!{PATTERN}"))


async def on_enquire(update: Update, context: Context) -> None:
    """Begin an enquiry, or go on with the draft that there is."""
    await begin(update, context, Wish())


async def follow_link(update: Update, context: Context, link: str) -> None:
    """Begin an enquiry from `?start=enquire`, `?start=enquire-nieke` or `?start=enquire-nieke_packaging_DE-NI`."""
    cluster, step, region, *_ = (*link.partition("-")[2].split("_"), "", "")
    place = region.upper()
    wish = Wish(
        cluster=cluster if cluster in CLUSTERS else None,
        steps=(step,) if step in STEPS else (),
        region=place if place in context.services.router.content.regions else None,
    )
    await begin(update, context, wish)


async def on_begin(update: Update, context: Context) -> None:
    """Begin with what the button knows, and the text that its message replies to; in a group, lead to the bot."""
    query, chat = update.callback_query, update.effective_chat
    assert query and chat  # noqa: S101, PT018  only buttons come here
    wish = _wish(update, context)
    if chat.type == ChatType.PRIVATE:
        await query.answer()
        await begin(update, context, wish)
        return
    # What the person wrote there waits in the draft; what somebody else wrote is not theirs to send.
    has_begun = wish.text is not None and await _begun(update, context, wish) is not None
    link = LINK if has_begun else f"{LINK}-{wish.cluster or NOTHING}_{''.join(wish.steps)}_{wish.region or ''}"
    await query.answer(url=f"https://t.me/{context.bot.username}?start={link}")


async def on_begin_anew(update: Update, context: Context) -> None:
    """Begin anew, although there is a draft."""
    await take_away(update)
    await begin(update, context, _wish(update, context), anew=True)


async def begin(update: Update, context: Context, wish: Wish, *, anew: bool = False) -> None:
    """Begin a draft, or go on with it; where another one would be replaced, ask first.

    Raises PersonBlocked, TooMany.
    """
    draft, language = await _begun(update, context, wish, anew=anew), await language_of(update, context)
    if draft is None:
        await _ask_which(update, context, language)
    else:
        await ask_step(context, draft, language)


async def _begun(update: Update, context: Context, wish: Wish, *, anew: bool = False) -> Draft | None:
    """Return the draft with the wish in it; None where another one was written before. Raises as begin."""
    services, person, language = context.services, person_of(update), await language_of(update, context)
    now, most, wish = services.clock(), services.settings.enquiries_per_day, _placed(context, wish, language)
    async with services.database.begin() as session:
        await check_may_send(session, person, most_a_day=most, now=now)
        draft = await drafting.begun(session, person, wish, anew=anew, update_id=update.update_id, now=now)
        if draft is not None:
            writing.place(context, draft, language)
    return draft


def _placed(context: Context, wish: Wish, language: str) -> Wish:
    """Tell whether the step and the region of a button were chosen by hand: they are not those that the text says."""
    if not wish.steps:
        return wish
    read = context.services.router.route(wish.text, language) if wish.text else None
    return replace(wish, is_chosen=read is None or (read.steps[:1], read.region) != (wish.steps, wish.region))


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


def _wish(update: Update, context: Context) -> Wish:
    _, cluster, step, region = pressed(update)
    written = _written(update)
    return Wish(
        text=(written.text or "").replace(f"@{context.bot.username}", " ").strip() if written else None,
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
