"""A reader presses a button of an event: comes or not, wants a reminder, takes the entry for the calendar."""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ParseMode
from telegram.ext import CallbackQueryHandler

from bot.events import calendar, drafting, replying
from bot.events.errors import NotYet
from bot.events.replying import Replier
from handlers.context import App, Context
from handlers.events.cards import card_of, label, shown
from handlers.people import language_of
from handlers.pressing import acknowledge, person_of, pressed
from handlers.sending import NO_PREVIEW, keyboard, rows_of
from storage import attendances, events
from storage.attendances import REMINDERS
from storage.models import Attendance, AttendanceState

ID = r"\d{1,9}"
MINUTES = "|".join(map(str, REMINDERS))
OWN = "ev:"
"""What the data of the buttons of a card begin with."""


def register(app: App) -> None:
    """`ev:<number>:<act>`."""
    app.add_handler(CallbackQueryHandler(on_reply, pattern=rf"^ev:{ID}:({'|'.join(replying.ANSWERS)})$"))
    app.add_handler(CallbackQueryHandler(on_reminder, pattern=rf"^ev:{ID}:remind:({MINUTES})$"))
    app.add_handler(CallbackQueryHandler(on_calendar, pattern=rf"^ev:{ID}:ics$"))


async def on_reply(update: Update, context: Context) -> None:
    """Keep the reply, say what it means, and show it in the card; whoever moves up by it is told."""
    (_, number, answer), user = pressed(update), update.effective_user
    assert user  # noqa: S101  only people press
    who = Replier(user.id, user.full_name, await language_of(update, context))
    async with context.services.database.begin() as session:
        own = await replying.reply(session, int(number), who, answer, now=context.services.clock())
        place = await attendances.place_in_line(session, own) if own.state == AttendanceState.WAITING else 0
    context.services.broadcast.wake()
    await _confirm(update, context, label(context, f"noted_{own.state}", who.language, place=place), own)


async def on_reminder(update: Update, context: Context) -> None:
    """Take a reminder in or out."""
    _, number, _, minutes = pressed(update)
    async with context.services.database.begin() as session:
        own = await replying.switch_reminder(
            session,
            int(number),
            person_of(update),
            int(minutes),
            update_id=update.update_id,
            now=context.services.clock(),
        )
    is_on = bool(own.reminders & REMINDERS[int(minutes)])
    text = label(context, "noted_reminder" if is_on else "noted_no_reminder", await language_of(update, context))
    await _confirm(update, context, text, own)


async def on_calendar(update: Update, context: Context) -> None:
    """Send the entry for the calendar. Raises NoSuchEvent, NotYet."""
    language = await language_of(update, context)
    async with context.services.database.read() as session:
        event = await drafting.of(session, int(pressed(update)[1]))
        if not await events.is_told(session, event.id):
            raise NotYet
    organiser = ", ".join(shown(context, event, language)["clusters"])
    file = calendar.write(event, language, organiser, now=context.services.clock())
    await acknowledge(update)
    await context.bot.send_document(person_of(update), file.content, filename=file.name)


async def _confirm(update: Update, context: Context, text: str, own: Attendance) -> None:
    """Answer the press, and show the card in place of the message; other buttons below it stay."""
    query, language = update.callback_query, await language_of(update, context)
    assert query  # noqa: S101  only buttons come here
    await query.answer(text)
    if not isinstance(query.message, Message):
        return
    async with context.services.database.read() as session:
        event = await drafting.of(session, own.event_id)
    card = await card_of(context, event, own.person_id, language)
    others = [row for row in rows_of(query.message.reply_markup) if not row[0][1].startswith(OWN)]
    await query.edit_message_text(
        card.html,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard([*card.buttons, *others]),
    )
