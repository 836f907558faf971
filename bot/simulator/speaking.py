"""How what a person says comes into a chat, and whether the bot hears it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.simulator.chats import GENERAL_TOPIC, Account, Chat
from bot.simulator.entities import formatted
from bot.simulator.errors import NotPossible
from bot.simulator.events import Event, Message
from bot.simulator.replies import in_topic
from bot.simulator.utf16 import part
from bot.simulator.world import World

_SERVICE = (
    "new_chat_members",
    "left_chat_member",
    "forum_topic_created",
    "pinned_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
)


def texted(text: str, parse_mode: str = "") -> Message:
    """Return the fields of a text that a person writes."""
    plain, entities = formatted(text, parse_mode)
    return {"text": plain} | ({"entities": entities} if entities else {})


def captioned(caption: str) -> Message:
    """Return the fields of a caption that a person writes; none when it is empty."""
    text, entities = formatted(caption)
    fields: Message = {"caption": text} if text else {}
    return fields | ({"caption_entities": entities} if entities else {})


@contextmanager
def expected(world: World, chat_id: int) -> Iterator[asyncio.Future[Message]]:
    """Give a future of the next message that the bot writes in a chat."""
    answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()

    def hear(event: Event) -> None:
        message = event.message
        if event.kind != "message" or event.chat_id != chat_id or message is None or answer.done():
            return
        if message.get("from", {}).get("id") == world.bot.id:
            answer.set_result(message)

    unsubscribe = world.listeners.subscribe(hear)
    try:
        yield answer
    finally:
        unsubscribe()


def say(
    world: World,
    account: Account,
    chat_id: int | None,
    content: Message,
    *,
    reply_to: int | None = None,
    topic: int | None = None,
) -> Message:
    """Post a person's message and tell the bot if it hears it.

    Raises:
        NotPossible: the person cannot write there.
    """
    chat = world.chats[account.id if chat_id is None else chat_id]
    _check(world, chat, account, topic or 0)
    chat.started = True
    if reply_to and reply_to not in chat.messages:
        raise NotPossible("there is no such message to reply to")
    thread = 0 if topic == GENERAL_TOPIC else topic or 0
    message = world.post(chat, account, {**in_topic(chat, thread, reply_to or 0), **content})
    report(world, chat, message)
    return message


def _check(world: World, chat: Chat, account: Account, topic: int) -> None:
    if chat.migrated_to:
        raise NotPossible("the group has become a supergroup")
    if chat.is_private and chat.member(world.bot.id).status == "kicked":
        raise NotPossible("who blocks the bot cannot write to it")
    member = chat.member(account.id)
    if not member.present or (chat.kind == "channel" and member.status == "member"):
        raise NotPossible("the person cannot write in this chat")
    if topic and topic != GENERAL_TOPIC and topic not in chat.topics:
        raise NotPossible("there is no such topic")
    if topic in chat.topics and chat.topics[topic].closed and member.status == "member":
        raise NotPossible("the topic is closed")


def report(world: World, chat: Chat, message: Message, *, edited: bool = False) -> None:
    """Queue the update for a person's message if the bot may see it."""
    if not chat.member(world.bot.id).present or not _hears(world, chat, message):
        return
    kind = "channel_post" if chat.kind == "channel" else "message"
    world.notify(f"edited_{kind}" if edited else kind, message)


def _hears(world: World, chat: Chat, message: Message) -> bool:
    """Apply the privacy mode (https://core.telegram.org/bots/features#privacy-mode)."""
    if not chat.is_group or not world.privacy or chat.member(world.bot.id).status == "administrator":
        return True
    if any(name in message for name in _SERVICE) or message.get("via_bot"):
        return True
    answered = message.get("reply_to_message", {}).get("from", {})
    return answered.get("id") == world.bot.id or _is_command(world, message)


def _is_command(world: World, message: Message) -> bool:
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or []
    for entity in entities:
        if entity["type"] == "bot_command":
            _, _, name = part(text, entity["offset"], entity["length"]).partition("@")
            if not name or name.lower() == world.bot.username.lower():
                return True
    return False
