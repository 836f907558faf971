"""A text of a draft comes as a text, with a picture or a file, or as a message that is used as it is."""

from __future__ import annotations

from telegram import Message, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler

from bot.access import Act
from bot.announcements import drafting, wording
from bot.announcements.drafting import Field
from bot.announcements.errors import NotCopied
from bot.announcements.wording import Used
from handlers.announcing.composing import ID, go_on, theirs
from handlers.announcing.steps import LABELS, Buttons, ask_step
from handlers.context import App, Context
from handlers.people import language_of
from handlers.pressing import person_of, pressed, take_away
from handlers.team.access import deed_of
from handlers.telling import tell
from storage import announcements
from storage.models import Announcement

LANGUAGES = f"{Field.GERMAN}|{Field.ENGLISH}"


def register(app: App) -> None:
    """`ann:<number>:asis:<language>` and `ann:<number>:bare:<language>`."""
    app.add_handler(CallbackQueryHandler(on_as_is, pattern=rf"^ann:{ID}:asis:({LANGUAGES})$"))
    app.add_handler(CallbackQueryHandler(on_bare, pattern=rf"^ann:{ID}:bare:({LANGUAGES})$"))


async def on_as_is(update: Update, context: Context) -> None:
    """Take what is written next as it is. Raises NotADraft."""
    announcement, field = await theirs(update, context), Field(pressed(update)[3])
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, announcement.id)
        drafting.check_draft(announcement)
        await drafting.ask(session, announcement, field, person_of(update), update_id=update.update_id)
        announcement.asks = f"{field}{drafting.AS_IS}"
    await take_away(update)
    keys = Buttons(context, announcement, await language_of(update, context))
    await tell(update, context, "announcing/as_is.html", buttons=lambda _: [[keys.of("back", "show")]])


async def on_bare(update: Update, context: Context) -> None:
    """Let nothing go along with a text, and ask for it again. Raises NotADraft."""
    announcement, field = await theirs(update, context), Field(pressed(update)[3])
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, announcement.id)
        if announcement.touched_by != update.update_id:
            drafting.check_draft(announcement)
            wording.without_file(announcement, field)
            announcement.version += 1
        await drafting.ask(session, announcement, field, person_of(update), update_id=update.update_id)
    await take_away(update)
    await ask_step(context, announcement, field, person_of(update), await language_of(update, context))


async def take(update: Update, context: Context, asking: Announcement, message: Message) -> None:
    """Fill the text that is asked for, once for an update. Raises NotCopied, NotADraft, TextTooLong."""
    deed, (field, as_is) = await deed_of(update, context), drafting.asked(asking)
    if asking.subject is not None and message.text is None:
        await tell(update, context, "announcing/only_text.html")
        return
    used = await _used(context, field, message) if asking.subject is None and _is_used(message, as_is) else None
    async with context.services.database.begin() as session:
        announcement = await drafting.of(session, asking.id)
        if announcement.touched_by != update.update_id:
            drafting.check_draft(announcement)
            _fill(announcement, field, message, used)
            if _is_whole(announcement, field):
                drafting.answer(announcement, field, now=deed.now)
            announcement.touched_by = update.update_id
            cluster = announcement.cluster or None
            await deed.note(session, Act.ANNOUNCEMENT_CHANGED, cluster, announcement=announcement.id, part=field)
    if not _is_whole(announcement, field):
        await tell(update, context, "announcing/file_kept.html")
        return
    if used is not None:
        await tell(update, context, "announcing/used.html")
    await go_on(update, context, announcement)


async def take_more(update: Update, context: Context, message: Message) -> bool:
    """Add a message to the album that a draft of the person uses; return whether there is one."""
    if message.media_group_id is None:
        return False
    async with context.services.database.begin() as session:
        for announcement in await announcements.drafts_of(session, message.chat_id):
            for language, told in announcement.texts.items():
                if told.get("album") != message.media_group_id:
                    continue
                if str(message.message_id) not in told["messages"].split(","):
                    wording.fill_message(announcement, language, _in_album(message, told["title"]))
                    announcement.version += 1
                return True
    return False


def _is_used(message: Message, as_is: bool) -> bool:
    """Whether a message is used as it is: since somebody says so, forwards it, or since it is no text and no file."""
    is_ours = bool(message.text or message.photo or message.document) and not message.animation
    return as_is or message.forward_origin is not None or message.media_group_id is not None or not is_ours


async def _used(context: Context, language: str, message: Message) -> Used:
    """Return what is copied later: a copy of ours, which its author cannot edit any more. Raises NotCopied."""
    title = (message.text or message.caption or "").strip().partition("\n")[0]
    title = title or context.services.texts.label("untitled", language, source=LABELS)
    if message.media_group_id is not None:
        # Copied one by one, it would no longer be an album.
        return _in_album(message, title)
    try:
        copied = await context.bot.copy_message(message.chat_id, message.chat_id, message.message_id)
    except BadRequest:
        raise NotCopied from None
    return Used(message.chat_id, copied.message_id, title)


def _in_album(message: Message, title: str) -> Used:
    return Used(message.chat_id, message.message_id, title, message.media_group_id or "")


def _fill(announcement: Announcement, language: str, message: Message, used: Used | None) -> None:
    if used is not None:
        wording.fill_message(announcement, language, used)
        return
    if message.photo:
        wording.fill_file(announcement, language, "photo", message.photo[-1].file_id)
    elif message.document:
        wording.fill_file(announcement, language, "document", message.document.file_id)
    if message.text or message.caption:
        wording.fill_text(announcement, language, message.text_html or message.caption_html)


def _is_whole(announcement: Announcement, language: str) -> bool:
    return bool(announcement.texts.get(language, {}).get("title"))
