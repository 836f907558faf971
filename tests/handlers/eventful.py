"""Events for tests: made by a sender in the chat, gone out to those who want events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from icalendar import Calendar
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.announcements.selection import TOPICS, bits
from bot.app import Running
from bot.terminal import message_text
from storage import attendances, events
from storage.models import Attendance, Event, Subscriber
from tests.handlers.conftest import NOW
from tests.handlers.hiring import hire

ANSWERS = ("FPI", "Tag der Qualität\nKommen Sie <bald>.", "Nur Deutsch", "3.12.2026 14 Uhr", "2 Stunden")
PLACE, OPEN_END = "Halle 1, Lübeck https://treffen.example/a", ("Bis zum Beginn", "Keine Seite")


async def sender_of(bot: Running, talk: Any, cluster: str = "fpi", role: str = "sender") -> Any:
    """Begin a talk with somebody who may announce."""
    sender = talk("de")
    await hire(bot, sender.person.id, role, cluster)
    return sender


async def subscribe(bot: Running, *people: Any, language: str = "de", quiet: bool = False) -> None:
    """Let people want events, those of all clusters."""
    async with bot.services.database.begin() as session:
        session.add_all(
            Subscriber(
                person_id=one.person.id,
                language=language,
                topics=bits(["events"], TOPICS),
                zone="Europe/Berlin",
                quiet_from=20 * 60 if quiet else None,
                quiet_until=8 * 60 if quiet else None,
                quiet_sundays=False,
                updated_at=NOW,
            )
            for one in people
        )


async def drafted(sender: Any, *, seats: str = "Unbegrenzt", deadline: str = OPEN_END[0]) -> str:
    """Write an event up to its overview; return that."""
    await sender.say("/announce")
    await sender.press("Veranstaltungen")
    await answer(sender, *ANSWERS, PLACE, seats, deadline)
    return str(await sender.press(OPEN_END[1]))


async def answer(one: Any, *answers: str) -> str:
    """Press a button where there is one of that name, else write; return the last answer."""
    told = ""
    for text in answers:
        told = await (one.press(text) if one.messages() and text in one.buttons() else one.say(text))
    return told


async def invite(bot: Running, sender: Any) -> None:
    """Send the invitation at once to all who want events."""
    await answer(sender, "Einladen", "Weiter", "Sofort", "Mich fragen", "Einplanen")
    await bot.services.broadcast.idle()


async def published(bot: Running, sender: Any, **more: str) -> Event:
    """Write an event and send the invitation; return it."""
    await drafted(sender, **more)
    await invite(bot, sender)
    return (await known(bot))[-1]


async def known(bot: Running) -> list[Event]:
    """Return all events but revisions, oldest first."""
    async with bot.services.database.read() as session:
        found = [await events.by_id(session, number) for number in range(1, 30)]
    return [event for event in found if event is not None and event.revises is None]


async def replies(bot: Running, event: Event) -> list[Attendance]:
    """Return the replies to an event in their order."""
    async with bot.services.database.read() as session:
        return list(await attendances.listed(session, event.id))


@dataclass
class Inbox:
    """What somebody has got of the bot, and the buttons below it."""

    one: Any

    def texts(self) -> list[str]:
        """What a reader sees of the messages, oldest first."""
        return [message_text(message) for message in self.one.messages()]

    def with_(self, text: str) -> Any:
        """The newest message that holds a text."""
        return [message for message in self.one.messages() if text in message_text(message)][-1]

    def buttons(self, text: str) -> list[str]:
        """The labels below the newest message that holds a text."""
        rows = self.with_(text).get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    async def press(self, text: str, button: str) -> str:
        """Press a button below the newest message that holds a text; return the short answer to the press."""
        answered = await self.one.person.press(self.with_(text)["message_id"], button)
        await self.one.bot.idle()
        await self.one.bot.services.broadcast.idle()
        return str(answered.text if answered is not None and answered.text else "")

    def file(self) -> bytes:
        """The bytes of the last file."""
        document = self.one.messages()[-1]["document"]
        return bytes(self.one.simulator.file(document["file_id"]).upload.content)

    def entry(self) -> tuple[Any, Any]:
        """The calendar in the last file, and its only entry."""
        calendar = Calendar.from_ical(self.file())
        [entry] = calendar.walk("VEVENT")
        return calendar, entry


def buttons_of(message: Any) -> InlineKeyboardMarkup:
    """Return the buttons of a message, for another one: an old one that somebody still sees."""
    rows = message["reply_markup"]["inline_keyboard"]
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(one["text"], callback_data=one["callback_data"]) for one in row] for row in rows]
    )
