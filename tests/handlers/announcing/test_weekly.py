"""The weekly digest and the weekly summary: what is told when to whom, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.announcements.starting import schedule
from bot.app import Running
from handlers.announcing import weekly
from storage import occurrences
from storage.models import Announcement
from tests.handlers.conftest import NOW, OWNER, Clock
from tests.handlers.funding.calls import sent, states, subscribe, tell_of
from tests.handlers.hiring import hire

Begin = Callable[..., Any]
TO_MONDAY = timedelta(days=5, hours=20)
"""From Tuesday noon UTC to Monday 9 o'clock in Berlin."""


async def plan(bot: Running) -> None:
    context = bot.application.context_types.context(bot.application)
    await weekly.on_tick(context)
    await sent(bot)


async def week(bot: Running, clock: Clock, span: timedelta = TO_MONDAY) -> None:
    """Plan, and let it become Monday morning."""
    await plan(bot)
    clock.now += span
    await plan(bot)


async def news(bot: Running, number: int, title: str, topic: str = "news", cluster: str = "fpi") -> None:
    """Send a piece of news now."""
    now = bot.services.clock()
    async with bot.services.database.begin() as session:
        announcement = Announcement(
            update_id=number,
            topic=topic,
            cluster=cluster,
            texts={"de": {"title": title, "body": f"Text von {title}"}},
            first_at=now.replace(tzinfo=None).isoformat(),
            zone="UTC",
            created_by=1,
            updated_at=now,
        )
        session.add(announcement)
        await session.flush()
        await schedule(session, announcement, now=now)
    await sent(bot)


async def reader_of(bot: Running, talk: Begin, **values: Any) -> Any:
    reader = talk("de")
    await reader.say("/start")
    await subscribe(bot, reader, **{"topics": "news funding", "rhythm": "weekly", **values})
    return reader


def got(person: Any, text: str) -> int:
    return sum(text in message["text"] for message in person.messages())


