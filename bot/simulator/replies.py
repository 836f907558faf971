"""What a message says of the message that it answers."""

from __future__ import annotations

from bot.simulator.calls import Call
from bot.simulator.chats import Chat
from bot.simulator.errors import bad_request
from bot.simulator.events import Message
from bot.simulator.utf16 import units

_MISSING = "message to be replied not found"


def reply_of(call: Call, chat: Chat) -> Message:
    """Return the field `reply_to_message` for the message that a call sends, or nothing.

    Raises:
        ApiError: 400, there is no such message and the call does not allow to send without it.
    """
    wanted = Call(call.world, call.method, call.mapping("reply_parameters"), {})
    message_id = wanted.integer("message_id") or call.integer("reply_to_message_id")
    if not message_id:
        return {}
    if wanted.text("chat_id") not in {"", str(chat.id)}:
        raise bad_request(f"{_MISSING}: the simulator knows replies in the same chat only")
    if message_id in chat.messages:
        return quoted(chat, message_id) | _quote(chat.messages[message_id], wanted.text("quote"))
    if wanted.flag("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return {}
    raise bad_request(_MISSING)


def quoted(chat: Chat, message_id: int) -> Message:
    """Return the field `reply_to_message`; the answered message without what it answers itself."""
    message = chat.messages[message_id]
    return {"reply_to_message": {name: value for name, value in message.items() if name != "reply_to_message"}}


def _quote(message: Message, quote: str) -> Message:
    """Return the field `quote` for a part of the answered message."""
    if not quote:
        return {}
    before, found, _ = (message.get("text") or message.get("caption") or "").partition(quote)
    if not found:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"quote": {"text": quote, "position": units(before), "is_manual": True}}


def in_topic(chat: Chat, thread: int, reply_to: int) -> Message:
    """Return the fields of a message in a topic.

    As in Telegram, what answers nothing else in a topic answers the message that opened the topic.
    """
    fields: Message = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    answered = reply_to or thread
    return fields | (quoted(chat, answered) if answered in chat.messages else {})
