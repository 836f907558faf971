"""Methods for the topics of a forum."""

from __future__ import annotations

from typing import Any

from bot.simulator import groups
from bot.simulator.calls import Call
from bot.simulator.chats import GENERAL_TOPIC, Chat, Topic
from bot.simulator.errors import bad_request
from bot.simulator.events import Message
from bot.simulator.methods.places import bot_in, chat_of, need
from bot.simulator.methods.registry import method

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
LONGEST_NAME = 128
"""https://core.telegram.org/bots/api#createforumtopic."""
_NO_RIGHTS = "not enough rights to manage topics"


@method
def create_forum_topic(call: Call) -> dict[str, Any]:
    """https://core.telegram.org/bots/api#createforumtopic."""
    chat = _forum(call, "can_manage_topics", "not enough rights to create a topic")
    color = call.integer("icon_color", COLORS[0])
    if color not in COLORS:
        raise bad_request("invalid icon color specified")
    created: dict[str, Any] = {"name": _name(call), "icon_color": color}
    if emoji := call.text("icon_custom_emoji_id"):
        created["icon_custom_emoji_id"] = emoji
    return groups.open_topic(call.world, chat, call.world.bot, created).as_forum_topic()


@method
def edit_forum_topic(call: Call) -> bool:
    """https://core.telegram.org/bots/api#editforumtopic."""
    chat, topic = _topic(call)
    edited: dict[str, Any] = {}
    if "name" in call.values:
        edited["name"] = topic.name = _name(call, topic.name)
    if "icon_custom_emoji_id" in call.values:
        edited["icon_custom_emoji_id"] = topic.icon_custom_emoji_id = call.text("icon_custom_emoji_id")
    if not edited:
        raise bad_request("TOPIC_NOT_MODIFIED")
    _tell(call, chat, topic.id, {"forum_topic_edited": edited})
    return True


@method
def close_forum_topic(call: Call) -> bool:
    """https://core.telegram.org/bots/api#closeforumtopic."""
    return _set_closed(call, closed=True)


@method
def reopen_forum_topic(call: Call) -> bool:
    """https://core.telegram.org/bots/api#reopenforumtopic."""
    return _set_closed(call, closed=False)


@method
def delete_forum_topic(call: Call) -> bool:
    """https://core.telegram.org/bots/api#deleteforumtopic."""
    chat, topic = _topic(call, "can_delete_messages", "not enough rights to delete the topic")
    groups.delete_topic(call.world, chat.id, topic.id)
    return True


@method
def unpin_all_forum_topic_messages(call: Call) -> bool:
    """https://core.telegram.org/bots/api#unpinallforumtopicmessages."""
    chat, topic = _topic(call, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    kept = [number for number in chat.pinned if chat.messages[number].get("message_thread_id") != topic.id]
    chat.pinned[:] = kept
    call.world.tell("chat", chat.id)
    return True


@method
def edit_general_forum_topic(call: Call) -> bool:
    """https://core.telegram.org/bots/api#editgeneralforumtopic."""
    chat = _forum(call)
    _general(chat).name = _name(call)
    call.world.tell("chat", chat.id)
    return True


@method
def get_forum_topic_icon_stickers(call: Call) -> list[dict[str, Any]]:
    """https://core.telegram.org/bots/api#getforumtopiciconstickers; the simulator has none."""
    return []


def _forum(call: Call, right: str = "can_manage_topics", refusal: str = _NO_RIGHTS) -> Chat:
    chat = chat_of(call)
    member = bot_in(call, chat)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    need(member, right, refusal)
    return chat


def _topic(call: Call, right: str = "can_manage_topics", refusal: str = _NO_RIGHTS) -> tuple[Chat, Topic]:
    chat = _forum(call, right, refusal)
    topic = chat.topics.get(call.integer("message_thread_id"))
    if topic is None or topic.id == GENERAL_TOPIC:
        raise bad_request("message thread not found")
    return chat, topic


def _general(chat: Chat) -> Topic:
    return chat.topics.setdefault(GENERAL_TOPIC, Topic(GENERAL_TOPIC, "General"))


def _name(call: Call, default: str = "") -> str:
    name = call.text("name").strip() or default
    if not name:
        raise bad_request("topic name must be non-empty")
    if len(name) > LONGEST_NAME:
        raise bad_request("topic name is too long")
    return name


def _set_closed(call: Call, *, closed: bool) -> bool:
    chat, topic = _topic(call)
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _tell(call, chat, topic.id, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})
    return True


def _tell(call: Call, chat: Chat, thread: int, content: Message) -> None:
    place = {"message_thread_id": thread, "is_topic_message": True}
    call.world.post(chat, call.world.bot, place | content)
    call.world.tell("chat", chat.id)