async def test_a_week_is_told_in_one_message(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await news(bot, 1, "Erstes")
    await news(bot, 2, "Fremdes", topic="events")
    await tell_of(bot, closes_at=NOW + timedelta(days=40))
    before = len(reader.messages())
    await week(bot, clock)
    assert len(reader.messages()) == before + 1
    said = reader.messages()[-1]["text"]
    assert said.startswith("Ihre Woche: 2 Mitteilungen")
    assert "1. Erstes" in said
    assert "2. Förderaufruf Muster" in said
    assert "Förderung · FPI · Frist 03.01.27" in said
    assert "Fremdes" not in said
    assert "Text von Erstes" in await reader.press("1. Erstes")


async def test_without_news_there_is_no_message(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await news(bot, 1, "Fremdes", topic="events")
    before = len(reader.messages())
    await week(bot, clock)
    await week(bot, clock, timedelta(weeks=1))
    assert len(reader.messages()) == before


async def test_each_thing_is_told_once(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await news(bot, 1, "Erstes")
    await week(bot, clock)
    await news(bot, 2, "Zweites")
    await week(bot, clock, timedelta(weeks=1))
    await week(bot, clock, timedelta(weeks=1))
    assert (got(reader, "1. Erstes"), got(reader, "1. Zweites")) == (1, 1)


async def test_it_comes_at_nine_of_ones_own_zone(bot: Running, talk: Begin, clock: Clock) -> None:
    berlin, london = await reader_of(bot, talk), await reader_of(bot, talk, zone="Europe/London")
    await news(bot, 1, "Erstes")
    await week(bot, clock)
    assert (got(berlin, "Ihre Woche"), got(london, "Ihre Woche")) == (1, 0)
    await week(bot, clock, timedelta(hours=1))
    assert (got(berlin, "Ihre Woche"), got(london, "Ihre Woche")) == (1, 1)


async def test_a_change_to_at_once_loses_and_doubles_nothing(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await news(bot, 1, "Davor")
    await reader.say("/subscribe")
    await reader.press("Sofort oder wöchentlich")
    said = await reader.press("Sofort")
    assert "Nichts kommt doppelt" in said
    assert "Jede sofort" in await reader.press("Zurück")
    await news(bot, 2, "Danach")
    assert got(reader, "Text von Danach") == 1
    await week(bot, clock)
    assert (got(reader, "1. Davor"), got(reader, "Text von Davor"), got(reader, "Danach")) == (1, 0, 1)


async def test_a_change_to_weekly_loses_and_doubles_nothing(bot: Running, talk: Begin, clock: Clock) -> None:
    # The first is frozen at once and waits for the end of quiet hours; then the rhythm changes.
    reader = await reader_of(bot, talk, rhythm="at_once", quiet_from=12 * 60, quiet_until=14 * 60)
    await news(bot, 1, "Davor")
    assert got(reader, "Davor") == 0
    await reader.say("/subscribe")
    await reader.press("Sofort oder wöchentlich")
    await reader.press("Einmal pro Woche")
    assert "Einmal pro Woche, Montag um 9 Uhr" in await reader.press("Zurück")
    clock.pass_(hours=2)
    await news(bot, 2, "Danach")
    assert got(reader, "Text von Davor") == 1
    await week(bot, clock, TO_MONDAY - timedelta(hours=2))
    assert (got(reader, "1. Danach"), got(reader, "Davor")) == (1, 1)


async def test_what_is_not_wanted_any_more_is_left_out(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await news(bot, 1, "Neues")
    await tell_of(bot, closes_at=NOW + timedelta(days=40))
    await reader.say("/subscribe")
    await reader.press("✓ Förderung")
    await week(bot, clock)
    assert (got(reader, "1. Neues"), got(reader, "Muster")) == (1, 0)


async def test_who_unsubscribes_before_it_leaves_gets_none(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk, quiet_from=6 * 60, quiet_until=12 * 60)
    await news(bot, 1, "Neues")
    await week(bot, clock)
    assert got(reader, "Ihre Woche") == 0
    await reader.say("/unsubscribe")
    clock.pass_(hours=4)
    await sent(bot)
    assert got(reader, "Ihre Woche") == 0


async def test_what_is_over_is_not_told(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await tell_of(bot, closes_at=NOW + timedelta(days=3))
    await week(bot, clock)
    assert got(reader, "Ihre Woche") == 0


async def test_a_digest_that_was_missed_comes_late(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    await news(bot, 1, "Erstes")
    clock.now += TO_MONDAY + timedelta(hours=5)
    await plan(bot)
    assert got(reader, "1. Erstes") == 1
    await week(bot, clock, timedelta(days=6, hours=19))
    assert got(reader, "1. Erstes") == 1


async def test_a_long_digest_has_pages(bot: Running, talk: Begin, clock: Clock) -> None:
    reader = await reader_of(bot, talk)
    for number in range(1, 11):
        await news(bot, number, f"Titel {number}")
    await week(bot, clock)
    assert "8. Titel 8" in reader.buttons()
    assert "9. Titel 9" not in reader.buttons()
    await reader.press("Mehr")
    assert reader.buttons() == ["9. Titel 9", "10. Titel 10", "Zurück"]


async def test_who_got_it_in_a_digest_is_reminded_in_a_digest(bot: Running, talk: Begin, clock: Clock) -> None:
    reader, asking = await reader_of(bot, talk), await reader_of(bot, talk)
    await tell_of(bot, closes_at=NOW + timedelta(days=40))
    await week(bot, clock)
    await asking.press("1. Förderaufruf Muster")
    await asking.press("Erinnern")
    clock.now = NOW + timedelta(days=10)
    await plan(bot)
    assert (got(reader, "Noch 30 Tage"), got(asking, "Noch 30 Tage")) == (0, 1)
    clock.now = NOW + TO_MONDAY + timedelta(weeks=1)
    await plan(bot)
    assert (got(reader, "Erinnerung: Förderaufruf Muster"), got(asking, "Erinnerung:")) == (1, 0)


async def test_the_report_says_what_is_left_to_the_digest(bot: Running, talk: Begin) -> None:
    owner = talk("de", person_id=OWNER)
    await owner.say("/start")
    await reader_of(bot, talk)
    await tell_of(bot)
    assert await states(bot, 1) == {"weekly": 1}
    assert "Kommt mit dem Wochenüberblick: 1" in owner.messages()[-1]["text"]


async def test_who_announces_gets_the_week_in_figures_once(bot: Running, talk: Begin, clock: Clock) -> None:
    owner, sender, agent, reader = talk("de", person_id=OWNER), talk("en"), talk("de"), talk("de")
    for one in (owner, sender, agent, reader):
        await one.say("/start")
    await hire(bot, sender.person.id, "sender", "giqs")
    await hire(bot, agent.person.id, "agent", "giqs")
    await reader.say("/subscribe")
    await reader.press("Neuigkeiten")
    await news(bot, 1, "Neues")
    await tell_of(bot, closes_at=NOW + timedelta(days=10), cluster="giqs")
    await week(bot, clock)
    said = owner.messages()[-1]["text"]
    assert said.startswith("Die letzte Woche · foodRegio, NieKE, FPI und GIQS")
    for line in ("Zugestellt: 1", "Abonnements: 1 neu, 0 beendet", "Förderaufruf Muster (Frist endet)"):
        assert line in said
    # Who has begun with the menu alone is staff, and is told in German.
    assert sender.messages()[-1]["text"].startswith("Die letzte Woche · GIQS")
    assert "Zugestellt: 0" in sender.messages()[-1]["text"]
    await plan(bot)
    assert (got(owner, "Die letzte Woche"), got(agent, "Die letzte Woche"), got(reader, "Die letzte Woche")) == (
        1,
        0,
        0,
    )


async def test_the_digest_is_in_the_list_and_can_be_paused(bot: Running, talk: Begin, clock: Clock) -> None:
    owner, reader = talk("de", person_id=OWNER), await reader_of(bot, talk)
    await owner.say("/start")
    await news(bot, 1, "Erstes")
    await plan(bot)
    await owner.say("/announcements")
    await owner.press(next(name for name in owner.buttons() if "Wochenüberblick" in name))
    assert "Absagen" not in owner.buttons()
    await owner.press("Anhalten")
    clock.now += TO_MONDAY
    await sent(bot)
    assert got(reader, "Ihre Woche") == 0
    # The summary has come in between.
    shown = next(one for one in owner.messages()[::-1] if one["text"].startswith("Wochenüberblick"))
    await owner.person.press(shown["message_id"], "Fortsetzen")
    await bot.idle()
    await sent(bot)
    assert got(reader, "Ihre Woche") == 1
    async with bot.services.database.read() as session:
        assert await occurrences.running(session) == []
