"""Chats, members and topics: the state that the simulator keeps, and how the Bot API writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.simulator.events import Message

ChatKind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "left", "kicked"]

ADMINISTRATOR_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_post_messages",
    "can_edit_messages",
)
GENERAL_TOPIC = 1


@dataclass(slots=True)
class Account:
    """A user of Telegram, a bot or a person, as others see it."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    hides_forwards: bool = False

    def as_user(self) -> dict[str, Any]:
        """Return the account as a Bot API User."""
        user: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return user | {name: value for name, value in optional.items() if value}


@dataclass(slots=True)
class Member:
    """One account's standing in a chat; `rights` names what an administrator may do."""

    status: Status = "member"
    rights: set[str] = field(default_factory=set)
    may_write: bool = True

    @property
    def present(self) -> bool:
        """Whether the account is in the chat now."""
        return self.status in {"creator", "administrator", "member"}

    def may(self, right: str) -> bool:
        """Return whether the account holds the administrator's `right`."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is that of the service message which opened it."""

    id: int
    name: str
    icon_color: int = 7322096
    icon_custom_emoji_id: str = ""
    closed: bool = False
    hidden: bool = False

    def as_forum_topic(self) -> dict[str, Any]:
        """Return the topic as a Bot API ForumTopic."""
        topic = {"message_thread_id": self.id, "name": self.name, "icon_color": self.icon_color}
        return topic | ({"icon_custom_emoji_id": self.icon_custom_emoji_id} if self.icon_custom_emoji_id else {})


@dataclass(slots=True)
class Chat:
    """A chat with its messages in order; the id of a private chat is the person's."""

    id: int
    kind: ChatKind
    title: str = ""
    username: str = ""
    first_name: str = ""
    last_name: str = ""
    is_forum: bool = False
    started: bool = True
    deactivated: bool = False
    migrated_to: int = 0
    last_message_id: int = 0
    last_speaker: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    reactions: dict[int, dict[int, list[dict[str, Any]]]] = field(default_factory=dict)
    keyboards: dict[int, dict[str, Any]] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    @property
    def is_private(self) -> bool:
        """Whether the chat is between one person and the bot."""
        return self.kind == "private"

    @property
    def is_group(self) -> bool:
        """Whether several people talk in the chat."""
        return self.kind in {"group", "supergroup"}

    def member(self, account_id: int) -> Member:
        """Return the account's standing in the chat; who was never there has left."""
        return self.members.get(account_id) or Member("left")

    def as_chat(self) -> dict[str, Any]:
        """Return the chat as the Bot API writes it inside a message."""
        chat: dict[str, Any] = {"id": self.id, "type": self.kind}
        optional = {
            "title": self.title,
            "username": self.username,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "is_forum": self.is_forum,
        }
        return chat | {name: value for name, value in optional.items() if value}
