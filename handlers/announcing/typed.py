"""What is typed for a draft announcement: a text with its formatting, a time, a reason; a command leaves the draft."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.access import Access, Act
from bot.announcements import drafting, timing
from bot.announcements.drafting import Field
from handlers.announcing import approval, enclosing
from handlers.announcing.composing import go_on
from handlers.announcing.parties import check_theirs
from handlers.announcing.steps import Buttons, ask_step, step_html
from handlers.context import App, Context
from handlers.funding import composing as call_composing
from handlers.funding import steps as call_steps
from handlers.people import language_of
from handlers.pressing import person_of
from handlers.sending import say
from handlers.team.access import deed_of
from handlers.telling import tell
from storage import announcements
from storage.models import Announcement

BEFORE = -2
"""The group of handlers that see a command before it is obeyed, and before an enquiry's draft does."""


def register(app: App) -> None:
    """Every command but /announce leaves the draft."""
    command = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.COMMAND
    app.add_handler(MessageHandler(command & ~filters.Regex(r"(?i)^/announce\b"), on_command), group=BEFORE)


async def on_command(update: Update, context: Context) -> None:
    """Stop asking, and say that the draft is kept."""
    async with context.services.database.begin() as session:
        asking = await announcements.asking(session, person_of(update))
        if asking is not None:
            await announcements.stop_asking(session, person_of(update))
    if asking is not None:
        await tell(update, context, "announcing/kept.html")


async def take(update: Update, context: Context, message: Message, access: Access) -> bool:
    """Give a message to the draft that asks for something; return whether there is one."""
    async with context.services.database.read() as session:
        announcement = await announcements.asking(session, message.chat_id)
    if await enclosing.take_more(update, context, message):
        return True
    if announcement is None:
        return False
    if (announcement.asks or "").startswith(call_steps.ASKS):
        await call_composing.take(update, context, message, announcement)
    elif update.edited_message is not None:
        # What was written before is changed with its button; here the question stands.
        language = await language_of(update, context)
        await ask_step(context, announcement, drafting.asked(announcement)[0], message.chat_id, language)
    else:
        await _take(update, context, message, announcement, access)
    return True


async def _take(update: Update, context: Context, message: Message, announcement: Announcement, access: Access) -> None:
    if announcement.asks == Field.REASON:
        await approval.take_reason(update, context, announcement, message.text or "")
        return
    check_theirs(access, announcement)
    if announcement.asks != Field.WHEN:
        await enclosing.take(update, context, announcement, message)
    elif message.text is None:
        await tell(update, context, "announcing/only_text.html")
    else:
        await _take_time(update, context, announcement, message.text)


async def _take_time(update: Update, context: Context, asking: Announcement, text: str) -> None:
    """Keep a time or a rule, once for an update."""
    deed, is_rule = await deed_of(update, context), timing.is_rule(text)
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, asking.id)
        if announcement.touched_by != update.update_id:
            drafting.check_draft(announcement)
            fill = timing.fill_rule if is_rule else timing.fill_when
            fill(announcement, text, now=deed.now)
            drafting.answer(announcement, Field.WHEN, now=deed.now)
            announcement.touched_by = update.update_id
            cluster = announcement.cluster or None
            await deed.note(session, Act.ANNOUNCEMENT_CHANGED, cluster, announcement=announcement.id, part=Field.WHEN)
    if announcement.first_at and not is_rule:
        await _confirm_time(update, context, announcement)
    else:
        await go_on(update, context, announcement)


async def _confirm_time(update: Update, context: Context, announcement: Announcement) -> None:
    """Show how the time was read, and ask how often; a corrected time may be written at once."""
    language = await language_of(update, context)
    buttons = Buttons(context, announcement, language).rules()
    html = await step_html(context, announcement, Field.WHEN, language)
    await say(context, person_of(update), html, language=language, buttons=buttons)
