"""What the broadcast reports: to the author what becomes of an announcement, to who decides what is held."""

from __future__ import annotations

from telegram.error import TelegramError

from bot import logs
from bot.access import Action
from bot.access.rights import ALLOWED
from handlers.announcing.steps import Buttons, title_of
from handlers.context import App, Context
from handlers.people import language_for
from handlers.sending import say
from storage import digests, occurrences, staff
from storage.models import Announcement, Occurrence, OccurrenceState, Purpose

log = logs.get(__name__)

DECIDING = tuple(ALLOWED[Action.ANNOUNCE])
STOPPED = (OccurrenceState.PAUSED, OccurrenceState.HELD)
UNREPORTED = (Purpose.REMINDER, Purpose.MOVED_UP)
"""What goes out by itself, to few: it is in the report that one asks for, and told only when it stops."""
COUNTED = (OccurrenceState.PAUSED, OccurrenceState.FINISHED)


async def report(app: App, occurrence: Occurrence, *, restored: bool = False) -> None:
    """Tell that an announcement goes out, is held, was paused, or has gone to everybody.

    Its author is told; after a restore everybody who may decide, since the author may not be there any more.
    """
    context: Context = app.context_types.context(app)
    async with context.services.database.read() as session:
        announcement = await occurrences.announcement_of(session, occurrence.id)
        current = await occurrences.by_id(session, occurrence.id)
        counts = await occurrences.counts(session, occurrence.id)
        deciding = await staff.with_role(session, announcement.cluster, DECIDING) if announcement and restored else ()
    if announcement is None or current is None:
        return
    owners, is_standing = context.services.settings.owners, announcement.created_by == digests.NOBODY
    if (is_standing or current.purpose in UNREPORTED) and current.state not in STOPPED:
        return
    author = () if is_standing else (announcement.created_by,)
    people = {*author, *deciding, *(owners if restored or is_standing else ())}
    for person in sorted(people):
        await _tell(context, person, announcement, current, counts, restored=restored)


async def _tell(
    context: Context,
    person: int,
    announcement: Announcement,
    current: Occurrence,
    counts: dict[str, int],
    *,
    restored: bool,
) -> None:
    language = await language_for(context, person)
    keys, is_held = Buttons(context, announcement, language), current.state == OccurrenceState.HELD
    acts = [keys.of(act, f"{act}:{current.id}") for act in ("release", "skip")] if is_held else []
    html = context.services.texts.render(
        "announcements/report.html",
        language,
        state=current.state,
        restored=restored,
        title=title_of(announcement, language),
        due_at=current.due_at,
        audience=current.audience or 0,
        counts=counts if current.state in COUNTED or (restored and current.audience) else {},
    )
    try:
        await say(context, person, html, language=language, buttons=[acts] if acts else ())
    except TelegramError as error:
        log.warning("a report was not delivered", occurrence=current.id, exc_info=error)
