"""/announce: an announcement step by step, by buttons and by writing; nothing leaves before it was shown."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access import Act, Action, require
from bot.announcements import drafting, timing, wording
from bot.announcements.drafting import Field
from bot.announcements.selection import TOPICS, bits
from bot.names import CLUSTERS, STEPS
from handlers.announcing.delivery import send_to, show
from handlers.announcing.parties import check_theirs
from handlers.announcing.steps import Buttons, ask_step, step_html, step_keys
from handlers.context import App, Context
from handlers.funding import steps as call_steps
from handlers.people import language_of
from handlers.pressing import acknowledge, person_of, pressed, take_away
from handlers.replacing import put
from handlers.sending import Reader, say
from handlers.team.access import access_of, deed_of
from handlers.telling import tell
from storage import announcements
from storage.models import Announcement, LatePolicy

ID = r"\d{1,9}"
SCOPES = "|".join((*CLUSTERS, r"\*"))
CHOICES = rf"topic:({'|'.join(TOPICS)})|cluster:({SCOPES})|only:(?:de|en)|audience|now|late:({'|'.join(LatePolicy)})"
SWITCHES = rf"for:({'|'.join(CLUSTERS)})|step:({'|'.join(STEPS)})|all"
RULES = r"rule:(once|weekly|biweekly|monthly)"
EDITS = r"edit:(topic|cluster|de|en|audience|when|late)"
_FIELDS = {("only", "de"): Field.ENGLISH, ("only", "en"): Field.GERMAN, ("now", ""): Field.WHEN}


def register(app: App) -> None:
    """/announce and `ann:<number>:<act>[:<value>]`."""
    app.add_handler(CommandHandler("announce", on_announce, filters.ChatType.PRIVATE))
    for act, handler in (
        (CHOICES, on_choice),
        (SWITCHES, on_switch),
        (RULES, on_rule),
        (EDITS, on_edit),
        ("show", on_show),
        ("often", on_often),
        ("look:(de|en)", on_look),
        ("test", on_test),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=rf"^ann:{ID}:(?:{act})$"))


async def on_announce(update: Update, context: Context) -> None:
    """Begin a draft; the same update begins one."""
    deed, services = await deed_of(update, context), context.services
    require(deed.access, Action.ANNOUNCE)
    async with services.database.begin() as session:
        made = await announcements.begin(
            session,
            update_id=update.update_id,
            person_id=deed.access.user_id,
            zone=services.settings.timezone,
            now=deed.now,
        )
        await drafting.ask(session, made, Field.TOPIC, deed.access.user_id, update_id=update.update_id)
        await deed.note(session, Act.ANNOUNCEMENT_BEGUN, announcement=made.id)
    await ask_step(context, made, Field.TOPIC, person_of(update), await language_of(update, context))


async def on_choice(update: Update, context: Context) -> None:
    """Keep a choice and ask for what is missing."""

    def choose(announcement: Announcement, act: str, value: str) -> None:
        if act in ("topic", "cluster"):
            setattr(announcement, act, value)
        elif act == "only":
            wording.leave_out(announcement, _FIELDS[act, value])
        elif act == "now":
            announcement.first_at = announcement.rule = None
        elif act == "late":
            timing.choose_late(announcement, value)
        drafting.answer(announcement, _FIELDS.get((act, value)) or Field(act), now=context.services.clock())

    changed = await _change(update, context, choose)
    await go_on(update, context, changed)


async def on_rule(update: Update, context: Context) -> None:
    """Keep how often it goes out."""

    def choose(announcement: Announcement, _act: str, value: str) -> None:
        timing.choose_rule(announcement, value)
        drafting.answer(announcement, Field.WHEN, now=context.services.clock())

    await go_on(update, context, await _change(update, context, choose))


async def on_switch(update: Update, context: Context) -> None:
    """Take a cluster or a step in or out; the count below follows."""

    def switch(announcement: Announcement, act: str, value: str) -> None:
        if act == "for":
            announcement.clusters ^= bits([value], CLUSTERS)
        elif act == "step":
            announcement.steps ^= bits([value], STEPS)
        else:
            announcement.clusters = announcement.steps = 0
        announcement.version += 1

    announcement = await _change(update, context, switch)
    language = await language_of(update, context)
    html = await step_html(context, announcement, Field.AUDIENCE, language)
    keys = await step_keys(context, announcement, Field.AUDIENCE, person_of(update), language)
    await put(update, html, keys)


async def on_edit(update: Update, context: Context) -> None:
    """Ask again for a part."""
    announcement, field = await theirs(update, context), Field(pressed(update)[3])
    drafting.check_draft(announcement)
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, announcement.id)
        await drafting.ask(session, announcement, field, person_of(update), update_id=update.update_id)
    await take_away(update)
    await ask_step(context, announcement, field, person_of(update), await language_of(update, context))


async def on_show(update: Update, context: Context) -> None:
    """Show what is missing, or the overview."""
    announcement = await theirs(update, context)
    drafting.check_draft(announcement)
    await go_on(update, context, announcement)


async def on_often(update: Update, context: Context) -> None:
    """Ask how often."""
    announcement, language = await theirs(update, context), await language_of(update, context)
    drafting.check_draft(announcement)
    await take_away(update)
    keys = Buttons(context, announcement, language)
    html = await step_html(context, announcement, Field.WHEN, language)
    buttons = [*keys.rules(), [keys.of("back", "show")]]
    await say(context, person_of(update), html, language=language, buttons=buttons)


async def on_look(update: Update, context: Context) -> None:
    """Show a language exactly as it is sent, with its button."""
    announcement = await theirs(update, context)
    await acknowledge(update)
    language = pressed(update)[3]
    await show(context, content_of(announcement), person_of(update), language)


async def on_test(update: Update, context: Context) -> None:
    """Send it to who asks, each language, with the button that subscribers get."""
    announcement = await theirs(update, context)
    await acknowledge(update)
    for language in announcement.texts:
        await send_to(context, content_of(announcement), Reader(person_of(update), language))
    await tell(update, context, "announcing/tested.html")
    await _show_step(update, context, announcement, drafting.next_field(announcement))


async def theirs(update: Update, context: Context) -> Announcement:
    """Return the announcement of a button. Raises NoSuchAnnouncement, NotAllowed."""
    access = await access_of(update, context)
    async with context.services.database.read() as session:
        announcement = await drafting.of(session, int(pressed(update)[1]))
    check_theirs(access, announcement)
    return announcement


async def go_on(update: Update, context: Context, announcement: Announcement) -> None:
    """Ask for what is missing, or show the overview, in place of the buttons that were pressed."""
    if await call_steps.asks_more(update, context, announcement):
        return
    field = drafting.next_field(announcement)
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, announcement.id)
        await drafting.ask(session, announcement, field, person_of(update), update_id=update.update_id)
    if update.callback_query is not None:
        await take_away(update)
    await _show_step(update, context, announcement, field)


def content_of(announcement: Announcement) -> dict[str, object]:
    """Return what would be frozen now."""
    return {
        "topic": announcement.topic,
        "cluster": announcement.cluster,
        "texts": announcement.texts,
        "subject": announcement.subject,
    }


async def _show_step(update: Update, context: Context, announcement: Announcement, field: Field) -> None:
    await ask_step(context, announcement, field, person_of(update), await language_of(update, context))


async def _change(update: Update, context: Context, change: Callable[[Announcement, str, str], None]) -> Announcement:
    """Change a draft as a button says, once for an update. Raises NotAllowed, NotADraft, NoSuchAnnouncement."""
    deed = await deed_of(update, context)
    _, number, act, *value = pressed(update)
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, int(number))
        check_theirs(deed.access, announcement)
        if announcement.touched_by == update.update_id:
            return announcement
        drafting.check_draft(announcement)
        if act == "cluster":
            require(deed.access, Action.ANNOUNCE, value[0])
        change(announcement, act, value[0] if value else "")
        announcement.touched_by = update.update_id
        known = announcement.cluster or None
        await deed.note(session, Act.ANNOUNCEMENT_CHANGED, known, announcement=announcement.id, part=act)
    return announcement
