"""What those who invite do with an event: invite, change it and send the correction, cancel it, see who comes."""

from __future__ import annotations

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.access import Act
from bot.access.exporting import table
from bot.events import drafting, following, publishing, replying
from bot.events.errors import Changed, NoSuchEvent
from handlers.announcing import composing as announcing
from handlers.context import App, Context
from handlers.events.cards import Keys, label, shown
from handlers.events.composing import go_on
from handlers.events.keeping import check_kept, theirs
from handlers.events.steps import Buttons
from handlers.people import language_of
from handlers.pressing import acknowledge, person_of, pressed, take_away
from handlers.team.access import deed_of
from handlers.telling import tell
from storage import attendances, events
from storage.models import Attendance, Event, EventState

ID = r"\d{1,9}"
MOST_NAMES = 50
COLUMNS = ("name", "reply", "replied", "reminders")


def register(app: App) -> None:
    """`evd:<number>:<act>`."""
    for act, handler in (
        ("keep", on_keep),
        (rf"invite:{ID}", on_invite),
        ("revise", on_revise),
        (rf"correct:{ID}", on_correct),
        ("cancel", on_sure),
        ("cancel!", on_cancel),
        ("who", on_who),
        ("export", on_export),
    ):
        app.add_handler(CallbackQueryHandler(handler, pattern=rf"^evd:{ID}:{act}$"))


async def on_keep(update: Update, context: Context) -> None:
    """Show an event to those who keep it: a draft goes on, of another one all that can be done."""
    event = await theirs(update, context)
    if event.state == EventState.DRAFT:
        await go_on(update, context, event)
    else:
        await _show(update, context, event)


async def on_invite(update: Update, context: Context) -> None:
    """Begin the announcement of a whole event; to whom and when is asked there. Raises EventBegun, Changed."""
    deed, (_, number, _, version) = await deed_of(update, context), pressed(update)
    zone = context.services.settings.timezone
    async with context.services.database.begin() as session:
        event = await drafting.of(session, int(number))
        check_kept(deed.access, event)
        if event.state == EventState.DRAFT and event.version != int(version):
            raise Changed
        made = await publishing.invite(
            session, event, deed.access.user_id, update_id=update.update_id, zone=zone, now=deed.now
        )
        await deed.note(session, Act.EVENT_INVITED, event.cluster, event=event.id, announcement=made.id)
    await announcing.go_on(update, context, made)


async def on_revise(update: Update, context: Context) -> None:
    """Begin a revision. Raises EventCancelled."""
    deed, event = await deed_of(update, context), await theirs(update, context)
    async with context.services.database.begin() as session:
        event = await drafting.of(session, event.id)
        made = await following.revise(session, event, deed.access.user_id, update_id=update.update_id, now=deed.now)
    await go_on(update, context, made)


async def on_correct(update: Update, context: Context) -> None:
    """Put a revision in the place of its event, and send the correction. Raises as bot.events.following.apply."""
    deed, (_, number, _, version) = await deed_of(update, context), pressed(update)
    async with context.services.database.begin() as session:
        event = await events.touched_by(session, update.update_id)
        if event is None:
            revision = await drafting.of(session, int(number))
            check_kept(deed.access, revision)
            if revision.version != int(version):
                raise Changed
            check_kept(deed.access, await drafting.of(session, revision.revises or 0))
            event, _ = await following.apply(session, revision, now=deed.now)
            event.touched_by = update.update_id
            await replying.move_up(session, event, now=deed.now)
            await replying.plan_reminders(session, event, now=deed.now)
            parts = ",".join(event.changed)
            await deed.note(session, Act.EVENT_CORRECTED, event.cluster, event=event.id, parts=parts)
        is_told = await events.is_told(session, event.id)
    context.services.broadcast.wake()
    await take_away(update)
    await tell(update, context, "events/corrected.html", {"is_told": is_told})


