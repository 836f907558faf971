"""After a restore whoever may decide is asked once, by buttons, whether an announcement goes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.announcements.selection import TOPICS, bits
from bot.announcements.starting import schedule
from bot.app import Running
from storage import leases
from storage.models import Announcement, OccurrenceState, Subscriber
from tests.handlers.announcing.test_announcing import got, sendings
from tests.handlers.conftest import NOW, OWNER
from tests.handlers.hiring import hire

Begin = Callable[..., Any]


async def restored(bot: Running, reader: int, author: int) -> None:
    """Let news be due in a database that is older than what has left."""
    bot.services.broadcast.copy.keep(10_000)
    async with bot.services.database.begin() as session:
        session.add(
            Subscriber(
                person_id=reader,
                language="de",
                topics=bits(["news"], TOPICS),
                zone="UTC",
                quiet_sundays=False,
                updated_at=NOW,
            )
        )
        announcement = Announcement(
            update_id=1,
            topic="news",
            cluster="fpi",
            texts={"de": {"title": "Neues", "body": "Zeile eins."}},
            first_at=NOW.replace(tzinfo=None).isoformat(),
            zone="UTC",
            created_by=author,
            updated_at=NOW,
        )
        session.add(announcement)
        await session.flush()
        await schedule(session, announcement, now=NOW)
    await bot.services.broadcast.look_back()
    await bot.services.broadcast.idle()


@pytest.mark.parametrize(("button", "state"), [("Jetzt senden", "finished"), ("Ausfallen lassen", "skipped")])
async def test_the_first_who_decides_decides(bot: Running, talk: Begin, button: str, state: str) -> None:
    sender, owner, reader, stranger = talk("de"), talk("de", person_id=OWNER), talk("de"), talk("de")
    await hire(bot, sender.person.id, "sender", "fpi")
    for one in (sender, owner, reader, stranger):
        await one.say("/start")
    await restored(bot, reader.person.id, sender.person.id)
    for one in (sender, owner):
        assert "Datenbank wurde wiederhergestellt" in await one.answer()
        assert one.buttons() == ["Jetzt senden", "Ausfallen lassen"]
    assert "wiederhergestellt" not in await stranger.answer()
    assert "Zeile eins." not in await reader.answer()
    await owner.press(button)
    await bot.services.broadcast.idle()
    [sending] = await sendings(bot, 1)
    assert sending.state == state
    assert await got(bot, reader, "Zeile eins.") == (state == OccurrenceState.FINISHED)
    [asked] = [message for message in sender.messages() if "wiederhergestellt" in message["text"]]
    await sender.person.press(asked["message_id"], "Jetzt senden")
    await sender.answer()
    assert [one.state for one in await sendings(bot, 1)] == [state]


async def test_nobody_is_asked_twice(bot: Running, talk: Begin) -> None:
    owner, reader = talk("de", person_id=OWNER), talk("de")
    await owner.say("/start")
    await restored(bot, reader.person.id, OWNER)
    await bot.services.broadcast.look_back()
    await bot.services.broadcast.idle()
    assert len([message for message in owner.messages() if "wiederhergestellt" in message["text"]]) == 1
    async with bot.services.database.read() as session:
        holder = await leases.holder(session, "scheduler")
    assert holder
    assert holder.fence > 10_000
