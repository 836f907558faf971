"""What is typed for a draft event, and a calendar file that somebody who may announce sends; a command leaves it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from telegram import Document, Message, Update
from telegram.ext import MessageHandler, filters

from bot.access import Access, Act, Action
from bot.events import drafting, filling, importing, reading
from bot.events.drafting import Field
from bot.events.errors import BadCalendar
from bot.events.reading import Fault, Read
from handlers.context import App, Context
from handlers.events.cards import label
from handlers.events.composing import go_on
from handlers.events.keeping import check_kept
from handlers.events.steps import ask_step
from handlers.people import language_of
from handlers.pressing import person_of, short
from handlers.team.access import deed_of
from handlers.telling import tell
from storage import announcements, events
from storage.models import Event

BEFORE = -3
"""The group of handlers that see a command before it is obeyed, and before announcements do."""
ENDINGS = (".ics", ".ical", ".ifb", ".vcs")
CALENDAR = "text/calendar"


def register(app: App) -> None:
    """Every command leaves the draft."""
    command = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.COMMAND
    app.add_handler(MessageHandler(command, on_command), group=BEFORE)


async def on_command(update: Update, context: Context) -> None:
    """Stop asking, and say that the draft is kept."""
    async with context.services.database.begin() as session:
        asking = await events.asking(session, person_of(update))
        if asking is not None:
            await events.stop_asking(session, person_of(update))
    if asking is not None:
        await tell(update, context, "events/kept.html")


async def take(update: Update, context: Context, message: Message, access: Access) -> bool:
    """Give a message to the draft that asks for something, or begin one with a calendar file; return whether it was."""
    if not access.allows(Action.ANNOUNCE):
        return False
    if message.document is not None and _is_calendar(message.document) and update.edited_message is None:
        await _import(update, context, message.document)
        return True
    async with context.services.database.read() as session:
        event = await events.asking(session, message.chat_id)
    if event is None:
        return False
    check_kept(access, event)
    if update.edited_message is not None:
        # What was written before is changed with its button; here the question stands.
        language = await language_of(update, context)
        await ask_step(context, event, Field(event.asks or ""), message.chat_id, language)
    elif message.text is None:
        await tell(update, context, "events/only_text.html")
    else:
        await go_on(update, context, await _fill(update, context, event, message))
    return True


async def _fill(update: Update, context: Context, asking: Event, message: Message) -> Event:
    """Fill the field that is asked for, once for an update."""
    deed, field = await deed_of(update, context), Field(asking.asks or "")
    is_text = field in (Field.GERMAN, Field.ENGLISH)
    async with context.services.database.begin() as session:
        event = await drafting.of(session, asking.id)
        if event.touched_by != update.update_id:
            drafting.check_draft(event)
            filling.fill(event, field, message.text_html if is_text else message.text or "", now=deed.now)
            drafting.answer(event, field, now=deed.now)
            event.touched_by = update.update_id
            await deed.note(session, Act.EVENT_CHANGED, event.cluster or None, event=event.id, part=field)
    return event


def _is_calendar(document: Document) -> bool:
    return document.mime_type == CALENDAR or (document.file_name or "").casefold().endswith(ENDINGS)


async def _import(update: Update, context: Context, document: Document) -> None:
    """Make a draft of the only event in a file, or let one of several be chosen. Raises BadCalendar."""
    services, deed = context.services, await deed_of(update, context)
    if (document.file_size or 0) > reading.MOST_BYTES:
        raise BadCalendar(reason=Fault.TOO_LARGE)
    file = await context.bot.get_file(document.file_id)
    content = bytes(await file.download_as_bytearray())
    found = reading.read(content, ZoneInfo(services.settings.timezone), now=deed.now)
    async with services.database.begin() as session:
        event = await events.begin(
            session,
            update_id=update.update_id,
            person_id=deed.access.user_id,
            zone=services.settings.timezone,
            now=deed.now,
        )
        if event.touched_by != update.update_id:
            event.touched_by, event.choices = update.update_id, found
            if len(found) == 1:
                importing.keep(event, found[0], now=deed.now)
            await events.stop_asking(session, deed.access.user_id)
            await announcements.stop_asking(session, deed.access.user_id)
            await deed.note(session, Act.EVENT_BEGUN, event=event.id)
    if event.choices:
        await _choose(update, context, event, found)
    else:
        await go_on(update, context, event)


async def _choose(update: Update, context: Context, event: Event, found: list[Read]) -> None:
    language = await language_of(update, context)
    lines = importing.listed(found)
    buttons = [
        [
            (
                label(context, "open", language, number=place, title=short(one["title"])),
                f"evd:{event.id}:take:{place - 1}",
            )
        ]
        for place, one in enumerate(lines, start=1)
    ]
    await tell(update, context, "events/choose.html", {"lines": lines}, buttons=lambda _: buttons)
