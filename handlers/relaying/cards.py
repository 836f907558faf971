"""The card of an enquiry in a staff chat: its topic, its text, its buttons; made where it is missing."""

from __future__ import annotations

from markupsafe import Markup, escape
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError

from bot.enquiries.cards import Card, digest
from bot.enquiries.errands import Errand
from bot.pages import split
from bot.telegram.request import NeverSent
from bot.telegram.settled import is_settled
from handlers.context import Context
from handlers.relaying.card_texts import buttons, card_values, read_card
from handlers.relaying.errands import keep_place
from handlers.relaying.posting import marked, post
from handlers.sending import NO_PREVIEW, Rows, keyboard

TOPIC_NAME = 128
"""Characters. Source: Bot API, createForumTopic, `name`."""
MOST_TOPICS = 4
"""Tries to make a topic; after them the card stands in the group itself."""
TEXT_ROOM = 2800
"""What a card shows of a long text; the rest follows below."""
CARD_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


class TopicNotMade(Exception):  # noqa: N818  named like TimedOut, of the library
    """Nobody knows whether there is a topic now; of the message itself nothing has left."""


async def show(context: Context, errand: Errand) -> None:
    """Have the card show what is true, unless it was just made; where it is gone, it is made anew."""
    assert errand.place  # noqa: S101  cards stand in staff chats
    if any(copy.kind == "card" for copy in errand.copies):
        return
    text, card, _ = await _text(context, errand)
    rows = buttons(context, card, errand.language)
    shown = digest(text, rows)
    # Each change counts among the messages that a group may get. A change that may have arrived is made once more.
    if shown == errand.place.card_shown and not (errand.row.values.get("anew") or errand.is_marked):
        return
    if await _is_changed(context, errand, errand.place.card_message_id, text, rows):
        errand.card_shown = shown
        return
    await keep_place(context, errand, card_message_id=None)
    await ensure(context, errand)


async def _is_changed(context: Context, errand: Errand, card: int | None, text: str, rows: Rows) -> bool:
    """Change the card; return whether it is still there."""
    try:
        await context.bot.edit_message_text(
            text,
            errand.chat_id,
            card,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(rows),
        )
    except BadRequest as refusal:
        if is_settled("editMessageText", refusal):
            return True
        if not any(words in refusal.message.lower() for words in CARD_GONE):
            raise
        return False
    return True


async def ensure(context: Context, errand: Errand) -> None:
    """Make topic and card where there are none, or where they stand in an earlier group."""
    place, chat = errand.place, errand.chat
    assert place and chat  # noqa: S101, PT018  cards stand in staff chats
    if place.chat_id != chat.chat_id:
        await keep_place(context, errand, chat_id=chat.chat_id, topic_id=None, card_message_id=None)
    if place.card_message_id is not None:
        return
    if chat.is_forum and place.topic_id is None and place.topic_tries < MOST_TOPICS:
        await _open_topic(context, errand)
    text, card, rest = await _text(context, errand)
    rows = buttons(context, card, errand.language)
    await post(context, errand, text, kind="card", buttons=rows)
    await keep_place(context, errand, card_message_id=errand.copies[-1].message_id, card_shown=digest(text, rows))
    for part in rest:
        await post(context, errand, part, kind="card")


async def forget_topic(context: Context, errand: Errand) -> None:
    """Somebody has deleted the topic, with all that stood in it: a new one is made."""
    await keep_place(context, errand, topic_id=None, card_message_id=None, topic_tries=0)


async def _open_topic(context: Context, errand: Errand) -> None:
    assert errand.place  # noqa: S101  cards stand in staff chats
    name = f"{errand.enquiry.number} · {errand.enquiry.firm}"[:TOPIC_NAME].strip()
    await keep_place(context, errand, topic_tries=errand.place.topic_tries + 1)
    try:
        topic = await context.bot.create_forum_topic(errand.chat_id, name)
    except (BadRequest, NeverSent):
        await keep_place(context, errand, topic_tries=errand.place.topic_tries - 1)
        raise
    except NetworkError as error:
        raise TopicNotMade from error
    await keep_place(context, errand, topic_id=topic.message_thread_id)


async def _text(context: Context, errand: Errand) -> tuple[str, Card, list[str]]:
    """Return the card's text, the card, and what of a long enquiry follows below it."""
    assert errand.place  # noqa: S101  cards stand in staff chats
    card = await read_card(context, errand.enquiry.id, errand.place.cluster)
    shown, *rest = split(str(escape(card.enquiry.text)), TEXT_ROOM) or [""]
    text = context.services.texts.render(
        "staff/card.html",
        errand.language,
        **card_values(context, card, errand.language),
        shown=Markup(shown),  # noqa: S704  it is escaped above, so that it is split as it is sent
        is_cut=bool(rest),
        may_have_second_topic=errand.place.topic_id is not None and errand.place.topic_tries > 1,
    )
    # A card that is only edited is not sent again.
    is_new = errand.place.card_message_id is None
    return marked(context, errand, text) if is_new else text, card, rest
