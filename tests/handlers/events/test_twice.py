"""What is handled twice after a crash happens once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from sqlalchemy import func, select
from telegram import Update

from bot.app import Running
from bot.telegram.handling import Handling, begin
from storage.models import Announcement, Event, Occurrence, Purpose
from tests.handlers.eventful import Inbox, answer, known, published, replies, sender_of, subscribe

Begin = Callable[..., Any]
NUMBERS = count(10**9)
CARD = "Kommen Sie"


async def twice(one: Any, label: str, message: Any = None) -> None:
    """Press a button, by default of the last message, in an update that is handled twice."""
    shown = message or one.messages()[-1]
    rows = shown["reply_markup"]["inline_keyboard"]
    [data] = [button["callback_data"] for row in rows for button in row if button["text"] == label]
    query = {"id": "1", "from": one.person.account.as_user(), "chat_instance": "1", "message": shown, "data": data}
    update = Update.de_json({"update_id": next(NUMBERS), "callback_query": query}, one.bot.application.bot)
    for _ in "ab":
        begin(handling := Handling(update.update_id))
        await one.bot.application.process_update(update)
        assert handling.failure is None
    begin(None)
    await one.bot.services.broadcast.idle()


async def how_many(bot: Running, model: Any, *where: Any) -> int:
    async with bot.services.database.read() as session:
        return (await session.scalars(select(func.count()).select_from(model).where(*where))).one()


async def test_an_event_is_begun_and_its_choices_are_taken_once(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await sender.say("/announce")
    await twice(sender, "Veranstaltungen")
    assert (await how_many(bot, Event), await how_many(bot, Announcement)) == (1, 0)
    await twice(sender, "FPI")
    [event] = await known(bot)
    assert event.version == 2


async def test_an_invitation_is_begun_once(bot: Running, talk: Begin) -> None:
    sender = await sender_of(bot, talk)
    await published(bot, sender)
    await answer(sender, "/events", "Verwalten: Tag der Qualität")
    await twice(sender, "Einladen")
    assert await how_many(bot, Announcement) == 2


async def test_a_correction_and_a_cancellation_are_told_once(bot: Running, talk: Begin) -> None:
    sender, reader = await sender_of(bot, talk), talk("de")
    await reader.say("/start")
    await subscribe(bot, reader)
    await published(bot, sender)
    await Inbox(reader).press(CARD, "Ich komme")
    await answer(sender, "/events", "Verwalten: Tag der Qualität", "Ändern", "Ort ändern", "Halle 2")
    await twice(sender, "Berichtigung senden")
    assert await how_many(bot, Occurrence, Occurrence.purpose == Purpose.CORRECTION) == 1
    assert any("ist geändert" in message.get("text", "") for message in sender.messages()[-4:])
    await answer(sender, "/events", "Verwalten: Tag der Qualität", "Veranstaltung absagen")
    await twice(sender, "Ja, absagen und alle benachrichtigen")
    assert await how_many(bot, Occurrence, Occurrence.purpose == Purpose.CANCELLATION) == 1
    texts = Inbox(reader).texts()
    assert [sum(start in text for text in texts) for start in ("Geändert: Ort", "Abgesagt: Tag")] == [1, 1]


async def test_a_reply_gives_one_seat_and_a_reminder_is_switched_once(bot: Running, talk: Begin) -> None:
    sender, reader = await sender_of(bot, talk), talk("de")
    await reader.say("/start")
    await subscribe(bot, reader)
    event = await published(bot, sender, seats="1")
    await twice(reader, "Ich komme", Inbox(reader).with_(CARD))
    assert [one.state for one in await replies(bot, event)] == ["yes"]
    await twice(reader, "1 Tag vorher", Inbox(reader).with_(CARD))
    assert Inbox(reader).buttons(CARD)[4] == "✓ 1 Tag vorher"
