"""A funding call step by step: /announce leads here where it is about funding; its facts can be changed later, too."""

from __future__ import annotations

from collections.abc import Callable

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler

from bot.access import ALL, Act, Action, require
from bot.access.deeds import Deed
from bot.announcements import drafting, ladder, submitting
from bot.announcements.drafting import Field
from bot.announcements.errors import NoSuchAnnouncement, NotADraft
from bot.funding import facts
from bot.funding.facts import APPLICANTS, WRITTEN, Fact
from bot.names import STEPS
from handlers.announcing import composing
from handlers.announcing.composing import ID, theirs
from handlers.announcing.parties import check_theirs
from handlers.context import App, Context
from handlers.funding.sending import TOPIC
from handlers.funding.steps import ASKS, ask_fact, call_of, fact_keys, show_call
from handlers.people import language_of
from handlers.pressing import pressed
from handlers.replacing import put
from handlers.team.access import deed_of
from handlers.telling import tell
from storage import funding
from storage.models import Announcement, AnnouncementState, FundingCall

FACTS = "|".join(Fact)
NONES = "|".join(WRITTEN - {Fact.PROGRAMME})
SETS = rf"who:(?:{'|'.join(APPLICANTS)})|steps:(?:{'|'.join(STEPS)})|regions:[A-Z]{{2}}(?:-[A-Z]{{2}})?"
CHANGEABLE = (AnnouncementState.DRAFT, AnnouncementState.SCHEDULED, AnnouncementState.PAUSED, AnnouncementState.DONE)
Change = Callable[[FundingCall], None]


def register(app: App) -> None:
    """`ann:<number>:<act>`, before the dialog of announcements."""
    for act, handler in (
        (f"topic:{TOPIC}", on_topic),
        ("facts", on_facts),
        (f"fact:({FACTS})", on_fact),
        (f"none:({NONES})", on_none),
        (f"set:(?:{SETS})", on_switch),
        ("done:(who|steps|regions)", on_done),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=rf"^ann:{ID}:(?:{act})$"))


async def on_topic(update: Update, context: Context) -> None:
    """Let the announcement tell of a call, and ask for what is missing."""
    deed, number = await deed_of(update, context), int(pressed(update)[1])
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, number)
        check_theirs(deed.access, announcement)
        if announcement.touched_by != update.update_id:
            drafting.check_draft(announcement)
            await funding.begin(session, announcement, now=deed.now)
            announcement.topic = TOPIC
            drafting.answer(announcement, Field.TOPIC, now=deed.now)
            announcement.touched_by = update.update_id
            note = Act.ANNOUNCEMENT_CHANGED
            await deed.note(session, note, announcement.cluster or None, announcement=number, part="topic")
    await composing.go_on(update, context, announcement)


async def on_facts(update: Update, context: Context) -> None:
    """Show all facts."""
    announcement = await theirs(update, context)
    await show_call(update, context, announcement, await _call(context, announcement))


async def on_fact(update: Update, context: Context) -> None:
    """Ask for one fact again."""
    announcement, fact = await theirs(update, context), Fact(pressed(update)[3])
    _check_changeable(await deed_of(update, context), announcement)
    await ask_fact(update, context, announcement, await _call(context, announcement), fact)


async def on_none(update: Update, context: Context) -> None:
    """Leave a fact out."""
    fact = Fact(pressed(update)[3])
    announcement, call = await _change(update, context, fact, lambda call: facts.leave_out(call, fact))
    await _go_on(update, context, announcement, call)


async def on_done(update: Update, context: Context) -> None:
    """Keep what was switched on."""
    announcement, call = await _change(update, context, Fact(pressed(update)[3]), lambda _call: None)
    await _go_on(update, context, announcement, call)


async def on_switch(update: Update, context: Context) -> None:
    """Take one of several in or out."""
    _, _, _, name, value = pressed(update)
    fact, language = Fact(name), await language_of(update, context)
    change: Change = lambda call: facts.switch(call, fact, value)  # noqa: E731
    announcement, call = await _change(update, context, fact, change, is_whole=False)
    html = context.services.texts.render("funding/ask.html", language, fact=fact, zone=call.zone)
    await put(update, html, fact_keys(context, announcement, call, fact, language))


async def take(update: Update, context: Context, message: Message, asking: Announcement) -> None:
    """Give what was typed to the fact that is asked for."""
    fact = Fact((asking.asks or "").removeprefix(ASKS))
    if message.text is None:
        await tell(update, context, "announcing/only_text.html")
        return
    if update.edited_message is not None:
        # What was written before is changed with its button; here the question stands.
        await ask_fact(update, context, asking, await _call(context, asking), fact)
        return
    text, now = message.text, context.services.clock()
    change: Change = lambda call: facts.fill(call, fact, text, now=now)  # noqa: E731
    announcement, call = await _change(update, context, fact, change, number=asking.id)
    await _go_on(update, context, announcement, call)


async def _go_on(update: Update, context: Context, announcement: Announcement, call: FundingCall) -> None:
    if announcement.state == AnnouncementState.DRAFT:
        await composing.go_on(update, context, announcement)
    else:
        await show_call(update, context, announcement, call)


async def _call(context: Context, announcement: Announcement) -> FundingCall:
    call = await call_of(context, announcement)
    if call is None:
        raise NoSuchAnnouncement
    return call


async def _change(
    update: Update, context: Context, fact: Fact, change: Change, *, is_whole: bool = True, number: int | None = None
) -> tuple[Announcement, FundingCall]:
    """Change a call, once for an update; where it has gone out, its reminders follow.

    Raises NotAllowed, NotADraft, NoSuchAnnouncement, and what the change raises.
    """
    deed, number = await deed_of(update, context), number or int(pressed(update)[1])
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, number)
        call = await funding.by_id(session, funding.number_in(announcement.subject) or 0)
        if call is None:
            raise NoSuchAnnouncement
        _check_changeable(deed, announcement)
        if announcement.touched_by == update.update_id:
            return announcement, call
        change(call)
        if is_whole:
            facts.answer(call, fact, now=deed.now)
            announcement.asks = announcement.asked_of = None
        announcement.version += 1
        announcement.touched_by, announcement.updated_at = update.update_id, deed.now
        if fact is Fact.CLOSES and announcement.state != AnnouncementState.DRAFT:
            await ladder.follow(session, call, now=deed.now)
        note = Act.ANNOUNCEMENT_CHANGED
        await deed.note(session, note, announcement.cluster or None, announcement=number, part=fact)
    return announcement, call


def _check_changeable(deed: Deed, announcement: Announcement) -> None:
    """What was approved by a second person is changed by who may approve. Raises NotAllowed, NotADraft."""
    check_theirs(deed.access, announcement)
    if announcement.state not in CHANGEABLE:
        raise NotADraft
    if announcement.state != AnnouncementState.DRAFT and submitting.needs_approval(announcement):
        require(deed.access, Action.APPROVE, ALL)
