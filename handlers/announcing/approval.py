"""An announcement is scheduled, or a second person agrees to it or gives it back with a reason."""

from __future__ import annotations

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import CallbackQueryHandler

from bot import logs
from bot.access import ALL, Access, Act, Action, Role, require
from bot.announcements import drafting, submitting
from bot.announcements.drafting import Field
from bot.announcements.errors import NobodyToApprove, NotADraft, SecondPerson
from handlers.announcing.composing import ID, content_of, theirs
from handlers.announcing.delivery import show
from handlers.announcing.steps import Buttons, shown, title_of
from handlers.context import App, Context
from handlers.people import language_for, language_of
from handlers.pressing import pressed, take_away
from handlers.sending import say
from handlers.team.access import access_by_id, access_of, deed_of, inform
from handlers.telling import tell
from storage import staff
from storage.models import Announcement, AnnouncementState

log = logs.get(__name__)


def register(app: App) -> None:
    """Schedule, approve, reject."""
    app.add_handler(CallbackQueryHandler(on_go, pattern=rf"^ann:{ID}:go:{ID}$"))
    app.add_handler(CallbackQueryHandler(on_approve, pattern=rf"^ann:{ID}:approve:{ID}$"))
    app.add_handler(CallbackQueryHandler(on_reject, pattern=rf"^ann:{ID}:reject:{ID}$"))


async def on_go(update: Update, context: Context) -> None:
    """Schedule what was shown, or ask a second person."""
    announcement, deed, version = await theirs(update, context), await deed_of(update, context), int(pressed(update)[3])
    approvers = await _approvers(context, announcement, deed.access.user_id)
    if submitting.needs_approval(announcement) and not approvers:
        raise NobodyToApprove
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, announcement.id)
        if announcement.touched_by != update.update_id:
            drafting.check_version(announcement, version)
            await submitting.submit(session, announcement, deed.access.user_id, now=deed.now)
            announcement.touched_by = update.update_id
        waits = announcement.state == AnnouncementState.WAITING
        act = Act.ANNOUNCEMENT_SUBMITTED if waits else Act.ANNOUNCEMENT_SCHEDULED
        await deed.note(session, act, announcement.cluster, announcement=announcement.id)
    context.services.broadcast.wake()
    await take_away(update)
    language = await language_of(update, context)
    await tell(update, context, "announcing/scheduled.html", await shown(context, announcement, language))
    if waits:
        for person in approvers:
            await _ask_approval(context, announcement, person)


async def on_approve(update: Update, context: Context) -> None:
    """Agree to what was shown; it is scheduled. Raises NotAllowed, SecondPerson, Changed, NotADraft, TimePassed."""
    deed, (_, number, _, version) = await deed_of(update, context), pressed(update)
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, int(number))
        if announcement.touched_by != update.update_id:
            _check_second(deed.access, announcement)
            drafting.check_version(announcement, int(version))
            await submitting.put_on(session, announcement, now=deed.now)
            announcement.approved_by, announcement.touched_by = deed.access.user_id, update.update_id
            await deed.note(session, Act.ANNOUNCEMENT_APPROVED, announcement.cluster, announcement=announcement.id)
    context.services.broadcast.wake()
    await take_away(update)
    language = await language_of(update, context)
    await tell(update, context, "announcing/scheduled.html", await shown(context, announcement, language))
    await inform(context, announcement.created_by, "announcing/approved.html", title=title_of(announcement, language))


async def on_reject(update: Update, context: Context) -> None:
    """Ask for the reason. Raises NotAllowed, SecondPerson, Changed, NotADraft."""
    access, (_, number, _, version) = await access_of(update, context), pressed(update)
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, int(number))
        _check_second(access, announcement)
        drafting.check_version(announcement, int(version))
        await drafting.ask(session, announcement, Field.REASON, access.user_id, update_id=update.update_id)
    await take_away(update)
    await tell(update, context, "announcing/reason.html")


async def take_reason(update: Update, context: Context, announcement: Announcement, reason: str) -> None:
    """Give the announcement back with what was written. Raises NotAllowed, SecondPerson, NotADraft."""
    if not reason.strip():
        await tell(update, context, "announcing/reason.html")
        return
    deed = await deed_of(update, context)
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, announcement.id)
        _check_second(deed.access, announcement)
        submitting.reject(announcement, reason, now=deed.now)
        await deed.note(session, Act.ANNOUNCEMENT_REJECTED, announcement.cluster, announcement=announcement.id)
    title = title_of(announcement, await language_of(update, context))
    await tell(update, context, "announcing/rejected.html", {"title": title, "reason": None})
    values = {"title": title, "reason": announcement.rejection}
    await inform(context, announcement.created_by, "announcing/rejected.html", **values)


def _check_second(access: Access, announcement: Announcement) -> None:
    require(access, Action.APPROVE, ALL)
    if not submitting.may_approve(announcement, access.user_id):
        raise SecondPerson
    if announcement.state != AnnouncementState.WAITING:
        raise NotADraft


async def _approvers(context: Context, announcement: Announcement, submitter: int) -> list[int]:
    """Return who else may agree: administrators of all clusters, and the owners."""
    async with context.services.database.read() as session:
        known = await staff.with_role(session, ALL, [Role.ADMIN])
    people = sorted({*known, *context.services.settings.owners} - {announcement.created_by, submitter})
    return [person for person in people if (await access_by_id(context, person)).allows(Action.APPROVE, ALL)]


async def _ask_approval(context: Context, announcement: Announcement, person: int) -> None:
    """Show somebody each language as it is sent, then the facts and the buttons; who cannot be reached is left out."""
    language = await language_for(context, person)
    keys, version = Buttons(context, announcement, language), announcement.version
    buttons = [[keys.of("approve", f"approve:{version}")], [keys.of("reject", f"reject:{version}")]]
    values = await shown(context, announcement, language)
    html = context.services.texts.render("announcing/approval.html", language, **values)
    try:
        for known in announcement.texts:
            await show(context, content_of(announcement), person, known)
        await say(context, person, html, language=language, buttons=buttons)
    except TelegramError as error:
        log.info("an approver was not asked", error=type(error).__name__)
