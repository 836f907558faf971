"""Methods that take a message to another chat."""

from __future__ import annotations

from bot.simulator import media
from bot.simulator.calls import Call
from bot.simulator.chats import Chat
from bot.simulator.errors import bad_request
from bot.simulator.events import Message
from bot.simulator.methods.places import bot_in, chat_of, message_of, writable_chat
from bot.simulator.methods.registry import method
from bot.simulator.methods.sending import captioned, send

MOST_AT_ONCE = 100
_COPIED = {"text", "photo", "document", "video", "animation", "audio", "voice", "location", "venue", "contact"}


@method
def copy_message(call: Call) -> Message:
    """https://core.telegram.org/bots/api#copymessage."""
    chat, source = writable_chat(call), _source(call)
    message = message_of(source, call.integer("message_id"), "message to copy not found")
    return {"message_id": _copy(call, chat, message)["message_id"]}


@method
def copy_messages(call: Call) -> list[Message]:
    """https://core.telegram.org/bots/api#copymessages; what cannot be copied is passed over."""
    chat, source = writable_chat(call), _source(call)
    messages = [message for message in _chosen(call, source) if _COPIED & message.keys()]
    if not messages:
        raise bad_request("there are no messages to copy")
    return [{"message_id": _copy(call, chat, message)["message_id"]} for message in messages]


@method
def forward_message(call: Call) -> Message:
    """https://core.telegram.org/bots/api#forwardmessage."""
    chat, source = writable_chat(call), _source(call)
    message = message_of(source, call.integer("message_id"), "message to forward not found")
    _check_free(message, "message can't be forwarded")
    return send(call, media.forwarded(call.world, message), chat)


@method
def forward_messages(call: Call) -> list[Message]:
    """https://core.telegram.org/bots/api#forwardmessages; what cannot be forwarded is passed over."""
    chat, source = writable_chat(call), _source(call)
    messages = [message for message in _chosen(call, source) if _COPIED & message.keys()]
    if not messages:
        raise bad_request("there are no messages to forward")
    return [
        {"message_id": send(call, media.forwarded(call.world, message), chat)["message_id"]} for message in messages
    ]


def _source(call: Call) -> Chat:
    source = chat_of(call, "from_chat_id")
    bot_in(call, source)
    return source


def _chosen(call: Call, source: Chat) -> list[Message]:
    identifiers = call.identifiers("message_ids")
    if len(identifiers) > MOST_AT_ONCE:
        raise bad_request("too many messages")
    if sorted(set(identifiers)) != identifiers:
        raise bad_request("message identifiers must be in a strictly increasing order")
    return [source.messages[number] for number in identifiers if number in source.messages]


def _copy(call: Call, chat: Chat, message: Message) -> Message:
    _check_free(message, "message can't be copied")
    content = media.content_of(message)
    content.pop("forward_origin", None)
    if "text" not in message and "caption" in call.values:
        kept = {name: value for name, value in content.items() if not name.startswith("caption")}
        content = kept | captioned(call)
    return send(call, content, chat)


def _check_free(message: Message, refusal: str) -> None:
    if not _COPIED & message.keys() or message.get("has_protected_content"):
        raise bad_request(refusal)
