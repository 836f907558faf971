"""Prepared texts for the firm, in its language: shown first, sent when the staff member says so."""

from __future__ import annotations

from typing import NamedTuple

from telegram import CallbackQuery, Message, Update
from telegram.constants import ParseMode
from telegram.ext import CallbackQueryHandler

from bot.enquiries import Said, from_staff, withdraw
from bot.enquiries.acting import check_unclosed
from bot.enquiries.cards import language_name
from bot.enquiries.desk import at_desk, own_answer
from bot.enquiries.errors import NothingMeant
from handlers.context import App, Context
from handlers.pressing import pressed
from handlers.sending import Button, keyboard
from handlers.staff.speaking import LABELS as MENU_LABELS
from handlers.staff.speaking import Desk, desk_of, post
from handlers.team.access import cluster_names
from storage.models import Enquiry

LABELS = "staff/canned.html"
CANNED = ("received", "details", "elsewhere", "appointment", "event", "thanks")
"""Each has a label (its name) and a text (`<name>_text`) in LABELS."""
NAMES = "|".join(CANNED)


class Choice(NamedTuple):
    """A pressed button: a text by its name, or one of those under its preview."""

    query: CallbackQuery
    message: Message
    desk: Desk
    enquiry_id: int
    name: str


def register(app: App) -> None:
    """A chosen text, and the buttons under its preview."""
    app.add_handler(CallbackQueryHandler(on_chosen, pattern=rf"^staff:\d{{1,9}}:canned:(?:{NAMES})$"))
    app.add_handler(CallbackQueryHandler(on_send, pattern=rf"^staff:\d{{1,9}}:send:(?:{NAMES})$"))
    app.add_handler(CallbackQueryHandler(on_drop, pattern=r"^staff:\d{1,9}:drop$"))
    app.add_handler(CallbackQueryHandler(on_withdraw, pattern=r"^staff:\d{1,9}:unsend$"))


async def on_chosen(update: Update, context: Context) -> None:
    """Show what the firm would read."""
    choice = await _choice(update, context)
    desk = choice.desk
    async with context.services.database.read() as session:
        enquiry = await at_desk(session, choice.enquiry_id, desk.cluster)
    check_unclosed(enquiry)
    await choice.query.answer()
    send = _button(context, choice, "send", f"send:{choice.name}")
    html = _preview(context, desk, enquiry, choice.name, state="preview")
    buttons = [[send], [_button(context, choice, "drop", "drop")]]
    await post(context, desk, html, reply_to=choice.message.message_id, buttons=buttons)


async def on_send(update: Update, context: Context) -> None:
    """Send it to the firm; the preview stays as the message that was sent, to be withdrawn like any other."""
    choice = await _choice(update, context)
    services, desk, message = context.services, choice.desk, choice.message
    async with services.database.begin() as session:
        enquiry = await at_desk(session, choice.enquiry_id, desk.cluster)
        text = text_of(context, desk, enquiry, choice.name)
        said = Said(desk.chat_id, message.message_id, desk.actor.user_id, text=text)
        await from_staff(session, enquiry, said, desk.actor, desk.cluster, terms=desk.terms, now=services.clock())
    services.outbox.wake()
    await choice.query.answer()
    html = _preview(context, desk, enquiry, choice.name, state="sent")
    buttons = [[_button(context, choice, "unsend", "unsend")]]
    await message.edit_text(html, parse_mode=ParseMode.HTML, reply_markup=keyboard(buttons))


async def on_drop(update: Update, context: Context) -> None:
    """Take the preview away."""
    choice = await _choice(update, context)
    await choice.query.answer()
    await choice.message.delete()


async def on_withdraw(update: Update, context: Context) -> None:
    """Take back what was sent."""
    choice = await _choice(update, context)
    number = await take_back(context, choice.desk, choice.message.message_id)
    await choice.query.answer()
    html = context.services.texts.render("staff/taken_back.html", choice.desk.language, number=number)
    await choice.message.edit_text(html, parse_mode=ParseMode.HTML)


async def take_back(context: Context, desk: Desk, message_id: int) -> str:
    """Withdraw the answer that a message of the staff chat is; return the enquiry's number. Raises NotYours."""
    services = context.services
    async with services.database.begin() as session:
        entry = await own_answer(session, desk.chat_id, message_id, desk.actor.user_id)
        enquiry = await at_desk(session, entry.enquiry_id, desk.cluster)
        await withdraw(session, enquiry, entry, desk.actor, now=services.clock())
    services.outbox.wake()
    return enquiry.number


def text_of(context: Context, desk: Desk, enquiry: Enquiry, name: str) -> str:
    """Return a prepared text in the language of the firm."""
    cluster = cluster_names(context)[desk.cluster]
    label = context.services.texts.label
    return label(f"{name}_text", enquiry.language, source=LABELS, cluster=cluster, number=enquiry.number)


async def _choice(update: Update, context: Context) -> Choice:
    desk, query = await desk_of(update, context), update.callback_query
    desk.require()
    assert query  # noqa: S101  the pattern promises it
    if not isinstance(query.message, Message):
        raise NothingMeant(command="/reply")
    _, number, _, *name = pressed(update)
    return Choice(query, query.message, desk, int(number), "".join(name))


def _preview(context: Context, desk: Desk, enquiry: Enquiry, name: str, *, state: str) -> str:
    values = {"number": enquiry.number, "text": text_of(context, desk, enquiry, name), "by": desk.actor.name}
    firms_language = language_name(enquiry.language, desk.language)
    return context.services.texts.render(
        "staff/canned_preview.html", desk.language, state=state, firms_language=firms_language, **values
    )


def _button(context: Context, choice: Choice, label: str, act: str) -> Button:
    text = context.services.texts.label(label, choice.desk.language, source=MENU_LABELS)
    return text, f"staff:{choice.enquiry_id}:{act}"
