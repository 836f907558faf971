"""What a message says of the message that it answers."""

from __future__ import annotations

from bot.simulator.calls import Call
from bot.simulator.chats import Chat
from bot.simulator.errors import bad_request
from bot.simulator.events import Message

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
        return quoted(chat, message_id)
    if wanted.flag("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return {}
    raise bad_request(_MISSING)


def quoted(chat: Chat, message_id: int) -> Message:
    """Return the field `reply_to_message`; the answered message without what it answers itself."""
    message = chat.messages[message_id]
    return {"reply_to_message": {name: value for name, value in message.items() if name != "reply_to_message"}}


def in_topic(chat: Chat, thread: int, reply_to: int) -> Message:
    """Return the fields of a message in a topic.

    As in Telegram, what answers nothing else in a topic answers the message that opened the topic.
    """
    fields: Message = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    answered = reply_to or thread
    return fields | (quoted(chat, answered) if answered in chat.messages else {})
