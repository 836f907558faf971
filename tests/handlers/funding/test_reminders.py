"""Reminders before the cut-off: to whom, when, and when not any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.app import Running
from storage import subscribers
from tests.handlers.conftest import NOW, Clock
from tests.handlers.funding.calls import announcement_of, sendings, sent, states, subscribe, tell_of

Begin = Callable[..., Any]
CLOSES = NOW + timedelta(days=40)


def to(person: Any, text: str) -> int:
    """Count the messages with a text."""
    return sum(text in message["text"] for message in person.messages())


async def reach(bot: Running, clock: Clock, *days: int) -> None:
    """Let it become that many days after the beginning, each time with a broadcast that looks."""
    for day in days:
        clock.now = NOW + timedelta(days=day)
        await sent(bot)


async def reader_of(bot: Running, talk: Begin, **values: Any) -> Any:
    reader = talk("de")
    await reader.say("/start")
    await subscribe(bot, reader, **values)
    return reader


async def test_who_got_it_is_reminded_30_14_and_3_days_before(bot: Running, talk: Begin, clock: Clock) -> None:
    reader, late = await reader_of(bot, talk), talk("de")
    await tell_of(bot, closes_at=CLOSES)
    await late.say("/start")
    await subscribe(bot, late)
    await reach(bot, clock, 10, 26, 37, 41)
    for days in (30, 14, 3):
        assert to(reader, f"Noch {days} Tage: Förderaufruf Muster") == 1
    assert to(late, "Noch") == 0
    assert [one.state for one in await sendings(bot)] == ["finished"] * 4


async def test_who_declines_hears_no_more_of_it(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await tell_of(bot, closes_at=CLOSES)
    await reader.press("Nichts mehr zu diesem Aufruf")
    assert reader.buttons() == ["Passt das zu uns?", "Doch erinnern", "Abbestellen: Förderung"]
    await reach(bot, clock, 10)
    assert to(reader, "Noch") == 0
    await reader.press("Doch erinnern")
    assert reader.buttons() == ["Passt das zu uns?", "Nichts mehr zu diesem Aufruf", "Abbestellen: Förderung"]
    await reach(bot, clock, 26, 37)
    assert (to(reader, "Noch 14 Tage"), to(reader, "Noch 3 Tage")) == (1, 1)


async def test_who_asks_for_it_is_reminded_without_a_subscription(bot: Running, talk: Begin, clock: Clock) -> None:
    firm = talk("de")
    await tell_of(bot, closes_at=CLOSES)
    await firm.say("/funding")
    await firm.press("1. Förderaufruf Muster")
    await firm.press("Erinnern")
    async with bot.services.database.read() as session:
        [consent] = await subscribers.consents(session, firm.person.id)
    assert (consent.given, consent.topic) == (True, "call:1")
    assert consent.text.startswith("Mit einem Druck auf „Erinnern“")
    await reach(bot, clock, 10)
    assert to(firm, "Noch 30 Tage") == 1
    await firm.say("/unsubscribe")
    await reach(bot, clock, 26)
    assert to(firm, "Noch 14 Tage") == 0


async def test_who_unsubscribes_is_not_reminded(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await tell_of(bot, closes_at=CLOSES)
    await reader.press("Erinnern")
    await reader.press("Abbestellen: Förderung")
    await reach(bot, clock, 10, 26, 37)
    assert to(reader, "Noch") == 0


async def test_after_the_cut_off_nothing_is_sent_however_late(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await tell_of(bot, closes_at=CLOSES)
    clock.pass_(days=41)
    await sent(bot)
    assert to(reader, "Noch") == 0
    assert [one.state for one in await sendings(bot)] == ["finished", "skipped", "skipped", "skipped"]


async def test_of_several_late_reminders_one_is_sent(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await tell_of(bot, closes_at=CLOSES)
    clock.pass_(days=28)
    await sent(bot)
    assert to(reader, "Noch") == 1
    assert to(reader, "Noch 12 Tage") == 1
    assert [one.state for one in await sendings(bot)] == ["finished", "skipped", "finished", "planned"]


async def test_without_a_cut_off_nobody_is_reminded(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await tell_of(bot, closes_at=None)
    assert reader.buttons() == ["Passt das zu uns?", "Abbestellen: Förderung"]
    assert len(await sendings(bot)) == 1


async def test_a_reminder_waits_for_quiet_hours_but_not_beyond_the_cut_off(
    bot: Running, talk: Begin, clock: Clock
) -> None:
    # In the morning of Athens it is 9 o'clock before Berlin; whoever sleeps until noon gets it then.
    reader = await reader_of(bot, talk, quiet_from=22 * 60, quiet_until=12 * 60)
    await tell_of(bot, closes_at=CLOSES)
    clock.pass_(days=9, hours=20)
    await sent(bot)
    assert to(reader, "Noch 30 Tage") == 0
    assert await states(bot, 2) == {"planned": 1}
    clock.pass_(hours=3, minutes=1)
    await sent(bot)
    assert to(reader, "Noch 30 Tage") == 1


async def test_a_cancelled_call_reminds_nobody(bot: Running, talk: Begin, clock: Clock) -> None:
    reader, owner = await reader_of(bot, talk), talk("de", person_id=99)
    await tell_of(bot, closes_at=CLOSES)
    await owner.say("/announcements")
    await owner.press("1. Förderaufruf Muster")
    await owner.press("Absagen")
    await owner.press("Ja, absagen")
    assert (await announcement_of(bot)).state == "cancelled"
    await reach(bot, clock, 10, 26, 37)
    assert to(reader, "Noch") == 0
