"""Service messages: what happened in a chat, as one line of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.simulator.playground.people import full_name
from bot.simulator.playground.words import Words

Message = Mapping[str, Any]
Teller = Callable[[Message, str, Words], str]


def service_text(message: Message, words: Words) -> str | None:
    """Return what a service message tells, or None if somebody said something."""
    actor = full_name(message.get("from") or message.get("sender_chat") or message["chat"])
    for name, tell in TELLERS.items():
        if name in message:
            return tell(message, actor, words)
    return None


def _joined(message: Message, actor: str, words: Words) -> str:
    members = message["new_chat_members"]
    if [member["id"] for member in members] == [message.get("from", {}).get("id")]:
        return words("service_joined", actor=actor)
    return words("service_added", actor=actor, names=[full_name(member) for member in members])


def _left(message: Message, actor: str, words: Words) -> str:
    member = message["left_chat_member"]
    if member["id"] == message.get("from", {}).get("id"):
        return words("service_left", actor=actor)
    return words("service_removed", actor=actor, who=full_name(member))


def _pinned(message: Message, actor: str, words: Words) -> str:
    return words("service_pinned", actor=actor, excerpt=excerpt(message["pinned_message"], words))


def _topic(name: str) -> Teller:
    def tell(message: Message, actor: str, words: Words) -> str:
        return words(f"service_{name}", actor=actor, topic=message[name].get("name", ""))

    return tell


TELLERS: dict[str, Teller] = {
    "new_chat_members": _joined,
    "left_chat_member": _left,
    "pinned_message": _pinned,
    "forum_topic_created": _topic("forum_topic_created"),
    "forum_topic_edited": _topic("forum_topic_edited"),
    "forum_topic_closed": _topic("forum_topic_closed"),
    "forum_topic_reopened": _topic("forum_topic_reopened"),
    "new_chat_title": lambda message, actor, words: words(
        "service_title", actor=actor, title=message["new_chat_title"]
    ),
    "group_chat_created": lambda _message, actor, words: words("service_group_created", actor=actor),
    "supergroup_chat_created": lambda _message, actor, words: words("service_group_created", actor=actor),
    "channel_chat_created": lambda _message, _actor, words: words("service_channel_created"),
    "migrate_to_chat_id": lambda _message, _actor, words: words("service_upgraded"),
    "migrate_from_chat_id": lambda _message, _actor, words: words("service_upgraded"),
}

NAMED_BY_KIND = ("photo", "video", "animation", "voice", "audio", "sticker", "location", "poll")


def excerpt(message: Message, words: Words) -> str:
    """Return a message in a few words, for lists and quotes; the caller cuts what is too wide."""
    if text := message.get("text") or message.get("caption"):
        return " ".join(str(text).split())[:200]
    if document := message.get("document"):
        return str(document.get("file_name") or words("kind_document"))
    if venue := message.get("venue"):
        return str(venue["title"])
    if contact := message.get("contact"):
        return full_name(contact)
    for kind in NAMED_BY_KIND:
        if kind in message:
            return words(f"kind_{kind}")
    return service_text(message, words) or words("kind_other")
