"""Each cell of the table: what goes wrong, at which work, and what has come of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.simulator import Simulator
from bot.terminal import message_text
from tests.faults.matrix import CELLS, Fate, Trouble, Work
from tests.faults.troubles import Place, trouble
from tests.faults.works import UnderWay, prepare
from tests.handlers.conftest import Clock, Talk

MARK = "Vielleicht haben Sie diese Nachricht schon erhalten"
WANTED: dict[Fate, list[bool]] = {
    Fate.ONCE: [False],
    Fate.MARKED: [True],
    Fate.TWICE_MARKED: [False, True],
    Fate.UNKNOWN_LOST: [],
    Fate.UNKNOWN_ARRIVED: [False],
}
"""Of each copy whether it bears the mark."""


class Seen:
    """What has come to the addressee since the work began."""

    def __init__(self, simulator: Simulator, under_way: UnderWay) -> None:
        self.simulator, self.under_way = simulator, under_way
        self.before = len(simulator.messages(under_way.to))

    def marks(self) -> list[bool]:
        """Of each copy whether it bears the mark."""
        new = self.simulator.messages(self.under_way.to)[self.before :]
        texts = [message_text(message) for message in new if message["from"]["is_bot"]]
        return [MARK in one for one in texts if self.under_way.is_copy(one)]


@pytest.mark.parametrize(
    ("trouble_kind", "work", "fate"), [pytest.param(*cell, id=f"{cell[0]}-{cell[1]}") for cell in CELLS]
)
async def test_what_comes_of_it(  # noqa: PLR0917
    trouble_kind: Trouble,
    work: Work,
    fate: Fate,
    talk: Callable[..., Talk],
    office: Callable[..., Awaitable[Any]],
    simulator: Simulator,
    clock: Clock,
    bot: Any,
) -> None:
    under_way = await prepare(work, talk, office, clock)
    seen = Seen(simulator, under_way)
    place = Place(simulator, clock, under_way.to)
    async with trouble(trouble_kind, place):
        await under_way.begin()
        await asyncio.sleep(0.25)
    await until_settled(seen, fate, clock, bot)
    assert place.struck
    assert seen.marks() == WANTED[fate]
    if work == Work.BROADCAST:
        assert await under_way.states() == ["unknown" if "unknown" in fate else "sent"]


async def until_settled(seen: Seen, fate: Fate, clock: Clock, bot: Any) -> None:
    """Move the clock on until what is wanted is there, then once more: nothing may follow."""
    async with asyncio.timeout(20):
        while seen.marks() != WANTED[fate]:
            await turn(clock, bot)
    for _ in range(2):
        await turn(clock, bot)
    await bot.idle()


async def turn(clock: Clock, bot: Any) -> None:
    clock.pass_(seconds=40)
    bot.services.outbox.wake()
    bot.services.broadcast.wake()
    await asyncio.sleep(0.1)
