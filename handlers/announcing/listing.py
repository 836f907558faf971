"""/announcements: what goes out when, of which cluster, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from bot.access import ALL, Access, Act, Action, require
from bot.access.exporting import table
from bot.announcements import acting, drafting
from bot.names import CLUSTERS
from handlers.announcing.composing import ID, go_on, theirs
from handlers.announcing.parties import check_theirs
from handlers.announcing.steps import LABELS, Buttons, shown, title_of
from handlers.context import App, Context
from handlers.events.cards import label as event_label
from handlers.people import language_of
from handlers.pressing import acknowledge, person_of, pressed, short, take_away
from handlers.sending import Button, Rows, say
from handlers.team.access import access_of, cluster_label, deed_of
from handlers.telling import tell
from storage import announcements, digests, funding, occurrences
from storage.models import Announcement, AnnouncementState, Delivery, Occurrence, OccurrenceState

MOST = 20
CHANGEABLE = (AnnouncementState.SCHEDULED, AnnouncementState.PAUSED, AnnouncementState.DONE)
"""States in which the facts of a funding call can still be changed, beside the draft."""
COLUMNS = ("due", "person", "language", "state", "error", "sent")
ACTS = {
    "pause": Act.ANNOUNCEMENT_PAUSED,
    "resume": Act.ANNOUNCEMENT_RESUMED,
    "cancel": Act.ANNOUNCEMENT_CANCELLED,
    "drop": Act.ANNOUNCEMENT_DELETED,
    "release": Act.ANNOUNCEMENT_RELEASED,
    "skip": Act.ANNOUNCEMENT_SKIPPED,
}


def register(app: App) -> None:
    """/announcements, also as /calendar, and the buttons below each."""
    app.add_handler(CommandHandler(("announcements", "calendar"), on_list, filters.ChatType.PRIVATE))
    app.add_handler(CallbackQueryHandler(on_open, pattern=rf"^ann:{ID}:open$"))
    app.add_handler(CallbackQueryHandler(on_act, pattern=rf"^ann:{ID}:(pause|resume|drop!|cancel!)$"))
    app.add_handler(CallbackQueryHandler(on_act, pattern=rf"^ann:{ID}:(release|skip):{ID}$"))
    app.add_handler(CallbackQueryHandler(on_sure, pattern=rf"^ann:{ID}:(drop|cancel)$"))
    app.add_handler(CallbackQueryHandler(on_copy, pattern=rf"^ann:{ID}:copy$"))
    app.add_handler(CallbackQueryHandler(on_report, pattern=rf"^ann:{ID}:report$"))
    app.add_handler(CallbackQueryHandler(on_export, pattern=rf"^ann:{ID}:export$"))


async def on_list(update: Update, context: Context) -> None:
    """List what is to come and what has been, a button each."""
    access, language = await access_of(update, context), await language_of(update, context)
    require(access, Action.ANNOUNCE)
    async with context.services.database.read() as session:
        found = await announcements.listed(session, _clusters(access), access.user_id, limit=MOST)
    lines = [
        {
            "title": title_of(one, language),
            "cluster": cluster_label(context, one.cluster, language) if one.cluster else "",
            "state": drafting.state_of(one, is_open=due is not None),
            "due_at": due,
        }
        for one, due in found
    ]
    label = context.services.texts.label
    buttons = [
        [
            (
                label("open", language, source=LABELS, number=place, title=short(title_of(one, language))),
                f"ann:{one.id}:open",
            )
        ]
        for place, (one, _) in enumerate(found, start=1)
    ]
    await tell(update, context, "announcing/list.html", {"lines": lines}, buttons=lambda _: buttons)


async def on_open(update: Update, context: Context) -> None:
    """Show one with all that can be done about it."""
    await show(update, context, await theirs(update, context))


async def show(update: Update, context: Context, announcement: Announcement) -> None:
    """Show an announcement in place of the buttons that were pressed."""
    language = await language_of(update, context)
    values = await shown(context, announcement, language)
    html = context.services.texts.render("announcing/detail.html", language, **values)
    await take_away(update)
    keys = _keys(Buttons(context, announcement, language), values["sendings"])
    await say(context, person_of(update), html, language=language, buttons=keys)


async def on_act(update: Update, context: Context) -> None:
    """Do what a button says, note it, and show what has become of it."""
    deed, (_, number, act, *value) = await deed_of(update, context), pressed(update)
    name = act.rstrip("!")
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, int(number))
        check_theirs(deed.access, announcement)
        if value:
            await acting.decide(session, announcement, name, int(value[0]), now=deed.now)
        else:
            await acting.DOERS[name](session, announcement)
        await deed.note(session, ACTS[name], announcement.cluster or None, announcement=int(number))
    context.services.broadcast.wake()
    if name == "drop":
        await take_away(update)
        await tell(update, context, "announcing/dropped.html")
    else:
        await show(update, context, announcement)


async def on_sure(update: Update, context: Context) -> None:
    """Ask before something is deleted or ended."""
    announcement, language = await theirs(update, context), await language_of(update, context)
    keys, act = Buttons(context, announcement, language), pressed(update)[2]
    buttons = [[keys.of(f"{act}_yes", f"{act}!")], [keys.of("back", "open")]]
    await take_away(update)
    values = {"title": title_of(announcement, language), "act": act}
    await tell(update, context, "announcing/sure.html", values, buttons=lambda _: buttons)


async def on_copy(update: Update, context: Context) -> None:
    """Make a draft of it, and ask when."""
    original, deed = await theirs(update, context), await deed_of(update, context)
    person, zone = deed.access.user_id, context.services.settings.timezone
    async with context.services.database.begin() as session:
        made = await announcements.copy(
            session, original, update_id=update.update_id, person_id=person, zone=zone, now=deed.now
        )
        if call := await funding.by_id(session, funding.number_in(original.subject) or 0):
            await funding.copy(session, call, made, now=deed.now)
        note = Act.ANNOUNCEMENT_COPIED
        await deed.note(session, note, original.cluster or None, announcement=made.id, of=original.id)
    await go_on(update, context, made)


async def on_report(update: Update, context: Context) -> None:
    """Show how many recipients are in which state, sending by sending."""
    announcement, language = await theirs(update, context), await language_of(update, context)
    async with context.services.database.read() as session:
        found = await announcements.sendings(session, announcement.id)
        counted = [(one, await occurrences.counts(session, one.id)) for one in found[:MOST]]
    await take_away(update)
    keys = Buttons(context, announcement, language)
    buttons = [[keys.of("export", "export")], [keys.of("back", "open")]]
    values = {"title": title_of(announcement, language), "sendings": counted}
    await tell(update, context, "announcing/counts.html", values, buttons=lambda _: buttons)


async def on_export(update: Update, context: Context) -> None:
    """Send what became of each recipient, as a file for a spreadsheet."""
    announcement, deed = await theirs(update, context), await deed_of(update, context)
    texts, language = context.services.texts, await language_of(update, context)
    async with context.services.database.begin() as session:
        rows = await announcements.results(session, announcement.id)
        note = Act.ANNOUNCEMENT_EXPORTED
        await deed.note(session, note, announcement.cluster, announcement=announcement.id, rows=len(rows))
    await acknowledge(update)
    header = [texts.label(f"column_{name}", language, source=LABELS) for name in COLUMNS]
    content = table(header, [_row(occurrence, one, texts.zone) for occurrence, one in rows])
    await context.bot.send_document(person_of(update), content, filename=f"announcement-{announcement.id}.csv")


def _row(occurrence: Occurrence, one: Delivery, zone: ZoneInfo) -> tuple[object, ...]:
    due, sent = (f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if at else "" for at in (occurrence.due_at, one.sent_at))
    return due, one.person_id, one.language, one.state, one.error, sent


def _clusters(access: Access) -> list[str]:
    """Return for which clusters a person may announce; `*`: for all together."""
    return [*access.clusters(Action.ANNOUNCE, CLUSTERS), *([ALL] if access.allows(Action.ANNOUNCE, ALL) else [])]


def _keys(keys: Buttons, sendings: Sequence[Occurrence]) -> Rows:
    """Return what can be done about an announcement in its state."""
    state = keys.announcement.state
    held = [one for one in sendings if one.state == OccurrenceState.HELD]
    stopped = any(one.state == OccurrenceState.PAUSED for one in sendings)
    is_on = state == AnnouncementState.SCHEDULED and any(one.state in announcements.OPEN for one in sendings)
    rows: list[list[Button]] = [
        [keys.of("release", f"release:{one.id}"), keys.of("skip", f"skip:{one.id}")] for one in held
    ]
    if state == AnnouncementState.DRAFT:
        rows += [[keys.of("go_on", "show"), keys.of("drop", "drop")]]
    if state == AnnouncementState.PAUSED or stopped:
        rows.append([keys.of("resume", "resume")])
    elif is_on:
        rows.append([keys.of("pause", "pause")])
    report = [keys.of("report", "report")] if sendings else []
    if keys.announcement.created_by == digests.NOBODY:
        # What goes out every week by itself can be stopped for a while, and is neither ended nor copied.
        return [*rows, report]
    if state in (AnnouncementState.WAITING, AnnouncementState.PAUSED) or is_on:
        rows.append([keys.of("cancel", "cancel")])
    return [*rows, *_subject(keys), [keys.of("copy", "copy"), *report]]


def _subject(keys: Buttons) -> list[list[Button]]:
    """Return the way to what an announcement is about."""
    if funding.number_in(keys.announcement.subject) is not None and keys.announcement.state in CHANGEABLE:
        return [[keys.of("change_call", "facts")]]
    if acting.is_about_event(keys.announcement):
        number = (keys.announcement.subject or "").rpartition(":")[2]
        return [[(event_label(keys.context, "keep", keys.language), f"evd:{number}:keep")]]
    return []
