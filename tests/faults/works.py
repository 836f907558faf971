"""The three works: how each is begun, and what its addressee has got."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import select

from bot.announcements.selection import TOPICS, bits
from bot.announcements.starting import schedule
from bot.simulator import Person
from bot.terminal import message_text
from storage.models import Announcement, Delivery, LatePolicy, Subscriber
from tests.faults.matrix import Work
from tests.handlers.conftest import Clock, Talk
from tests.handlers.enquiring import Asking
from tests.handlers.office import Office

LONG = " ".join(["Wir sind ein Hersteller von Tiefkühlkost und fragen nach Verpackungen aus Papier."] * 40)
"""So long that it takes pages of the database of its own."""
MINUTE = timedelta(minutes=1)


class UnderWay(Protocol):
    """A work that is prepared."""

    @property
    def to(self) -> int:
        """The chat of the addressee."""

    async def begin(self) -> None:
        """Do what starts it."""

    async def states(self) -> list[str]:
        """What the bot has listed about the addressee; empty where it lists nothing."""

    def is_copy(self, text: str) -> bool:
        """Whether a text is what was to be sent."""


@dataclass
class Answer:
    """A question to which the answer is known from an earlier time."""

    talk: Talk
    plain: str = ""

    @property
    def to(self) -> int:
        return self.talk.person.id

    async def begin(self) -> None:
        await self.talk.person.write(LONG)

    async def states(self) -> list[str]:
        return []

    def is_copy(self, text: str) -> bool:
        return text.startswith(self.plain)


@dataclass
class Enquiry:
    """An enquiry that stands in the staff's group."""

    team: Office
    firm: Talk
    text: str = "Drei Firmen liefern das. " + LONG

    @property
    def to(self) -> int:
        return self.firm.person.id

    async def begin(self) -> None:
        card = self.team.card()
        await self.team.agent.write(
            self.text, chat=self.team.group.id, reply_to=card["message_id"], topic=card.get("message_thread_id")
        )

    async def states(self) -> list[str]:
        return []

    def is_copy(self, text: str) -> bool:
        return "Drei Firmen" in text


@dataclass
class Broadcast:
    """An announcement for three subscribers, which falls due when it begins."""

    talk: Talk
    clock: Clock

    @property
    def to(self) -> int:
        return self.talk.person.id

    async def begin(self) -> None:
        self.clock.pass_(minutes=2)
        self.talk.bot.services.broadcast.wake()

    async def states(self) -> list[str]:
        async with self.talk.bot.services.database.read() as session:
            query = select(Delivery.state).where(Delivery.person_id == self.to)
            return [str(state) for state in await session.scalars(query)]

    def is_copy(self, text: str) -> bool:
        return "Neues aus Vechta" in text


async def prepare(work: Work, talk: Callable[..., Talk], office: Callable[..., Any], clock: Clock) -> UnderWay:
    """Bring everything to the point at which only `begin` is missing."""
    firm = talk("de")
    await firm.say("/start")
    makers: dict[Work, Callable[[], Awaitable[UnderWay]]] = {
        Work.ANSWER: lambda: _answer(firm),
        Work.ENQUIRY: lambda: _enquiry(firm, office),
        Work.BROADCAST: lambda: _broadcast(firm, talk, clock),
    }
    return await makers[work]()


async def _answer(firm: Talk) -> UnderWay:
    await firm.say(LONG)
    return Answer(firm, message_text(firm.messages()[-1]))


async def _enquiry(firm: Talk, office: Callable[..., Any]) -> UnderWay:
    team = await office("nieke")
    await Asking(firm.bot, firm.person).open("nieke")
    # The first reply also says who has taken the enquiry up.
    await team.reply("Guten Tag", to=team.card())
    return Enquiry(team, firm)


async def _broadcast(firm: Talk, talk: Callable[..., Talk], clock: Clock) -> UnderWay:
    others = [talk("de") for _ in range(2)]
    for one in others:
        await one.say("/start")
    await _plan([firm.person, *(one.person for one in others)], firm, clock)
    await firm.bot.idle()
    return Broadcast(firm, clock)


async def _plan(people: list[Person], firm: Talk, clock: Clock) -> None:
    async with firm.bot.services.database.begin() as session:
        for person in people:
            session.add(
                Subscriber(
                    person_id=person.id,
                    language="de",
                    topics=bits(["news"], TOPICS),
                    zone="Europe/Berlin",
                    quiet_sundays=False,
                    updated_at=clock(),
                )
            )
        announcement = Announcement(
            update_id=1,
            topic="news",
            cluster="nieke",
            texts={"de": {"title": "Neues aus Vechta", "body": LONG[:3000]}},
            first_at=(clock() + MINUTE).replace(tzinfo=None).isoformat(),
            zone="UTC",
            late_policy=LatePolicy.SEND,
            created_by=1,
            updated_at=clock(),
        )
        session.add(announcement)
        await session.flush()
        await schedule(session, announcement, now=clock())
