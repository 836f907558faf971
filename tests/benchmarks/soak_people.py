"""People who keep a bot busy for as long as they are told to: they ask, send enquiries, and get announcements."""

from __future__ import annotations

import asyncio
import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.announcements.selection import TOPICS, bits
from bot.announcements.starting import schedule
from bot.simulator import Chat, Message, Person, Simulator
from bot.terminal import message_buttons, message_text
from storage import staff, staff_chats
from storage.database import Database
from storage.models import Announcement, Subscriber

QUESTIONS = (
    "Wo sitzt FPI?",
    "Welche Cluster machen Verpackung?",
    "und deren Telefonnummer?",
    "What does membership in foodRegio cost?",
    "Vergleiche NieKE und GIQS",
    "Wie wird das Wetter morgen?",
    "Who funds food research in Germany?",
    "Danke",
    "Ich suche jemanden für die Prüfung von Wurst in Vechta",
)
WISH = "Wir suchen einen Partner für die Prüfung von Wurstwaren, Nummer {}"
PATIENCE_SECONDS = 30.0
LOOK_SECONDS = 0.05


@dataclass
class Counts:
    """What happened so far."""

    answered: int = 0
    unanswered: int = 0
    enquiries: int = 0
    broken_off: int = 0
    announced: int = 0
    seconds: list[float] = field(default_factory=list)
    """Of the answers since the last sample."""

    def median_milliseconds(self) -> float:
        """Return the median of the answers since the last sample, and forget them."""
        taken, self.seconds = self.seconds, []
        return 1000 * statistics.median(taken) if taken else 0.0


@dataclass
class Town:
    """All who write to the bot."""

    simulator: Simulator
    database: Database
    people: list[Person]
    group: Chat
    agent: Person
    counts: Counts = field(default_factory=Counts)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    async def settle(cls, simulator: Simulator, database: Database, size: int) -> Town:
        """Add people who subscribe to news, and NieKE's group; the bot need not run yet."""
        people = [simulator.add_person(f"Person {number}", language_code="de") for number in range(size)]
        for person in people:
            await person.start()
        agent = simulator.add_person("Agnes")
        await agent.start()
        group = simulator.add_group("Team", forum=True, members=[agent], administrator=True)
        now = datetime.now(UTC)
        async with database.begin() as session:
            await staff.grant(session, agent.id, "agent", "nieke", name="Agnes", granted_by=1, now=now)
            await staff_chats.link(session, "nieke", group.id, title="Team", is_forum=True, linked_by=1, now=now)
            session.add_all(
                Subscriber(
                    person_id=person.id,
                    language="de",
                    topics=bits(["news"], TOPICS),
                    zone="Europe/Berlin",
                    quiet_sundays=False,
                    updated_at=now,
                )
                for person in people
            )
        return cls(simulator, database, people, group, agent)

    async def greeted(self) -> None:
        """Wait until the bot has answered everybody's first message."""
        for person in self.people:
            while not self._newest(person.id):
                await asyncio.sleep(LOOK_SECONDS)

    async def live(self, until: float, *, questions: float, enquiries: float, announcements: float) -> None:
        """Do all until then (time.monotonic); each number is the seconds between two of a kind."""
        await asyncio.gather(
            self._every(questions, until, self._question),
            self._every(enquiries, until, self._enquiry),
            self._every(announcements, until, self._announcement),
        )
        await asyncio.gather(*self._under_way)

    async def _every(self, seconds: float, until: float, act: Callable[[], Any]) -> None:
        while time.monotonic() < until:
            task = asyncio.create_task(act())
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            await asyncio.sleep(seconds)

    async def _question(self) -> None:
        person, began = self._chance.choice(self.people), time.monotonic()
        answer = await person.ask(self._chance.choice(QUESTIONS), seconds=PATIENCE_SECONDS)
        if answer is None:
            self.counts.unanswered += 1
            return
        self.counts.answered += 1
        self.counts.seconds.append(time.monotonic() - began)

    async def _enquiry(self) -> None:
        """A firm sends an enquiry, the staff answers and closes it."""
        number = next(self._numbers)
        firm, wish = self.simulator.add_person(f"Firma {number}", language_code="de"), WISH.format(number)
        try:
            await self._say(firm, "/enquire")
            await self._say(firm, wish)
            await self._press(firm, firm.id, "NieKE (LI Food)")
            await self._say(firm, f"Firma {number} GmbH")
            await self._press(firm, firm.id, "Hier im Chat")
            await self._press(firm, firm.id, "Einwilligen und senden")
            card = await self._seen(lambda: self._last(self.group.id, wish))
            topic = card.get("message_thread_id")
            await self.agent.write("Das können wir.", chat=self.group.id, reply_to=card["message_id"], topic=topic)
            await self._seen(lambda: self._last(firm.id, "Das können wir."))
        except TimeoutError:
            self.counts.broken_off += 1
        else:
            self.counts.enquiries += 1

    async def _announcement(self) -> None:
        number, now = next(self._numbers), datetime.now(UTC)
        async with self.database.begin() as session:
            announcement = Announcement(
                update_id=-number,
                topic="news",
                cluster="nieke",
                texts={"de": {"title": f"Neues {number}", "body": f"Neues {number}"}},
                first_at=now.replace(tzinfo=None).isoformat(),
                zone="UTC",
                created_by=self.agent.id,
                updated_at=now,
            )
            session.add(announcement)
            await session.flush()
            await schedule(session, announcement, now=now)
        self.counts.announced += 1

    async def _say(self, firm: Person, text: str) -> None:
        if await firm.ask(text, seconds=PATIENCE_SECONDS) is None:
            raise TimeoutError

    async def _press(self, firm: Person, chat: int, label: str) -> None:
        message = await self._seen(lambda: self._with_button(chat, label))
        await firm.press(message["message_id"], label, chat=chat, seconds=PATIENCE_SECONDS)

    async def _seen(self, look: Callable[[], Message | None]) -> Message:
        """Return what `look` finds in the end; raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (message := look()) is None:
                await asyncio.sleep(LOOK_SECONDS)
        return message

    def _last(self, chat: int, text: str) -> Message | None:
        return next((found for found in self._newest(chat) if text in message_text(found)), None)

    def _with_button(self, chat: int, label: str) -> Message | None:
        return next((found for found in self._newest(chat) if label in dict(message_buttons(found))), None)

    def _newest(self, chat: int) -> list[Message]:
        sent = self.simulator.messages(chat)[::-1]
        return [message for message in sent[:40] if message.get("from", {}).get("is_bot")]
