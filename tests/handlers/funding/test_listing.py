"""/funding: what is open, by cluster and step, a page at a time; where there is none, where to look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.announcements import acting
from bot.announcements.drafting import of
from bot.app import Running
from storage import announcements
from tests.handlers.conftest import NOW, Clock
from tests.handlers.funding.calls import tell_of

Begin = Callable[..., Any]


async def test_without_a_call_it_names_programmes(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    said = await firm.say("/funding")
    assert "Zurzeit kenne ich keinen offenen Aufruf" in said
    assert "ZIM" in said
    assert "Stand 2025" in said
    assert "ZIM" in await firm.press("Was ist ZIM?")


async def test_the_next_to_close_comes_first_and_closed_ones_are_gone(bot: Running, talk: Begin, clock: Clock) -> None:
    firm = talk("de")
    await tell_of(bot, 1, title="Immer", closes_at=None)
    await tell_of(bot, 2, title="Später", closes_at=NOW + timedelta(days=40))
    await tell_of(bot, 3, title="Bald", closes_at=NOW + timedelta(days=4))
    said = await firm.say("/funding")
    assert said.index("Bald") < said.index("Später") < said.index("Immer")
    assert "Frist 28. November 2026" in said
    assert "bis auf Weiteres" in said
    clock.pass_(days=4)
    assert "Bald" not in await firm.say("/funding")


async def test_what_was_not_sent_or_was_withdrawn_is_not_shown(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    await tell_of(bot, 1, title="Gültig")
    await tell_of(bot, 2, title="Zurückgezogen")
    async with bot.services.database.begin() as session:
        await announcements.cancel(session, await of(session, 2))
        await acting.pause(session, await of(session, 1))
    said = await firm.say("/funding")
    assert "Gültig" in said
    assert "Zurückgezogen" not in said


async def test_it_is_filtered_by_cluster_and_step(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    await tell_of(bot, 1, title="Von FPI", cluster="fpi", steps="packaging")
    await tell_of(bot, 2, title="Von GIQS", cluster="giqs")
    await tell_of(bot, 3, title="Von allen", cluster="*", steps="logistics")
    await firm.say("/funding")
    assert "welches Clusters" in await firm.press("Nach Cluster")
    said = await firm.press("FPI")
    assert "Von FPI" in said
    assert "Von allen" in said
    assert "Von GIQS" not in said
    await firm.press("Nach Stufe der Wertschöpfungskette")
    said = await firm.press(next(name for name in firm.buttons() if name.startswith("Verpackung")))
    assert "Von FPI" in said
    assert "Von allen" not in said
    assert "Von GIQS" in await firm.press("Alle Aufrufe")


async def test_a_long_list_has_pages(bot: Running, talk: Begin) -> None:
    firm = talk("de")
    for number in range(1, 8):
        await tell_of(bot, number, title=f"Aufruf {number}", closes_at=NOW + timedelta(days=number))
    await firm.say("/funding")
    assert "5. Aufruf 5" in firm.buttons()
    assert "6. Aufruf 6" not in firm.buttons()
    await firm.press("Mehr")
    assert firm.buttons()[:2] == ["6. Aufruf 6", "7. Aufruf 7"]
    await firm.press("Zurück")
    assert "1. Aufruf 1" in firm.buttons()


async def test_one_is_shown_with_its_facts(bot: Running, talk: Begin) -> None:
    firm = talk("en")
    await tell_of(bot, 1, who="small farm", regions="DE-NI", steps="packaging")
    await firm.say("/funding")
    said = await firm.press("1. Sample call")
    for line in ("Programme: Musterprogramm", "Who may apply: Small and medium-sized firms and Farms", "Lower Saxony"):
        assert line in said
    assert "With a press on “Remind me” I agree" in said
    assert firm.buttons() == ["Does it fit us?", "Remind me", "No more of this call", "To the list"]
    assert "Open funding calls" in await firm.press("To the list")
