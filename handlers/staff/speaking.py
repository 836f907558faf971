"""A staff chat in which somebody acts: whose it is, who acts, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import ForceReply, Message, Update
from telegram.constants import ParseMode
from telegram.ext import filters

from bot.access import Access, Action, require
from bot.enquiries import Actor, Terms
from bot.enquiries.errors import Anonymous, NotAStaffChat
from handlers.context import Context
from handlers.sending import NO_PREVIEW, Rows, keyboard
from handlers.team.access import access_of
from storage import staff_chats

LABELS = "staff/menus.html"
WRITTEN = filters.UpdateType.MESSAGE
"""A new message, not an edited one."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One cluster's staff chat with the person who acts in it; `topic` is the forum topic, where there are any."""

    cluster: str
    chat_id: int
    topic: int | None
    language: str
    terms: Terms
    access: Access
    actor: Actor
    is_anonymous: bool

    def require(self, action: Action = Action.ANSWER_ENQUIRY) -> None:
        """Go on only when the person may do it here; raises NotAllowed, and Anonymous for who cannot be known."""
        if self.is_anonymous:
            raise Anonymous
        require(self.access, action, self.cluster)


async def find_desk(update: Update, context: Context) -> Desk | None:
    """Return the staff chat that an update comes from; None: it comes from another chat."""
    chat, user, services = update.effective_chat, update.effective_user, context.services
    assert chat  # noqa: S101  messages and buttons have a chat
    async with services.database.read() as session:
        known = await staff_chats.by_chat(session, chat.id)
    if known is None:
        return None
    message, terms = update.effective_message, services.service.terms(known.cluster)
    written = message if isinstance(message, Message) else None
    return Desk(
        known.cluster,
        chat.id,
        written.message_thread_id if written and written.is_topic_message else None,
        services.texts.language(terms.language),
        terms,
        await access_of(update, context),
        Actor(user.id if user else 0, user.full_name if user else "", update.update_id),
        # Who presses a button is named always; who writes in the name of the group or of a channel is not.
        is_anonymous=update.callback_query is None and written is not None and written.sender_chat is not None,
    )


async def desk_of(update: Update, context: Context) -> Desk:
    """Return the staff chat that an update comes from; raises NotAStaffChat."""
    desk = await find_desk(update, context)
    if desk is None:
        raise NotAStaffChat
    return desk


async def post(
    context: Context, desk: Desk, html: str, *, reply_to: int | None = None, buttons: Rows = (), prompt: str = ""
) -> Message:
    """Send a text where the person acts; `prompt` has their app open a reply, with this in the empty field."""
    # Selective: only the app of who is named in the text, or replied to, opens the reply.
    markup = ForceReply(selective=True, input_field_placeholder=prompt) if prompt else keyboard(buttons)
    return await context.bot.send_message(
        desk.chat_id,
        html,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        message_thread_id=desk.topic,
        reply_to_message_id=reply_to,
        allow_sending_without_reply=True,
        reply_markup=markup,
    )


def card_link(chat_id: int, message_id: int) -> str | None:
    """Return the address of a message in a supergroup, for its members. Source: Telegram, Message links."""
    group = str(chat_id).removeprefix("-100")
    return f"https://t.me/c/{group}/{message_id}" if group != str(chat_id) else None
