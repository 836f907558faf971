"""Methods that pin messages."""

from __future__ import annotations

from bot.simulator.calls import Call
from bot.simulator.chats import Chat
from bot.simulator.errors import bad_request
from bot.simulator.events import Message
from bot.simulator.methods.places import bot_in, chat_of, message_of, need
from bot.simulator.methods.registry import method

_NO_PIN = "not enough rights to manage pinned messages in the chat"


@method
def pin_chat_message(call: Call) -> bool:
    """https://core.telegram.org/bots/api#pinchatmessage."""
    chat = _pinning(call)
    message = message_of(chat, call.integer("message_id"), "message to pin not found")
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
        place: Message = {name: message[name] for name in ("message_thread_id", "is_topic_message") if name in message}
        pinned = {name: value for name, value in message.items() if name != "reply_to_message"}
        call.world.post(chat, call.world.bot, {**place, "pinned_message": pinned})
        call.world.tell("chat", chat.id)
    return True


@method
def unpin_chat_message(call: Call) -> bool:
    """https://core.telegram.org/bots/api#unpinchatmessage."""
    chat = _pinning(call)
    wanted = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    call.world.tell("chat", chat.id)
    return True


@method
def unpin_all_chat_messages(call: Call) -> bool:
    """https://core.telegram.org/bots/api#unpinallchatmessages."""
    chat = _pinning(call)
    chat.pinned.clear()
    call.world.tell("chat", chat.id)
    return True


def _pinning(call: Call) -> Chat:
    chat = chat_of(call)
    member = bot_in(call, chat)
    if not chat.is_private:
        need(member, "can_edit_messages" if chat.kind == "channel" else "can_pin_messages", _NO_PIN)
    return chat
