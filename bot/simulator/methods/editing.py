"""Methods that change or delete messages."""

from __future__ import annotations

from bot.simulator.calls import Call
from bot.simulator.chats import Chat
from bot.simulator.errors import bad_request
from bot.simulator.events import Message
from bot.simulator.keyboards import inline
from bot.simulator.methods.places import bot_in, chat_of, message_of
from bot.simulator.methods.registry import method
from bot.simulator.methods.sending import captioned, texted

DELETABLE_SECONDS = 48 * 3600
"""How old a message may be for deleteMessage (https://core.telegram.org/bots/api#deletemessage)."""
MOST_AT_ONCE = 100

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
MEDIA = ("photo", "document", "video", "animation", "audio", "voice")


def own_message(call: Call) -> tuple[Chat, Message]:
    """Return the chat and the message of a call that edits.

    Raises:
        ApiError: there is no such message, or it is not the bot's.
    """
    if not call.text("chat_id") and call.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = chat_of(call)
    bot_in(call, chat)
    if not call.integer("message_id"):
        raise bad_request("message identifier is not specified")
    message = message_of(chat, call.integer("message_id"), "message to edit not found")
    if message.get("from", {}).get("id") != call.world.bot.id and "sender_chat" not in message:
        raise bad_request("message can't be edited")
    return chat, message


def change(call: Call, chat: Chat, message: Message, content: Message) -> Message:
    """Edit a message; fields that the new content does not name and that belong to it go away.

    Raises:
        ApiError: 400, nothing would change.
    """
    new = {**content, "reply_markup": inline(call) or None}
    if all(message.get(name) == value for name, value in new.items()):
        raise bad_request(_SAME)
    # A new keyboard alone is no edit of the text, so that "edited" does not appear.
    edited = any(message.get(name) != value for name, value in content.items())
    return call.world.change(chat, message["message_id"], new, edited=edited)


@method
def edit_message_text(call: Call) -> Message:
    """https://core.telegram.org/bots/api#editmessagetext."""
    chat, message = own_message(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    empty: Message = {"entities": None, "link_preview_options": None}
    return change(call, chat, message, empty | texted(call))


@method
def edit_message_caption(call: Call) -> Message:
    """https://core.telegram.org/bots/api#editmessagecaption."""
    chat, message = own_message(call)
    if not any(name in message for name in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    empty: Message = {"caption": None, "caption_entities": None}
    return change(call, chat, message, empty | captioned(call))


@method
def edit_message_reply_markup(call: Call) -> Message:
    """https://core.telegram.org/bots/api#editmessagereplymarkup."""
    chat, message = own_message(call)
    return change(call, chat, message, {})


@method
def delete_message(call: Call) -> bool:
    """https://core.telegram.org/bots/api#deletemessage."""
    chat = chat_of(call)
    bot_in(call, chat)
    message = message_of(chat, call.integer("message_id"), "message to delete not found")
    if not _deletable(call, chat, message):
        raise bad_request("message can't be deleted for everyone")
    call.world.remove(chat, message["message_id"])
    return True


@method
def delete_messages(call: Call) -> bool:
    """https://core.telegram.org/bots/api#deletemessages; what cannot be deleted is passed over."""
    chat = chat_of(call)
    bot_in(call, chat)
    identifiers = call.identifiers("message_ids")
    if len(identifiers) > MOST_AT_ONCE:
        raise bad_request("too many messages to delete")
    for message_id in identifiers:
        message = chat.messages.get(message_id)
        if message and _deletable(call, chat, message):
            call.world.remove(chat, message["message_id"])
    return True


def _deletable(call: Call, chat: Chat, message: Message) -> bool:
    if chat.member(call.world.bot.id).may("can_delete_messages"):
        return True
    if "forum_topic_created" in message or "new_chat_members" in message:
        return False
    if call.world.date - message["date"] > DELETABLE_SECONDS:
        return False
    return chat.is_private or message.get("from", {}).get("id") == call.world.bot.id
