"""Methods about chats and their members."""

from __future__ import annotations

from typing import Any

from bot.simulator import groups
from bot.simulator.calls import Call
from bot.simulator.chats import Account, Chat, Member
from bot.simulator.errors import bad_request
from bot.simulator.methods.places import bot_in, chat_of, need
from bot.simulator.methods.registry import method

_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


@method
def get_chat(call: Call) -> dict[str, Any]:
    """https://core.telegram.org/bots/api#getchat."""
    chat = chat_of(call)
    if not chat.is_private:
        bot_in(call, chat)
    full = chat.as_chat() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]]
    return full


@method
def get_chat_member(call: Call) -> dict[str, Any]:
    """https://core.telegram.org/bots/api#getchatmember."""
    chat = chat_of(call)
    bot_in(call, chat)
    account = account_of(call)
    return groups.as_chat_member(account, chat.member(account.id))


@method
def get_chat_administrators(call: Call) -> list[dict[str, Any]]:
    """https://core.telegram.org/bots/api#getchatadministrators."""
    chat = chat_of(call)
    bot_in(call, chat)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [
        groups.as_chat_member(call.world.account(identifier), member)
        for identifier, member in chat.members.items()
        if member.status in {"creator", "administrator"}
    ]


@method
def get_chat_member_count(call: Call) -> int:
    """https://core.telegram.org/bots/api#getchatmembercount."""
    chat = chat_of(call)
    bot_in(call, chat)
    return sum(member.present for member in chat.members.values())


@method
def leave_chat(call: Call) -> bool:
    """https://core.telegram.org/bots/api#leavechat."""
    chat = chat_of(call)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    bot_in(call, chat)
    groups.change_member(call.world, chat, call.world.bot, Member("left"))
    return True


@method
def ban_chat_member(call: Call) -> bool:
    """https://core.telegram.org/bots/api#banchatmember."""
    chat, account = _restricted(call)
    groups.change_member(call.world, chat, account, Member("kicked"), call.world.bot.id)
    return True


@method
def unban_chat_member(call: Call) -> bool:
    """https://core.telegram.org/bots/api#unbanchatmember; who was in the group is out of it afterwards."""
    chat, account = _restricted(call)
    if chat.member(account.id).status == "kicked" or not call.flag("only_if_banned"):
        groups.change_member(call.world, chat, account, Member("left"), call.world.bot.id)
    return True


def _restricted(call: Call) -> tuple[Chat, Account]:
    chat = chat_of(call)
    need(bot_in(call, chat), "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    account = account_of(call)
    if chat.member(account.id).status == "creator":
        raise bad_request("can't remove chat owner")
    return chat, account


def account_of(call: Call) -> Account:
    """Return the account that `user_id` names.

    Raises:
        ApiError: 400, there is none.
    """
    try:
        return call.world.account(call.integer("user_id"))
    except KeyError:
        raise bad_request("invalid user_id specified") from None
