"""The simulated Telegram as one bot sees it: accounts, chats, messages, files and what waits for the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.simulator.chats import Account, Chat, Member
from bot.simulator.errors import bad_request
from bot.simulator.events import Event, Kind, Listeners, Message
from bot.simulator.files import Files
from bot.simulator.profile import Profile
from bot.simulator.updates import Updates

QUERY_LIFE = timedelta(seconds=30)
"""How long a pressed button or an inline query can be answered; Telegram does not document it."""


@dataclass(slots=True)
class Query:
    """A pressed button or an inline query that waits for the bot's answer."""

    id: str
    kind: Literal["callback", "inline"]
    person_id: int
    asked: datetime
    answer: asyncio.Future[dict[str, Any]]


@dataclass(slots=True)
class Webhook:
    """Where updates go when the bot does not poll; an empty `url` means that it polls."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass(slots=True)
class World:
    """All state of a simulator, and the few ways in which it changes."""

    bot: Account
    clock: Callable[[], datetime]
    updates: Updates
    privacy: bool = True
    accounts: dict[int, Account] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    profile: Profile = field(default_factory=Profile)
    webhook: Webhook = field(default_factory=Webhook)
    listeners: Listeners = field(default_factory=Listeners)

    @property
    def date(self) -> int:
        """Now, in seconds since 1970."""
        return int(self.clock().timestamp())

    def number(self, name: str) -> int:
        """Return the next number of the counter `name`, beginning with 1."""
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def tell(self, kind: Kind, chat_id: int = 0, message_id: int = 0, **data: Any) -> None:
        """Tell the listeners of a change that is no message."""
        self.listeners.tell(Event(kind, chat_id, message_id, data=data))

    def add_account(self, account: Account) -> None:
        """Make a person known, and open their private chat, which they have not started yet."""
        self.accounts[account.id] = account
        chat = Chat(account.id, "private", username=account.username, started=False)
        chat.first_name, chat.last_name = account.first_name, account.last_name
        chat.members = {account.id: Member(), self.bot.id: Member()}
        self.chats[chat.id] = chat
        self.tell("person", person=account.as_user())

    def account(self, account_id: int) -> Account:
        """Return a person or the bot.

        Raises:
            KeyError: nobody has this id.
        """
        return self.bot if account_id == self.bot.id else self.accounts[account_id]

    def post(self, chat: Chat, sender: Account | None, content: Message, keyboard: Message | None = None) -> Message:
        """Add a message to a chat and return it; without a sender it speaks for the chat itself."""
        chat.last_message_id += 1
        head: Message = {"message_id": chat.last_message_id}
        if sender and chat.kind != "channel":
            head["from"] = sender.as_user()
            chat.last_speaker = sender.id
        else:
            head["sender_chat"] = chat.as_chat()
        message: Message = {**head, "date": self.date, "chat": chat.as_chat(), **content}
        chat.messages[chat.last_message_id] = message
        if keyboard:
            chat.keyboards[chat.last_message_id] = keyboard
        self.listeners.tell(Event("message", chat.id, chat.last_message_id, message))
        return message

    def change(self, chat: Chat, message_id: int, content: Message, *, edited: bool = True) -> Message:
        """Replace a message by a changed copy and return that; fields with the value None are left out."""
        mark = {"edit_date": self.date} if edited else {}
        changed = {**chat.messages[message_id], **content, **mark}
        message = {name: value for name, value in changed.items() if value is not None}
        chat.messages[message_id] = message
        self.listeners.tell(Event("edited", chat.id, message_id, message))
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        """Delete a message for everybody."""
        del chat.messages[message_id]
        chat.keyboards.pop(message_id, None)
        chat.reactions.pop(message_id, None)
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.tell("deleted", chat.id, message_id)

    def notify(self, kind: str, content: dict[str, Any]) -> None:
        """Queue an update for the bot, if it asked for this kind."""
        if update_id := self.updates.add(kind, content):
            self.tell("update", update_id=update_id)

    def ask(self, kind: Literal["callback", "inline"], person_id: int) -> Query:
        """Open a query that the bot may answer."""
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        identifier = str(self.bot.id * 10**9 + self.number("query"))
        query = Query(identifier, kind, person_id, self.clock(), answer)
        self.queries[query.id] = query
        return query

    def take_query(self, query_id: str, kind: str) -> Query:
        """Return an open query and close it.

        Raises:
            ApiError: 400, it is unknown, answered already or too old.
        """
        query = self.queries.get(query_id)
        if query is None or query.kind != kind or self.clock() - query.asked > QUERY_LIFE:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return self.queries.pop(query_id)
