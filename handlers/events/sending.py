"""What the broadcast sends of an event: its card, a reminder, a correction of cards that are there, a cancellation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.events import drafting, replying
from bot.events.publishing import TOPIC
from bot.telegram.settled import is_settled
from handlers.context import Context
from handlers.events.cards import card_of, keys_of, label, shown
from handlers.sending import NO_PREVIEW, Reader, Rows, keyboard
from handlers.subscribing.subscribing import tap
from storage import attendances, event_sendings
from storage.models import Attendance, Event, Occurrence, Purpose

NOTICEABLE = {"begins_at": "time", "ends_at": "time", "zone": "time", "place": "place", "online": "place"}
"""What whoever comes is told of by a message of its own; the rest is only put right in the card."""
INTERESTED = (*replying.REMINDED, *replying.WISHES["yes"])


async def send(context: Context, event_id: int, occurrence: Occurrence | None, reader: Reader) -> int:
    """Send what an occurrence is for (None: a test of the invitation); return the message's id.

    Raises NoSuchEvent, TelegramError.
    """
    letter = await _letter(context, event_id, reader)
    purpose = occurrence.purpose if occurrence else Purpose.MAIN
    if purpose == Purpose.MAIN:
        return await letter.card()
    if purpose == Purpose.CORRECTION:
        return await letter.correct()
    if purpose == Purpose.CANCELLATION:
        await letter.edit()
    return await letter.tell(f"events/{purpose}.html")


async def preview(context: Context, event_id: int, language: str) -> str:
    """Return the card as a reader who has not replied sees it, as Telegram HTML. Raises NoSuchEvent."""
    letter = await _letter(context, event_id, Reader(0, language))
    return (await card_of(context, letter.event, 0, language)).html


async def _letter(context: Context, event_id: int, reader: Reader) -> Letter:
    async with context.services.database.read() as session:
        event = await drafting.of(session, event_id)
        return Letter(context, event, await attendances.by_id(session, event_id, reader.person), reader)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one reader is told of one event."""

    context: Context
    event: Event
    own: Attendance | None
    reader: Reader

    async def card(self, notice: str = "") -> int:
        """Send the card, below a notice if there is one, with the button that ends the topic."""
        html, buttons = await self._card()
        return await self._send(f"{notice}\n\n{html}".strip(), buttons)

    async def tell(self, template: str, **values: object) -> int:
        """Send a text about the event, with the buttons of the card."""
        language = self.reader.language
        html = self.context.services.texts.render(
            template, language, **shown(self.context, self.event, language), **values
        )
        return await self._send(html, keys_of(self.context, self.event, self.own, language))

    async def correct(self) -> int:
        """Put the card right; who comes is told of another time or place. Where the card is gone, a new one is sent."""
        language = self.reader.language
        told = dict.fromkeys(NOTICEABLE[name] for name in self.event.changed if name in NOTICEABLE)
        changed = [label(self.context, f"changed_{name}", language) for name in told]
        edited = await self.edit()
        if edited is None:
            values = shown(self.context, self.event, language)
            notice = self.context.services.texts.render("events/changed.html", language, changed=changed, **values)
            return await self.card(notice)
        if changed and self.own is not None and self.own.state in INTERESTED:
            await self.tell("events/correction.html", changed=changed)
        return edited

    async def edit(self) -> int | None:
        """Put the card that the reader has got right; return its id, None where there is none any more."""
        async with self.context.services.database.read() as session:
            message_id = await event_sendings.card_of(session, self.event.id, self.reader.person)
        if message_id is None:
            return None
        html, buttons = await self._card()
        options: dict[str, Any] = {"rate_limit_args": self.reader.lane}
        try:
            await self.context.bot.edit_message_text(
                html,
                chat_id=self.reader.person,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard(buttons),
                **options,
            )
        except BadRequest as refusal:
            return message_id if is_settled("editMessageText", refusal) else None
        return message_id

    async def _card(self) -> tuple[str, Rows]:
        language = self.reader.language
        card = await card_of(self.context, self.event, self.reader.person, language)
        return card.html, [*card.buttons, tap(self.context, TOPIC, language, wanted=False)]

    async def _send(self, html: str, buttons: Rows) -> int:
        message = await self.context.bot.send_message(
            self.reader.person,
            html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(buttons),
            rate_limit_args=self.reader.lane,
        )
        return message.message_id
