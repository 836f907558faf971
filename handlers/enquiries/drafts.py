"""A draft in a chat: what is written fills the field that is asked for, and files go along."""

from __future__ import annotations

from telegram import Message, Update

from bot import answering
from bot.enquiries import drafting, fields
from bot.enquiries.fields import Field
from handlers.context import Context
from handlers.enquiries.draft_buttons import ask_drop
from handlers.enquiries.draft_steps import ask_step, label
from handlers.enquiries.said import said_of
from handlers.people import language_of
from handlers.sending import say
from handlers.signs import sign
from handlers.telling import tell
from storage import drafts
from storage.models import Draft


async def take(update: Update, context: Context, message: Message) -> bool:
    """Give a message to the draft that asks for something; return whether there is one."""
    async with context.services.database.read() as session:
        draft = await drafts.of(session, message.chat_id)
    if draft is None or not fields.is_active(draft):
        return False
    language = await language_of(update, context)
    if update.edited_message is not None:
        await ask_step(context, draft, language, note="edited")
    elif message.text is None:
        await _take_file(update, context, message, language)
    elif _is_cancel(context, message.text):
        await ask_drop(context, draft, language)
    else:
        await _take_text(update, context, message.text, language)
    return True


def place(context: Context, draft: Draft, language: str) -> None:
    """Read from the text where it belongs, so that the fitting clusters can be offered."""
    if draft.text:
        found = context.services.router.route(draft.text, language)
        drafting.place(draft, found.steps, found.region)


async def _take_text(update: Update, context: Context, text: str, language: str) -> None:
    note, now = "", context.services.clock()
    async with context.services.database.begin() as session:
        draft = await drafting.of(session, _chat(update))
        before = draft.text
        if draft.update_id != update.update_id:
            filled = _named(update, context, draft, text) or fields.fill(
                draft, text, update_id=update.update_id, now=now
            )
            if draft.text != before:
                place(context, draft, language)
            note = "" if filled else "not_taken"
    await ask_step(context, draft, language, note=note)


def _named(update: Update, context: Context, draft: Draft, text: str) -> bool:
    """Take the name of a cluster for the choice of one."""
    if draft.field != Field.CLUSTER:
        return False
    named = context.services.answerer.reply_to(text, answering.Context()).clusters
    if len(named) != 1:
        return False
    draft.cluster = named[0]
    fields.go_on(draft, update_id=update.update_id, now=context.services.clock())
    return True


async def _take_file(update: Update, context: Context, message: Message, language: str) -> None:
    said, now = said_of(message), context.services.clock()
    if said is None:
        await tell(update, context, "enquiries/not_passed.html")
        return
    async with context.services.database.begin() as session:
        draft = await drafting.of(session, message.chat_id)
        first, before = drafting.attach(draft, said, now=now), draft.text
        drafting.caption(draft, said.text, update_id=update.update_id, now=now)
        if draft.text != before:
            place(context, draft, language)
    await sign(message)
    if first and said.media_group_id and draft.field == Field.PREVIEW:
        # The others of the album are still to come: a preview would count too few.
        html = context.services.texts.render("enquiries/draft_note.html", language, note="attached")
        await say(context, message.chat_id, html, language=language, buttons=[_to_preview(context, language)])
    elif first:
        await ask_step(context, draft, language, note="attached")


def _to_preview(context: Context, language: str) -> list[tuple[str, str]]:
    return [(label(context, "to_preview", language), "draft:on")]


def _is_cancel(context: Context, text: str) -> bool:
    texts, written = context.services.texts, text.strip(" .!").casefold()
    return any(written == texts.label("cancel", language).casefold() for language in texts.languages)


def _chat(update: Update) -> int:
    chat = update.effective_chat
    assert chat  # noqa: S101  messages have one
    return chat.id