async def on_sure(update: Update, context: Context) -> None:
    """Ask before an event is cancelled."""
    event, language = await theirs(update, context), await language_of(update, context)
    keys = Buttons(context, event, language)
    buttons = [[keys.of("cancel_yes", "cancel!")], [keys.of("back", "keep")]]
    values = {"act": "cancel", "title": shown(context, event, language)["title"]}
    await take_away(update)
    await tell(update, context, "events/sure.html", values, buttons=lambda _: buttons)


async def on_cancel(update: Update, context: Context) -> None:
    """Cancel it, and tell everybody who knows of it."""
    deed, number = await deed_of(update, context), int(pressed(update)[1])
    async with context.services.database.begin() as session:
        await drafting.of(session, number)
        event = await events.locked(session, number)
        if event is None:
            raise NoSuchEvent
        check_kept(deed.access, event)
        await following.cancel(session, event, now=deed.now)
        await deed.note(session, Act.EVENT_CANCELLED, event.cluster, event=event.id)
        is_told = await events.is_told(session, event.id)
    context.services.broadcast.wake()
    await take_away(update)
    await tell(update, context, "events/called_off.html", {"is_told": is_told})


async def on_who(update: Update, context: Context) -> None:
    """Show who comes, by name; that it was looked at is noted. Raises NotAllowed."""
    event, language = await theirs(update, context), await language_of(update, context)
    found = await _replies(update, context, event, Act.EVENT_LISTED)
    keys = Buttons(context, event, language)
    buttons = [[keys.of("export", "export")], [keys.of("back", "keep")]]
    values = {
        "title": shown(context, event, language)["title"],
        "replies": [(label(context, f"state_{one.state}", language), one.name) for one in found[:MOST_NAMES]],
        "more": max(len(found) - MOST_NAMES, 0),
    }
    await take_away(update)
    await tell(update, context, "events/who.html", values, buttons=lambda _: buttons)


async def on_export(update: Update, context: Context) -> None:
    """Send who replied as a file for a spreadsheet. Raises NotAllowed."""
    event, language = await theirs(update, context), await language_of(update, context)
    found = await _replies(update, context, event, Act.EVENT_EXPORTED)
    await acknowledge(update)
    header = [label(context, f"column_{name}", language) for name in COLUMNS]
    content = table(header, [_row(context, one, language) for one in found])
    await context.bot.send_document(person_of(update), content, filename=f"event-{event.id}.csv")


async def _replies(update: Update, context: Context, event: Event, act: Act) -> list[Attendance]:
    """Read the replies, and note in the same transaction that somebody has."""
    deed = await deed_of(update, context)
    async with context.services.database.begin() as session:
        found = list(await attendances.listed(session, event.id))
        await deed.note(session, act, event.cluster, event=event.id, rows=len(found))
    return found


def _row(context: Context, one: Attendance, language: str) -> tuple[object, ...]:
    at = one.replied_at.astimezone(context.services.texts.zone)
    reminders = [
        label(context, f"before_{minutes}", language)
        for minutes, bit in attendances.REMINDERS.items()
        if one.reminders & bit
    ]
    return one.name, label(context, f"state_{one.state}", language), f"{at:%Y-%m-%d %H:%M:%S}", ", ".join(reminders)


async def _show(update: Update, context: Context, event: Event) -> None:
    language = await language_of(update, context)
    async with context.services.database.read() as session:
        counts, is_told = await events.counts(session, event.id), await events.is_told(session, event.id)
    values = {**shown(context, event, language, counts=counts), "counts": counts, "is_told": is_told}
    await take_away(update)
    keys = _keys(Buttons(context, event, language))
    await tell(update, context, "events/keep.html", values, buttons=lambda _: keys)


def _keys(keys: Buttons) -> Keys:
    event = keys.event
    rows = [[keys.of("who", "who")]]
    if event.state == EventState.SUBMITTED and event.begins_at and event.begins_at > keys.context.services.clock():
        rows += [[keys.of("invite", f"invite:{event.version}")]]
        rows += [[keys.of("revise", "revise"), keys.of("cancel", "cancel")]]
    return rows
