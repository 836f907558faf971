"""How groups and channels come to be and change, other than by messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.simulator.chats import ADMINISTRATOR_RIGHTS, Account, Chat, ChatKind, Member, Status, Topic
from bot.simulator.world import World

FIRST_SUPERGROUP = -1_000_000_000_000
"""Ids of supergroups and channels are below it (https://core.telegram.org/api/bots/ids)."""

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
"""What a restricted member lacks (https://core.telegram.org/bots/api#chatmemberrestricted)."""


def open_chat(
    world: World,
    kind: ChatKind,
    title: str,
    accounts: Sequence[Account],
    chat_id: int | None,
    *,
    administrator: bool,
) -> Chat:
    """Make a group or channel with the bot in it; the first of the accounts owns it."""
    chat = Chat(chat_id or _next_id(world, kind), kind, title)
    # The first message tells that the chat was made; the bot was not there yet and never sees it.
    chat.last_message_id = 1
    world.chats[chat.id] = chat
    for place, account in enumerate(accounts):
        chat.members[account.id] = Member("member" if place else "creator")
    world.tell("chat", chat.id)
    set_bot(world, chat, "administrator" if administrator else "member")
    return chat


def _next_id(world: World, kind: ChatKind) -> int:
    number = world.number("group")
    return -(5_000_000 + number) if kind == "group" else FIRST_SUPERGROUP - 2_000_000 - number


def set_bot(world: World, chat: Chat, status: Status, rights: Iterable[str] = (), *, may_write: bool = True) -> None:
    """Change the bot's standing in a chat and tell it so."""
    granted = set(rights or ADMINISTRATOR_RIGHTS) if status == "administrator" else set()
    owners = [identifier for identifier, member in chat.members.items() if member.status == "creator"]
    change_member(world, chat, world.bot, Member(status, granted, may_write), owners[0] if owners else None)


def change_member(world: World, chat: Chat, account: Account, new: Member, actor: int | None = None) -> None:
    """Change an account's standing in a chat; the bot hears of its own always, of others' when it asked to."""
    old = chat.member(account.id)
    chat.members[account.id] = new
    kind = "my_chat_member" if account.id == world.bot.id else "chat_member"
    by = world.account(actor if actor is not None else account.id)
    if by.id != world.bot.id or kind == "my_chat_member":
        change = {
            "chat": chat.as_chat(),
            "from": by.as_user(),
            "date": world.date,
            "old_chat_member": as_chat_member(account, old),
            "new_chat_member": as_chat_member(account, new),
        }
        world.notify(kind, change)
    world.tell("chat", chat.id)


def as_chat_member(account: Account, member: Member) -> dict[str, Any]:
    """Return an account's standing as a Bot API ChatMember."""
    result: dict[str, Any] = {"status": member.status, "user": account.as_user()}
    if member.status == "member" and not member.may_write:
        result |= {"status": "restricted", "is_member": True, "until_date": 0} | dict.fromkeys(PERMISSIONS, False)
    if member.status == "kicked":
        result["until_date"] = 0
    if member.status == "creator":
        result["is_anonymous"] = False
    if member.status == "administrator":
        result |= {"can_be_edited": False, "is_anonymous": False}
        result |= {right: right in member.rights for right in ADMINISTRATOR_RIGHTS}
    return result


def migrate(world: World, chat: Chat) -> Chat:
    """Make a supergroup of a group; both tell of each other, as service messages."""
    new = open_migrated(world, chat)
    world.notify("message", world.post(chat, world.account(_owner(world, chat)), {"migrate_to_chat_id": new.id}))
    chat.migrated_to = new.id
    owner = world.account(_owner(world, new))
    world.notify("message", world.post(new, owner, {"migrate_from_chat_id": chat.id}))
    world.tell("chat", chat.id)
    return new


def open_migrated(world: World, chat: Chat) -> Chat:
    """Make the supergroup that follows a group."""
    new = Chat(_next_id(world, "supergroup"), "supergroup", chat.title, is_forum=chat.is_forum)
    new.members = dict(chat.members)
    new.topics = dict(chat.topics)
    new.last_message_id = chat.last_message_id
    world.chats[new.id] = new
    world.tell("chat", new.id)
    return new


def _owner(world: World, chat: Chat) -> int:
    owners = [identifier for identifier, member in chat.members.items() if member.status == "creator"]
    return owners[0] if owners else world.bot.id


def delete_topic(world: World, chat_id: int, topic_id: int) -> None:
    """Delete a topic with all its messages; nothing happens when there is none."""
    chat = world.chats.get(chat_id)
    if chat is None or chat.topics.pop(topic_id, None) is None:
        return
    gone = [number for number, message in chat.messages.items() if message.get("message_thread_id") == topic_id]
    for message_id in dict.fromkeys([topic_id, *gone]):
        if message_id in chat.messages:
            world.remove(chat, message_id)
    world.tell("chat", chat.id)


def open_topic(world: World, chat: Chat, account: Account, topic: dict[str, Any]) -> Topic:
    """Open a topic with the fields of a Bot API ForumTopicCreated; its first message says who did."""
    thread = chat.last_message_id + 1
    opened = Topic(thread, **topic)
    chat.topics[thread] = opened
    place = {"message_thread_id": thread, "is_topic_message": True}
    message = world.post(chat, account, place | {"forum_topic_created": topic})
    if account.id != world.bot.id:
        world.notify("message", message)
    world.tell("chat", chat.id)
    return opened
