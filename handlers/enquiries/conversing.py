"""What a firm writes goes to the enquiry that it belongs to; towards a person who talks to staff the bot is silent.

A reply to a message about an enquiry goes to that enquiry. Other messages go to the draft that asks for something, or
to the enquiry in which staff holds the chat: whichever spoke last.
"""

from __future__ import annotations

from telegram import Message, Update
from telegram.constants import ChatType

from bot.enquiries import edited, fields, from_firm, passing
from handlers.announcing import typed
from handlers.context import Context
from handlers.enquiries import drafts as writing
from handlers.enquiries import rating
from handlers.enquiries.said import said_of
from handlers.events import typed as event_typed
from handlers.signs import sign
from handlers.team.access import access_of
from handlers.telling import tell
from storage import drafts, enquiries
from storage.models import Draft, Enquiry


async def take(update: Update, context: Context) -> bool:
    """Pass a message on that is no question to the bot; return whether it was one."""
    message = update.effective_message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return False
    if update.edited_message is not None:
        return (
            await _follow(update, context, message)
            or await _take_for_draft(update, context, message)
            or await writing.take(update, context, message)
        )
    if await _take_reply(update, context, message):
        return True
    if await _take_for_draft(update, context, message):
        return True
    held = await _held(context, message)
    if held is None:
        return await writing.take(update, context, message)
    await pass_on(update, context, message, held.id)
    return True


async def _take_for_draft(update: Update, context: Context, message: Message) -> bool:
    """Give a message of somebody of the staff to the event or the announcement that they write."""
    access = await access_of(update, context)
    if not access.is_staff:
        return False
    return await event_typed.take(update, context, message, access) or await typed.take(
        update, context, message, access
    )


async def pass_on(update: Update, context: Context, message: Message, enquiry_id: int) -> None:
    """Give a message to an enquiry of the person. Raises MessageRefused, TooFast, NotReopened, NoSuchEnquiry."""
    services, said = context.services, said_of(message)
    if said is None:
        await tell(update, context, "enquiries/not_passed.html")
        return
    now, most = services.clock(), services.settings.enquiry_messages
    async with services.database.begin() as session:
        enquiry = await passing.own(session, message.chat_id, enquiry_id)
        if await enquiries.entry_at(session, said.chat_id, said.message_id) is None:
            await passing.check_may_say(session, enquiry, most=most, now=now)
            await from_firm(session, enquiry, said, services.service.terms(enquiry.cluster), now=now)
    services.outbox.wake()
    await sign(message)


async def _follow(update: Update, context: Context, message: Message) -> bool:
    """Let what was passed on follow its change. Raises MessageRefused."""
    services, text = context.services, message.text or message.caption or ""
    async with services.database.begin() as session:
        await passing.check_may_change(session, message.chat_id, message.message_id)
        known = await edited(
            session, message.chat_id, message.message_id, text, update_id=update.update_id, now=services.clock()
        )
    services.outbox.wake()
    return known


async def _take_reply(update: Update, context: Context, message: Message) -> bool:
    """Take a reply to a message about one of the person's enquiries."""
    if message.reply_to_message is None:
        return False
    async with context.services.database.read() as session:
        about = await enquiries.relayed_at(session, message.chat_id, message.reply_to_message.message_id)
        enquiry = await enquiries.by_id(session, about.enquiry_id) if about else None
    if about is None or enquiry is None or enquiry.person_id != message.chat_id:
        return False
    if about.kind == rating.KIND:
        await rating.on_reply(update, context, message, enquiry.id)
    else:
        await pass_on(update, context, message, enquiry.id)
    return True


async def _held(context: Context, message: Message) -> Enquiry | None:
    """Return the enquiry that a message goes to without being a reply; None where a draft has asked since."""
    now = context.services.clock()
    async with context.services.database.read() as session:
        known = await enquiries.entry_at(session, message.chat_id, message.message_id)
        if known is not None:
            return await enquiries.by_id(session, known.enquiry_id)
        held = await enquiries.held(session, message.chat_id, now=now)
        draft = await drafts.of(session, message.chat_id)
    return None if held is not None and draft is not None and _asked_since(draft, held) else held


def _asked_since(draft: Draft, held: Enquiry) -> bool:
    """Whether the draft has asked for something after the staff spoke last."""
    return fields.is_active(draft) and (held.last_staff_at is None or held.last_staff_at < draft.updated_at)
