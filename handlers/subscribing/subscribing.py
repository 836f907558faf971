"""/subscribe: what a person gets, of which clusters and steps, and when the telephone stays silent."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.announcements import subscribing
from bot.announcements.selection import TOPICS
from bot.announcements.subscribing import Wish
from bot.answering.rendering import plain
from handlers.context import App, Context
from handlers.people import language_of
from handlers.pressing import person_of, pressed
from handlers.replacing import put
from handlers.sending import keyboard, rows_of, say
from handlers.subscribing.screens import LABELS, Screen, screen_of
from handlers.telling import tell
from storage import subscribers
from storage.models import Subscriber


def register(app: App) -> None:
    """/subscribe, /unsubscribe and their buttons, in private chats; the button under each announcement."""
    app.add_handler(CommandHandler("subscribe", on_subscribe, filters.ChatType.PRIVATE))
    app.add_handler(CommandHandler("unsubscribe", on_unsubscribe, filters.ChatType.PRIVATE))
    topics = "|".join(TOPICS)
    app.add_handler(CallbackQueryHandler(on_topic, pattern=rf"^sub:topic:({topics}):[01]$"))
    app.add_handler(
        CallbackQueryHandler(on_choice, pattern=r"^sub:(cluster|step|rhythm|from|until|sundays|zone):[\w/+-]+$")
    )
    app.add_handler(CallbackQueryHandler(on_screen, pattern=r"^sub:(topics|clusters|steps|rhythm|quiet|zones)$"))
    app.add_handler(CallbackQueryHandler(on_tap, pattern=rf"^unsub:({topics}):[01]$"))


async def on_subscribe(update: Update, context: Context) -> None:
    """Show what the person gets, and what can be chosen."""
    subscriber = await _subscriber(update, context)
    language = await language_of(update, context)
    screen = screen_of(context, "topics", subscriber, language)
    await say(context, person_of(update), screen.html, language=language, buttons=screen.buttons)


async def on_unsubscribe(update: Update, context: Context) -> None:
    """End all topics at once."""
    wish = await _wish(update, context)
    async with context.services.database.begin() as session:
        was_there = await subscribing.end_all(session, wish, now=context.services.clock())
    await tell(update, context, "announcements/unsubscribed.html", {"was_there": was_there})


async def on_topic(update: Update, context: Context) -> None:
    """Begin or end a topic; the consent stands above the button."""
    _, _, topic, wanted = pressed(update)
    wish = await _wish(update, context)
    async with context.services.database.begin() as session:
        subscriber = await subscribing.set_topic(
            session, wish, topic, wanted=wanted == "1", now=context.services.clock()
        )
    await _show(update, screen_of(context, "topics", subscriber, wish.language))


async def on_choice(update: Update, context: Context) -> None:
    """Change one of the choices that need no consent."""
    _, what, value = pressed(update)
    language = await language_of(update, context)
    async with context.services.database.begin() as session:
        subscriber = await subscribers.by_id(session, person_of(update))
        if subscriber is not None:
            subscribing.choose(subscriber, what, value, now=context.services.clock())
    await _show(update, screen_of(context, SCREEN_OF[what], subscriber, language))


async def on_screen(update: Update, context: Context) -> None:
    """Go to another part of the choices."""
    subscriber = await _subscriber(update, context)
    await _show(update, screen_of(context, pressed(update)[1], subscriber, await language_of(update, context)))


async def on_tap(update: Update, context: Context) -> None:
    """End the topic of an announcement by the button under it, or begin it again; the message stays."""
    _, topic, wanted = pressed(update)
    wish = await _wish(update, context)
    async with context.services.database.begin() as session:
        await subscribing.set_topic(session, wish, topic, wanted=wanted == "1", now=context.services.clock())
    query = update.callback_query
    assert query  # noqa: S101  only buttons come here
    label = context.services.texts.label
    await query.answer(label("begun" if wanted == "1" else "ended", wish.language, source=LABELS))
    if isinstance(query.message, Message):
        # What else can be done about the message stays: to reply to an event, for example.
        others = [row for row in rows_of(query.message.reply_markup) if not row[0][1].startswith("unsub:")]
        rows = [*others, tap(context, topic, wish.language, wanted=wanted == "0")]
        await query.edit_message_reply_markup(keyboard(rows))


SCREEN_OF = {
    "cluster": "clusters",
    "step": "steps",
    "rhythm": "rhythm",
    "from": "quiet",
    "until": "quiet",
    "sundays": "quiet",
    "zone": "quiet",
}


def tap(context: Context, topic: str, language: str, *, wanted: bool) -> list[tuple[str, str]]:
    """Return the button under an announcement: end its topic, or (`wanted`) get it again."""
    label = context.services.texts.label
    name = label(topic, language, source=LABELS)
    text = label("again" if wanted else "end", language, source=LABELS, topic=name)
    return [(text, f"unsub:{topic}:{int(wanted)}")]


async def _subscriber(update: Update, context: Context) -> Subscriber | None:
    async with context.services.database.read() as session:
        return await subscribers.by_id(session, person_of(update))


async def _wish(update: Update, context: Context) -> Wish:
    services, language = context.services, await language_of(update, context)
    text = plain(services.texts.render("announcements/consent.html", language))
    return Wish(person_of(update), update.update_id, text, language, services.settings.timezone)


async def _show(update: Update, screen: Screen) -> None:
    await put(update, screen.html, screen.buttons)
