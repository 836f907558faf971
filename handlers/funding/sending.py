"""What the broadcast sends of a funding call: the call, and its reminders."""

from __future__ import annotations

from telegram.constants import ParseMode

from bot.funding.errors import NoSuchCall
from handlers.context import Context
from handlers.funding.cards import keys_of, shown
from handlers.sending import NO_PREVIEW, Reader, keyboard
from handlers.subscribing.subscribing import tap
from storage import announcements, funding
from storage.models import Announcement, FundingCall, Occurrence, Purpose

TOPIC = "funding"


async def send(context: Context, call_id: int, occurrence: Occurrence | None, reader: Reader) -> int:
    """Send what an occurrence is for (None: a test of the call); return the message's id.

    Raises NoSuchCall, TelegramError.
    """
    person, language, lane = reader
    call, announcement = await read(context, call_id)
    async with context.services.database.read() as session:
        wanted = await funding.wish_of(session, call_id, person)
    is_reminder = occurrence is not None and occurrence.purpose == Purpose.REMINDER
    template = "funding/reminder.html" if is_reminder else "funding/message.html"
    message = await context.bot.send_message(
        person,
        context.services.texts.render(template, language, **shown(context, call, announcement, language)),
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        reply_markup=keyboard([*keys_of(context, call, wanted, language), tap(context, TOPIC, language, wanted=False)]),
        rate_limit_args=lane,
    )
    return message.message_id


async def preview(context: Context, call_id: int, language: str) -> str:
    """Return the call as a reader sees it, as Telegram HTML. Raises NoSuchCall."""
    call, announcement = await read(context, call_id)
    values = shown(context, call, announcement, language)
    return context.services.texts.render("funding/message.html", language, **values)


async def read(context: Context, call_id: int) -> tuple[FundingCall, Announcement]:
    """Return a call, sent or not, with what tells of it. Raises NoSuchCall."""
    async with context.services.database.read() as session:
        call = await funding.by_id(session, call_id)
        announcement = await announcements.by_id(session, call.announcement_id) if call else None
    if call is None or announcement is None:
        raise NoSuchCall
    return call, announcement
