"""Enquiries as the tests open them: past the questions of the draft, in the transactions that handlers use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from bot.app import Running
from bot.enquiries import Actor, Consent, Said, Terms, from_firm, from_staff, open_enquiry
from bot.simulator import Message, Person
from storage import drafts, enquiries
from storage.models import Enquiry

TEXT = "Wir suchen eine Verpackung aus Papier für Tiefkühlware."
KINDS = ("photo", "document", "voice", "contact", "location", "sticker")
TERMS = Terms()
_updates: Callable[[], int] = count(900_000_000).__next__


@dataclass
class Asking:
    """A firm with an enquiry; what it and the staff do without the handlers."""

    bot: Running
    person: Person
    id: int = field(default=0)

    async def open(self, cluster: str = "nieke", **values: Any) -> str:
        """Send an enquiry, wait for the bot, and return its number."""
        given = {"text": TEXT, "firm": "Muster GmbH", "way": "chat", "steps": ["processing"], "region": "DE-NI"}
        services = self.bot.services
        async with services.database.begin() as session:
            draft = await drafts.begin(session, self.person.id, now=services.clock())
            for name, value in (given | values | {"cluster": cluster}).items():
                setattr(draft, name, value)
        async with services.database.begin() as session:
            enquiry = await open_enquiry(
                session,
                self.person.id,
                update_id=_updates(),
                language="de",
                consent=Consent("1", "Ja"),
                most_a_day=1000,
                now=services.clock(),
            )
        self.id = enquiry.id
        await self.sent()
        return enquiry.number

    @property
    def now(self) -> datetime:
        """The time of the bot's clock."""
        return self.bot.services.clock()

    async def says(self, message: Message) -> None:
        """Pass on a message that the firm has sent, and wait for the bot."""
        await self.plans(message)
        await self.sent()

    async def plans(self, message: Message) -> None:
        """Plan to pass on a message that the firm has sent."""
        services = self.bot.services
        async with services.database.begin() as session:
            enquiry = await enquiries.by_id(session, self.id)
            assert enquiry
            await from_firm(session, enquiry, said(message), TERMS, now=services.clock())

    async def is_answered(self, message: Message, cluster: str = "nieke") -> None:
        """Pass on a message that the staff has sent."""
        services = self.bot.services
        actor = Actor(message["from"]["id"], message["from"]["first_name"], _updates())
        async with services.database.begin() as session:
            enquiry = await enquiries.by_id(session, self.id)
            assert enquiry
            await from_staff(session, enquiry, said(message), actor, cluster, terms=TERMS, now=services.clock())
        await self.sent()

    async def enquiry(self) -> Enquiry:
        """The enquiry as it is now."""
        async with self.bot.services.database.read() as session:
            found = await enquiries.by_id(session, self.id)
        assert found
        return found

    async def sent(self) -> None:
        """Have the outbox send what is planned."""
        self.bot.services.outbox.wake()
        await self.bot.idle()


def said(message: Message) -> Said:
    """Return a message as the domain takes it."""
    kind = next((kind for kind in KINDS if kind in message), "text")
    file = message.get(kind)
    file_id = file[-1]["file_id"] if isinstance(file, list) else (file or {}).get("file_id") if kind != "text" else None
    return Said(
        message["chat"]["id"],
        message["message_id"],
        message["from"]["id"],
        kind,
        message.get("text") or message.get("caption") or "",
        file_id,
        message.get("media_group_id"),
    )
