"""An event step by step, by buttons; /announce leads here where it is about events, a calendar file too."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.access import Act, Action, require
from bot.announcements import drafting as announcing
from bot.events import drafting, filling, importing
from bot.events.drafting import Field
from bot.names import CLUSTERS
from handlers.announcing.parties import check_theirs
from handlers.context import App, Context
from handlers.events.cards import card_of
from handlers.events.keeping import check_kept, theirs
from handlers.events.steps import CLOSES, LASTS, ask_step
from handlers.people import language_of
from handlers.pressing import acknowledge, person_of, pressed, take_away
from handlers.sending import say
from handlers.team.access import deed_of
from handlers.telling import tell
from storage import announcements, events
from storage.models import Announcement, Event

ID = r"\d{1,9}"
SCOPES = "|".join((*CLUSTERS, r"\*"))
LASTING, CLOSING = "|".join(map(str, LASTS)), "|".join(map(str, CLOSES))
CHOICES = rf"cluster:({SCOPES})|only:(de|en)|lasts:({LASTING})|closes:({CLOSING})|none:(seats|link)|take:\d"
FIELDS = "|".join(field for field in Field if field is not Field.OVERVIEW)


def register(app: App) -> None:
    """`evd:<number>:<act>[:<value>]`, and the topic of events in the dialog of announcements."""
    for act, handler in (
        (CHOICES, on_choice),
        (rf"edit:({FIELDS})", on_edit),
        ("show", on_show),
        ("look:(de|en)", on_look),
        ("drop", on_sure),
        ("drop!", on_drop),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=rf"^evd:{ID}:(?:{act})$"))
    app.add_handler(CallbackQueryHandler(on_topic, pattern=rf"^ann:{ID}:topic:events$"))


async def on_topic(update: Update, context: Context) -> None:
    """Begin an event in place of the announcement, with the texts that it has already."""
    deed, number = await deed_of(update, context), int(pressed(update)[1])
    async with context.services.database.begin() as session:
        event = await events.begun_by(session, update.update_id)
        if event is None:
            announcement = await announcing.of(session, number)
            check_theirs(deed.access, announcement)
            announcing.check_draft(announcement)
            zone = context.services.settings.timezone
            event = await events.begin(
                session, update_id=update.update_id, person_id=deed.access.user_id, zone=zone, now=deed.now
            )
            _take_over(event, announcement)
            await announcements.drop(session, number)
            await deed.note(session, Act.EVENT_BEGUN, event=event.id)
    await go_on(update, context, event)


def _take_over(event: Event, announcement: Announcement) -> None:
    event.cluster, event.texts = announcement.cluster, announcement.texts
    kept = (Field.CLUSTER, Field.GERMAN, Field.ENGLISH)
    event.answered = [field for field in announcement.answered if field in kept]


async def on_choice(update: Update, context: Context) -> None:
    """Keep a choice and ask for what is missing."""
    await go_on(update, context, await _change(update, context, _CHOOSERS[pressed(update)[2]]))


def _cluster(event: Event, value: str, context: Context) -> Field:
    event.cluster = value
    return Field.CLUSTER


def _only(event: Event, value: str, context: Context) -> Field:
    other = Field.ENGLISH if value == "de" else Field.GERMAN
    filling.leave_out(event, other)
    return other


def _lasts(event: Event, value: str, context: Context) -> Field:
    filling.last(event, int(value))
    return Field.END


def _closes(event: Event, value: str, context: Context) -> Field:
    filling.close_before(event, int(value), now=context.services.clock())
    return Field.DEADLINE


def _none(event: Event, value: str, context: Context) -> Field:
    setattr(event, value, None)
    return Field(value)


def _take(event: Event, value: str, context: Context) -> Field:
    """Take one of the entries of a calendar file; an old button takes nothing."""
    choices = event.choices or []
    if int(value) < len(choices):
        importing.keep(event, choices[int(value)], now=context.services.clock())
    return Field.GERMAN if "de" in event.texts else Field.ENGLISH


_CHOOSERS: dict[str, Callable[[Event, str, Context], Field]] = {
    "cluster": _cluster,
    "only": _only,
    "lasts": _lasts,
    "closes": _closes,
    "none": _none,
    "take": _take,
}


async def on_edit(update: Update, context: Context) -> None:
    """Ask again for a part."""
    event, field = await theirs(update, context), Field(pressed(update)[3])
    drafting.check_draft(event)
    async with context.services.database.begin() as session:
        event = await drafting.of(session, event.id)
        await drafting.ask(session, event, field, person_of(update), update_id=update.update_id)
    await take_away(update)
    await ask_step(context, event, field, person_of(update), await language_of(update, context))


async def on_show(update: Update, context: Context) -> None:
    """Show what is missing, or the overview."""
    event = await theirs(update, context)
    drafting.check_draft(event)
    await go_on(update, context, event)


async def on_look(update: Update, context: Context) -> None:
    """Show a language exactly as it is sent, with its buttons; then the overview again."""
    event = await theirs(update, context)
    await acknowledge(update)
    language = pressed(update)[3]
    card = await card_of(context, event, 0, language)
    await say(context, person_of(update), card.html, language=language, buttons=card.buttons)
    own = await language_of(update, context)
    await ask_step(context, event, drafting.next_field(event), person_of(update), own)


async def on_sure(update: Update, context: Context) -> None:
    """Ask before a draft is deleted."""
    event, language = await theirs(update, context), await language_of(update, context)
    drafting.check_draft(event)
    label = context.services.texts.label
    source = "events/labels.html"
    buttons = [
        [(label("drop_yes", language, source=source), f"evd:{event.id}:drop!")],
        [(label("back", language, source=source), f"evd:{event.id}:show")],
    ]
    await take_away(update)
    await tell(update, context, "events/sure.html", {"act": "drop", "title": ""}, buttons=lambda _: buttons)


async def on_drop(update: Update, context: Context) -> None:
    """Delete a draft, or a revision: the event itself stays as it is."""
    event, deed = await theirs(update, context), await deed_of(update, context)
    drafting.check_draft(event)
    async with context.services.database.begin() as session:
        await events.drop(session, event.id)
        await deed.note(session, Act.EVENT_DELETED, event.cluster or None, event=event.id)
    await take_away(update)
    await tell(update, context, "events/dropped.html")


async def go_on(update: Update, context: Context, event: Event) -> None:
    """Ask for what is missing, or show the overview, in place of the buttons that were pressed."""
    field = drafting.next_field(event)
    async with context.services.database.begin() as session:
        event = await drafting.of(session, event.id)
        await drafting.ask(session, event, field, person_of(update), update_id=update.update_id)
    if update.callback_query is not None:
        await take_away(update)
    await ask_step(context, event, field, person_of(update), await language_of(update, context))


async def _change(update: Update, context: Context, choose: Callable[[Event, str, Context], Field]) -> Event:
    """Change a draft as a button says, once for an update. Raises NotAllowed, NotADraft, NoSuchEvent."""
    deed, (_, number, act, value) = await deed_of(update, context), pressed(update)
    async with context.services.database.begin() as session:
        event = await drafting.of(session, int(number))
        check_kept(deed.access, event)
        if event.touched_by == update.update_id:
            return event
        drafting.check_draft(event)
        if act == "cluster":
            require(deed.access, Action.ANNOUNCE, value)
        drafting.answer(event, choose(event, value, context), now=deed.now)
        event.touched_by = update.update_id
        await deed.note(session, Act.EVENT_CHANGED, event.cluster or None, event=event.id, part=act)
    return event
