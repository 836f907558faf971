"""The state of a simulator in a form that JSON can hold."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.simulator.chats import Account, Chat, Member, Topic
from bot.simulator.profile import Profile
from bot.simulator.world import Webhook, World

VERSION = 1
SKIPPED_UPDATES = 100_000
SKIPPED_NUMBERS = 1_000
"""Ids that a restored simulator leaves out: more than can have been given after the last save."""


def dump(world: World) -> dict[str, Any]:
    """Return all that a later process needs, in a form that JSON can hold; open queries are left out."""
    return {
        "version": VERSION,
        "accounts": [asdict(account) for account in world.accounts.values()],
        "chats": [_dump_chat(chat) for chat in world.chats.values()],
        "counters": dict(world.counters),
        "files": world.files.dump(),
        "profile": asdict(world.profile),
        "updates": world.updates.dump(),
        "webhook": asdict(world.webhook),
    }


def load(world: World, state: dict[str, Any]) -> None:
    """Take over dumped state.

    Raises:
        ValueError: it is of another version.
    """
    if state.get("version") != VERSION:
        raise ValueError(f"saved by another version of the simulator: {state.get('version')}")
    state = json.loads(json.dumps(state))  # What is restored shares nothing with what was saved.
    world.accounts = {entry["id"]: Account(**entry) for entry in state["accounts"]}
    world.chats = {entry["id"]: _load_chat(entry) for entry in state["chats"]}
    world.counters = {name: number + SKIPPED_NUMBERS for name, number in state["counters"].items()}
    world.files.load(state["files"])
    world.profile = Profile(**state["profile"])
    buttons = world.profile.menu_buttons.items()
    world.profile.menu_buttons = {int(chat_id): button for chat_id, button in buttons}
    world.updates.load(state["updates"], skipped_ids=SKIPPED_UPDATES)
    world.webhook = Webhook(**state["webhook"])


def _dump_chat(chat: Chat) -> dict[str, Any]:
    state = {name: getattr(chat, name) for name in Chat.__slots__}
    members = {
        identifier: {"status": member.status, "rights": sorted(member.rights), "may_write": member.may_write}
        for identifier, member in chat.members.items()
    }
    topics = {identifier: asdict(topic) for identifier, topic in chat.topics.items()}
    return state | {
        "members": members,
        "topics": topics,
        "messages": list(chat.messages.values()),
        "reactions": {number: dict(given) for number, given in chat.reactions.items()},
        "keyboards": dict(chat.keyboards),
        "pinned": list(chat.pinned),
    }


def _load_chat(state: dict[str, Any]) -> Chat:
    chat = Chat(**state)
    chat.last_message_id += SKIPPED_NUMBERS
    chat.messages = {message["message_id"]: message for message in state["messages"]}
    chat.keyboards = {int(number): keyboard for number, keyboard in state["keyboards"].items()}
    chat.topics = {int(number): Topic(**topic) for number, topic in state["topics"].items()}
    chat.members = {
        int(number): Member(member["status"], set(member["rights"]), member["may_write"])
        for number, member in state["members"].items()
    }
    chat.reactions = {
        int(number): {int(account): reactions for account, reactions in given.items()}
        for number, given in state["reactions"].items()
    }
    return chat
