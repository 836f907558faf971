"""The simulated Telegram: people and chats on one side, the Bot API on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from bot.simulator import gate, groups, saving
from bot.simulator.calls import Call
from bot.simulator.chats import Account, Chat, ChatKind
from bot.simulator.events import Listener, Message
from bot.simulator.faults import Faults
from bot.simulator.files import Files, StoredFile, Upload
from bot.simulator.gate import Answer
from bot.simulator.limits import Limits
from bot.simulator.person import Person
from bot.simulator.profile import Command, Profile
from bot.simulator.updates import Updates
from bot.simulator.view import viewed
from bot.simulator.world import Webhook, World

TOKEN = "1:SIMULATED"  # noqa: S105 - it opens nothing.
FIRST_PERSON = 1001
_NO_FILES: Mapping[str, Upload] = MappingProxyType({})


def utc_now() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)


class Simulator:
    """A Bot API in this process, with everybody who talks to its one bot."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        clock: Callable[[], datetime] = utc_now,
        limits: Limits | None = None,
        faults: Faults | None = None,
        bot_name: str = "German Food Clusters",
        bot_username: str = "FoodClustersBot",
        privacy: bool = True,
    ) -> None:
        self.token = token
        self.limits = Limits() if limits is None else limits
        self.faults = Faults() if faults is None else faults
        self.calls: dict[str, int] = {}
        bot = Account(int(token.partition(":")[0]), bot_name, username=bot_username, is_bot=True)
        self.world = World(bot, clock, Updates(clock), privacy)

    async def call(
        self, method: str, parameters: Mapping[str, object], files: Mapping[str, Upload] = _NO_FILES
    ) -> Answer:
        """Do what the bot asks for and return exactly what Telegram would.

        Raises:
            NoAnswer: a fault on demand took the connection away.
        """
        call = Call(self.world, method.lower(), parameters, files)
        self.calls[call.method] = self.calls.get(call.method, 0) + 1
        return await gate.answer(call, self.limits, self.faults)

    def add_person(
        self,
        first_name: str,
        *,
        last_name: str = "",
        username: str = "",
        language_code: str = "de",
        person_id: int | None = None,
        hides_forwards: bool = False,
    ) -> Person:
        """Return the person with this id, who is made when nobody has it.

        Who `hides_forwards` is named, but cannot be found, where their messages are forwarded to.
        """
        if person_id is None:
            person_id = FIRST_PERSON - 1 + self.world.number("person")
        if person_id not in self.world.accounts:
            account = Account(person_id, first_name, last_name, username, language_code)
            account.hides_forwards = hides_forwards
            self.world.add_account(account)
        return self.person(person_id)

    def person(self, person_id: int) -> Person:
        """Return a person.

        Raises:
            KeyError: nobody has this id.
        """
        return Person(self.world, self.world.accounts[person_id])

    @property
    def people(self) -> list[Person]:
        """Everybody, in the order in which they came."""
        return [Person(self.world, account) for account in self.world.accounts.values()]

    @property
    def chats(self) -> list[Chat]:
        """All chats, private ones too, in the order in which they came."""
        return list(self.world.chats.values())

    def chat(self, chat_id: int) -> Chat:
        """Return a chat.

        Raises:
            KeyError: there is none with this id.
        """
        return self.world.chats[chat_id]

    def add_group(
        self,
        title: str,
        *,
        forum: bool = False,
        members: Iterable[Person] = (),
        chat_id: int | None = None,
        basic: bool = False,
        administrator: bool = False,
    ) -> Chat:
        """Return the group with this id, which is made when there is none; its first member owns it.

        The bot is in it, as an administrator with all rights or as a member; a `basic` group is no supergroup yet.
        """
        if chat_id in self.world.chats:
            return self.world.chats[chat_id]
        kind: ChatKind = "group" if basic else "supergroup"
        accounts = [member.account for member in members]
        chat = groups.open_chat(self.world, kind, title, accounts, chat_id, administrator=administrator)
        chat.is_forum = forum
        return chat

    def add_channel(
        self, title: str, *, username: str = "", members: Iterable[Person] = (), chat_id: int | None = None
    ) -> Chat:
        """Return the channel with this id, which is made when there is none; the bot may post in it."""
        if chat_id in self.world.chats:
            return self.world.chats[chat_id]
        accounts = [member.account for member in members]
        chat = groups.open_chat(self.world, "channel", title, accounts, chat_id, administrator=True)
        chat.username = username
        return chat

    def promote_bot(self, chat_id: int, *rights: str) -> None:
        """Make the bot an administrator of a group, with all rights unless some are named."""
        groups.set_bot(self.world, self.world.chats[chat_id], "administrator", rights)

    def demote_bot(self, chat_id: int, *, may_write: bool = True) -> None:
        """Make the bot a member without rights, that may not even write if so wished."""
        groups.set_bot(self.world, self.world.chats[chat_id], "member", may_write=may_write)

    def remove_bot(self, chat_id: int) -> None:
        """Throw the bot out of a group or channel."""
        groups.set_bot(self.world, self.world.chats[chat_id], "kicked")

    def migrate(self, chat_id: int) -> Chat:
        """Make a supergroup of a group and return it; the old id then only says where it went."""
        return groups.migrate(self.world, self.world.chats[chat_id])

    def delete_topic(self, chat_id: int, topic_id: int) -> None:
        """Delete a topic with all its messages, as an administrator does."""
        groups.delete_topic(self.world, chat_id, topic_id)

    def deactivate(self, person_id: int) -> None:
        """Delete a person's Telegram account."""
        self.world.chats[person_id].deactivated = True

    def messages(self, chat_id: int, viewer: int | None = None) -> list[Message]:
        """Return the messages of a chat, oldest first, as `view.viewed` describes them."""
        return viewed(self.world, self.world.chats[chat_id], viewer)

    def file(self, file_id: str) -> StoredFile | None:
        """Return a file that a message names."""
        return self.world.files.by_id(file_id)

    def commands(self, person_id: int, chat_id: int, language_code: str | None = None) -> list[Command]:
        """Return the commands that Telegram offers a person in a chat (None: in their language)."""
        language = self.world.accounts[person_id].language_code if language_code is None else language_code
        status = self.world.chats[chat_id].member(person_id).status
        administrator = status in {"creator", "administrator"}
        return self.world.profile.seen_by(person_id, chat_id, language, administrator=administrator)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at each change from now on; the returned function ends that."""
        return self.world.listeners.subscribe(listener)

    def clear(self) -> None:
        """Forget everybody, all chats and files, and what waits; ids go on, and listeners stay."""
        world = self.world
        for forgotten in (world.accounts, world.chats, world.queries, world.updates, self.calls):
            forgotten.clear()
        world.files, world.profile, world.webhook = Files(), Profile(), Webhook()
        self.limits.forget()
        world.tell("chat")

    def save(self) -> dict[str, Any]:
        """Return all state in a form that JSON can hold."""
        return saving.dump(self.world)

    @classmethod
    def restore(cls, state: dict[str, Any], **properties: Any) -> Simulator:
        """Return a simulator with saved state; ids go on above all that may have been given."""
        simulator = cls(**properties)
        saving.load(simulator.world, state)
        return simulator
