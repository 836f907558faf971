"""A whole bot on a simulated Telegram: tests read as a talk."""

from __future__ import annotations

import gc
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.access import Role
from bot.answering import Answerer
from bot.answering.content import load_content
from bot.app import Running, Understanding, running
from bot.settings import Settings
from bot.simulator import Limits, Message, Person, Simulator, SimulatorRequest
from storage import staff, staff_chats
from tests.handlers.enquiring import Asking
from tests.handlers.office import Office

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OWNER = 99

OpenOffice = Callable[..., Awaitable[Office]]


@dataclass
class Clock:
    """A time of day that goes on only when it is told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **spans: float) -> None:
        """Let time pass: `pass_(hours=4)`."""
        self.now += timedelta(**spans)


@dataclass
class Talk:
    """A person's private chat with the bot."""

    bot: Running
    simulator: Simulator
    person: Person
    seen: int = field(default=0)

    async def say(self, text: str) -> str:
        """Write, wait for the bot, return the text of its new messages."""
        await self.person.write(text)
        return await self.answer()

    async def press(self, button: str) -> str:
        """Press a button of the last message, by its label."""
        await self.person.press(self.messages()[-1]["message_id"], button)
        return await self.answer()

    async def answer(self) -> str:
        """Wait for the bot, return the text of its new or last message."""
        await self.bot.idle()
        new = [message for message in self.messages() if message["message_id"] > self.seen]
        self.seen = max(message["message_id"] for message in self.messages())
        return "\n\n".join(message["text"] for message in new or self.messages()[-1:])

    def messages(self) -> list[Message]:
        """What the bot has sent to this person."""
        sent = self.simulator.messages(self.person.id)
        return [message for message in sent if message.get("from", {}).get("is_bot")]

    def buttons(self) -> list[str]:
        """The labels under the last message."""
        rows = self.messages()[-1].get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    """What reads questions and enquiries over the real content; fitting takes seconds."""
    understood = Understanding.over(load_content())
    # Millions of objects that live to the end: the collector need not walk them in every test.
    gc.collect()
    gc.freeze()
    return understood


@pytest.fixture
def answerer(understanding: Understanding) -> Answerer:
    """The answerer over the real content."""
    return understanding.answerer


@pytest.fixture
def simulator() -> Simulator:
    """A Telegram without rate limits."""
    return Simulator(limits=Limits.off())


@pytest.fixture
def clock() -> Clock:
    """The bot's clock."""
    return Clock()


@pytest.fixture
async def bot(
    simulator: Simulator, understanding: Understanding, migrated: Path, tmp_path: Path, clock: Clock
) -> AsyncIterator[Running]:
    """The whole bot, running, as fast as it can."""
    shutil.copyfile(migrated, tmp_path / "bot.sqlite3")
    settings = Settings(
        token=SecretStr(simulator.token),
        database_url=f"sqlite:///{tmp_path}/bot.sqlite3",
        owners=(OWNER,),
        messages_per_second=100_000,
        chat_messages_per_second=100_000,
        group_messages_per_minute=100_000,
    )
    async with running(
        settings, request=lambda: SimulatorRequest(simulator), understanding=understanding, clock=clock
    ) as bot:
        yield bot


@pytest.fixture
def talk(bot: Running, simulator: Simulator) -> Callable[..., Talk]:
    """Begin a talk with a new person: `talk("de")`."""

    def begin(language_code: str = "de", person_id: int | None = None) -> Talk:
        person = simulator.add_person("Muster", language_code=language_code, person_id=person_id)
        return Talk(bot, simulator, person)

    return begin


@pytest.fixture
def office(bot: Running, simulator: Simulator, clock: Clock) -> OpenOffice:
    """Give a cluster a group with an agent in it: `await office("nieke")`; `forum=False`: without topics."""

    async def open_office(cluster: str = "nieke", *, forum: bool = True, basic: bool = False) -> Office:
        agent = simulator.add_person("Agnes", last_name=cluster)
        group = simulator.add_group(f"Team {cluster}", forum=forum, basic=basic, members=[agent], administrator=True)
        async with bot.services.database.begin() as session:
            await staff.grant(
                session, agent.id, Role.AGENT, cluster, name=agent.first_name, granted_by=OWNER, now=clock()
            )
            await staff_chats.link(
                session, cluster, group.id, title=group.title, is_forum=forum, linked_by=OWNER, now=clock()
            )
        await bot.idle()
        return Office(bot, simulator, cluster, group, agent)

    return open_office


@pytest.fixture
async def firm(talk: Callable[..., Talk]) -> Talk:
    """A firm that speaks German and has begun to talk with the bot."""
    begun = talk("de")
    await begun.say("/start")
    return begun


@pytest.fixture
def asking(firm: Talk) -> Asking:
    """The firm with an enquiry, once it is opened."""
    return Asking(firm.bot, firm.person)


@pytest.fixture
async def team(office: OpenOffice, asking: Asking) -> Office:
    """NieKE's staff chat with topics, in which the firm's enquiry stands."""
    opened = await office("nieke")
    await asking.open("nieke")
    return opened
