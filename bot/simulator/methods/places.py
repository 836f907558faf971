"""Where a call goes: chat, topic, message; with Telegram's refusals when there is no such place."""

from __future__ import annotations

from bot.simulator.calls import Call
from bot.simulator.chats import GENERAL_TOPIC, Chat, Member
from bot.simulator.errors import bad_request, forbidden
from bot.simulator.events import Message

_NAMES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}


def chat_of(call: Call, name: str = "chat_id") -> Chat:
    """Return the chat that a parameter names, by id or by @username.

    Raises:
        ApiError: 400, there is no such chat or it has become a supergroup.
    """
    wanted = call.text(name).strip()
    if not wanted:
        raise bad_request(f"{name} is empty")
    chat = _find(call, wanted)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    return chat


def _find(call: Call, wanted: str) -> Chat | None:
    if wanted.startswith("@"):
        name = wanted[1:].lower()
        chats = call.world.chats.values()
        return next((chat for chat in chats if not chat.is_private and chat.username.lower() == name), None)
    try:
        return call.world.chats.get(int(wanted))
    except ValueError:
        return None


def bot_in(call: Call, chat: Chat) -> Member:
    """Return the bot's standing in a chat where it is present.

    Raises:
        ApiError: 403, it is blocked, was never spoken to, was removed or has not joined.
    """
    member = chat.member(call.world.bot.id)
    if chat.is_private:
        _check_private(chat, member)
    elif member.status == "kicked":
        raise forbidden(f"bot was kicked from the {_NAMES[chat.kind]}")
    elif not member.present:
        raise forbidden(f"bot is not a member of the {_NAMES[chat.kind]}")
    return member


def _check_private(chat: Chat, member: Member) -> None:
    if chat.deactivated:
        raise forbidden("user is deactivated")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if member.status == "kicked":
        raise forbidden("bot was blocked by the user")


def writable_chat(call: Call) -> Chat:
    """Return the chat of a call that sends something.

    Raises:
        ApiError: the bot cannot write there.
    """
    chat = chat_of(call)
    member = bot_in(call, chat)
    if chat.kind == "channel" and not member.may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    if chat.is_group and not member.may_write:
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def topic_of(call: Call, chat: Chat) -> Message:
    """Return the fields that put a new message into the topic of the call.

    The general topic is reached without an id; to send to its id is refused (tdlib/telegram-bot-api#447).

    Raises:
        ApiError: 400, there is no such topic or it is closed.
    """
    thread = call.integer("message_thread_id")
    if not thread:
        return {}
    topic = chat.topics.get(thread)
    if topic is None or thread == GENERAL_TOPIC:
        raise bad_request("message thread not found")
    if topic.closed and not chat.member(call.world.bot.id).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return {"message_thread_id": thread, "is_topic_message": True}


def message_of(chat: Chat, message_id: int, refusal: str) -> Message:
    """Return a message of the chat.

    Raises:
        ApiError: 400 with `refusal` when there is none.
    """
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(refusal)
    return message


def need(member: Member, right: str, refusal: str) -> None:
    """Refuse with 400 and `refusal` unless the bot is an administrator with this right."""
    if not member.may(right):
        raise bad_request(refusal)
