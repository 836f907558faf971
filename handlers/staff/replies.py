"""What the staff writes in its chat: a reply to the firm's message or the card reaches the firm, all else is a note."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import CommandHandler, MessageHandler, filters

from bot.enquiries import Said, edited, from_staff
from bot.enquiries.desk import Meant, at_desk, meant_by_reply, meant_here
from bot.enquiries.errors import CannotPass, NothingMeant, NothingSaid
from handlers.answering import questions
from handlers.context import App, Context
from handlers.enquiries.said import said_of
from handlers.staff import canned
from handlers.staff.speaking import WRITTEN, Desk, desk_of, find_desk, post
from storage import enquiries

REPLY, WITHDRAW = "reply", "withdraw"


def register(app: App) -> None:
    """/reply, /withdraw, and everything that is written in groups; must stand before the questions."""
    groups = filters.ChatType.GROUPS
    app.add_handler(CommandHandler(REPLY, on_reply, groups & WRITTEN))
    app.add_handler(CommandHandler(WITHDRAW, on_withdraw, groups & WRITTEN))
    app.add_handler(MessageHandler(groups & filters.UpdateType.EDITED_MESSAGE, on_edited))
    app.add_handler(MessageHandler(groups & WRITTEN & ~filters.COMMAND & ~filters.StatusUpdate.ALL, on_message))


async def on_message(update: Update, context: Context) -> None:
    """Pass a reply on to the firm; leave notes alone, and questions of other groups to the answers."""
    message = _message(update)
    desk = await find_desk(update, context)
    if desk is None:
        await _ask(update, context, message)
        return
    answered = _answered(message)
    if answered is None:
        return
    async with context.services.database.read() as session:
        meant = await meant_by_reply(session, desk.chat_id, answered)
    if meant is not None:
        await _pass_on(context, desk, meant, said_of(message))


async def on_reply(update: Update, context: Context) -> None:
    """/reply TEXT, in a topic or as a reply to a message of the bot: pass the text on."""
    message, desk = _message(update), await desk_of(update, context)
    async with context.services.database.read() as session:
        meant = await meant_here(session, desk.chat_id, _answered(message), desk.topic)
    if meant is None:
        raise NothingMeant(command=f"/{REPLY}")
    said, text = said_of(message), _without_command(message.text or "")
    if not text:
        raise NothingSaid(command=f"/{REPLY}")
    await _pass_on(context, desk, meant, said and said._replace(text=text))


async def on_edited(update: Update, context: Context) -> None:
    """Let what the firm has received follow a change."""
    message = _message(update)
    desk = await find_desk(update, context)
    if desk is None:
        await _ask(update, context, message)
        return
    async with context.services.database.read() as session:
        entry = await enquiries.entry_at(session, desk.chat_id, message.message_id)
    if entry is None:
        return
    desk.require()
    text = _without_command(message.text or message.caption or "")
    async with context.services.database.begin() as session:
        await at_desk(session, entry.enquiry_id, desk.cluster)
        now, update_id = context.services.clock(), update.update_id
        await edited(session, desk.chat_id, message.message_id, text, update_id=update_id, now=now)
    context.services.outbox.wake()


async def on_withdraw(update: Update, context: Context) -> None:
    """/withdraw as a reply to one's own answer: take it back from the firm."""
    message, desk = _message(update), await desk_of(update, context)
    desk.require()
    answered = _answered(message)
    if answered is None:
        raise NothingMeant(command=f"/{WITHDRAW}")
    number = await canned.take_back(context, desk, answered)
    html = context.services.texts.render("staff/taken_back.html", desk.language, number=number)
    await post(context, desk, html, reply_to=message.message_id)


async def _pass_on(context: Context, desk: Desk, meant: Meant, said: Said | None) -> None:
    desk.require()
    if said is None:
        raise CannotPass
    services = context.services
    async with services.database.begin() as session:
        enquiry = await at_desk(session, meant.enquiry_id, desk.cluster)
        await from_staff(
            session,
            enquiry,
            said,
            desk.actor,
            desk.cluster,
            terms=desk.terms,
            asks=meant.asks,
            now=services.clock(),
        )
    services.outbox.wake()


async def _ask(update: Update, context: Context, message: Message) -> None:
    """Elsewhere a text that means the bot is a question, as in the private chat."""
    if message.text and not message.text.startswith("/") and questions.Addressed().filter(message):
        await questions.on_question(update, context)


def _answered(message: Message) -> int | None:
    """Return the message that is replied to; in a topic all answers its first message, which is no reply."""
    answered = message.reply_to_message
    if answered is None or answered.message_id == message.message_thread_id:
        return None
    return answered.message_id


def _without_command(text: str) -> str:
    """Return what follows /reply, or the text as it is."""
    command, *rest = text.split(maxsplit=1) or [""]
    return "".join(rest).strip() if command.partition("@")[0].casefold() == f"/{REPLY}" else text


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message  # noqa: S101  the filters promise it
    return message
