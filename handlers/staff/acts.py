"""The buttons of a card: each act is allowed or refused here, done in one transaction, and shown by the card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from telegram import CallbackQuery, Message, Update
from telegram.ext import CallbackQueryHandler

from bot.access import Action
from bot.enquiries.acting import check_leads, check_unclosed
from bot.enquiries.desk import at_desk
from bot.enquiries.doing import DOINGS, Doer, do
from bot.enquiries.planning import clusters_at_work
from bot.enquiries.reading import transcript
from bot.names import CLUSTERS
from handlers.context import App, Context
from handlers.pressing import pressed
from handlers.sending import keyboard
from handlers.staff import transcripts
from handlers.staff.menus import MENUS, OUTCOMES, menu
from handlers.staff.speaking import LABELS, Desk, desk_of, post
from storage import enquiries

OTHERS = "|".join(CLUSTERS)
ENDS = "|".join(OUTCOMES)
ACTS = (
    r"menu|claim|wait|back|answer|ask|history|block!?|unblock|reopen|ready|unready|canned"
    rf"|(?:hand|bring)(?:!?:(?:{OTHERS}))?|close(?::(?:{ENDS}))?"
)
ALLOWED = {**dict.fromkeys(("block", "block!", "unblock"), Action.BLOCK_PERSON), "history": Action.SEE_ENQUIRY}
"""What an act takes; all others take the right to answer."""


class Press(NamedTuple):
    """A pressed button of a card."""

    query: CallbackQuery
    message: Message
    desk: Desk
    enquiry_id: int
    act: str
    value: str


def register(app: App) -> None:
    """`staff:<enquiry>:<act>[:<value>]`, in staff chats."""
    app.add_handler(CallbackQueryHandler(on_act, pattern=rf"^staff:\d{{1,9}}:(?:{ACTS})$"))


async def on_act(update: Update, context: Context) -> None:
    """Do what a button says, or show the menu that it opens."""
    desk, query = await desk_of(update, context), update.callback_query
    _, number, act, *value = pressed(update)
    desk.require(ALLOWED.get(act, Action.ANSWER_ENQUIRY))
    assert query  # noqa: S101  the handler promises it
    if not isinstance(query.message, Message):
        # Too old to be changed; the card is sent anew with the next event.
        await query.answer(context.services.texts.label("old_button", desk.language))
        return
    press = Press(query, query.message, desk, int(number), act, "".join(value))
    await _way(press)(context, press)


def _way(press: Press) -> Callable[[Context, Press], Awaitable[None]]:
    if press.act in {"answer", "ask"}:
        return _prompt
    if press.act == "history":
        return _history
    # Outcomes are a menu first; a cluster is asked about once more.
    opens = press.act in MENUS and not (press.act == "close" and press.value)
    return _menu if opens else _do


async def _do(context: Context, press: Press) -> None:
    services, desk = context.services, press.desk
    doer = Doer(desk.actor, desk.cluster, desk.terms, services.clock(), press.value)
    async with services.database.begin() as session:
        place = await do(session, press.enquiry_id, press.act, doer)
    services.outbox.wake()
    name = f"done_{press.act.rstrip('!')}"
    known = press.act in DOINGS and press.act != "menu"
    await press.query.answer(services.texts.label(name, desk.language, source=LABELS) if known else None)
    if press.message.message_id != place.card_message_id:
        # A reminder, say: its buttons have had their use, and the outbox shows the card alone.
        await press.query.edit_message_reply_markup(None)


async def _menu(context: Context, press: Press) -> None:
    async with context.services.database.read() as session:
        enquiry = await at_desk(session, press.enquiry_id, press.desk.cluster)
        at_work = await clusters_at_work(session, enquiry)
    check_unclosed(enquiry)
    if press.act == "close":
        check_leads(enquiry, press.desk.cluster)
    name = f"sure_about_{press.act}" if press.value or press.act == "block" else f"choose_{press.act}"
    await press.query.answer(context.services.texts.label(name, press.desk.language, source=LABELS))
    rows = menu(context, press.desk, enquiry, press.act, cluster=press.value, at_work=at_work)
    await press.query.edit_message_reply_markup(keyboard(rows))


async def _prompt(context: Context, press: Press) -> None:
    """Open a reply in the app of the person: what they answer there goes to the firm."""
    services, desk = context.services, press.desk
    async with services.database.read() as session:
        enquiry = await at_desk(session, press.enquiry_id, desk.cluster)
    check_unclosed(enquiry)
    await press.query.answer()
    values = {"number": enquiry.number, "person": desk.actor.user_id, "by": desk.actor.name}
    html = services.texts.render("staff/prompt.html", desk.language, asks=press.act == "ask", **values)
    placeholder = services.texts.label(f"field_{press.act}", desk.language, source=LABELS)
    sent = await post(context, desk, html, reply_to=press.message.message_id, prompt=placeholder)
    async with services.database.begin() as session:
        await enquiries.note_relayed(session, desk.chat_id, [sent.message_id], enquiry_id=enquiry.id, kind=press.act)


async def _history(context: Context, press: Press) -> None:
    services, desk = context.services, press.desk
    async with services.database.begin() as session:
        enquiry = await at_desk(session, press.enquiry_id, desk.cluster)
        found = await transcript(session, enquiry, desk.actor, (desk.cluster,), now=services.clock())
    await press.query.answer()
    await transcripts.send(
        context, desk.chat_id, found, desk.language, topic=desk.topic, reply_to=press.message.message_id
    )
