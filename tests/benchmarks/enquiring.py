"""From the sent enquiry to its card in the staff's chat: python -m tests.benchmarks.enquiring."""

# ruff: noqa: T201 - a benchmark prints.

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime

from pydantic import SecretStr

from bot.answering.content import load_content
from bot.app import Running, Understanding, running
from bot.enquiries import Consent, open_enquiry
from bot.settings import Settings
from bot.simulator import Event, Limits, Simulator, SimulatorRequest
from storage import drafts, staff_chats

ENQUIRIES = 100
MOST_CARD = 0.100
"""Seconds, of the median."""
TEXT = "Wir stellen in Vechta Aufschnitt her und suchen eine Firma, die uns bei der Entwicklung neuer Rezepte hilft."


async def open_one(bot: Running, person_id: int, number: int) -> None:
    """Send an enquiry as the handler does: one transaction, then a nudge."""
    now = datetime.now(UTC)
    async with bot.services.database.begin() as session:
        draft = await drafts.begin(session, person_id, now=now)
        draft.text, draft.firm, draft.way, draft.cluster, draft.steps = TEXT, "Muster", "chat", "nieke", ["processing"]
    async with bot.services.database.begin() as session:
        consent = Consent("1", "Ja")
        await open_enquiry(
            session, person_id, update_id=number, language="de", consent=consent, most_a_day=999, now=now
        )
    bot.services.outbox.wake()


async def cards(understanding: Understanding) -> float:
    """Return the median of seconds until the card stands in the group."""
    simulator, spans = Simulator(limits=Limits.off()), []
    person = simulator.add_person("Muster")
    await person.start()
    group = simulator.add_group("Team", forum=True, members=[person], administrator=True)
    arrived = asyncio.Event()

    def see(event: Event) -> None:
        if event.kind == "message" and event.chat_id == group.id and event.message and "text" in event.message:
            arrived.set()

    simulator.subscribe(see)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            token=SecretStr(simulator.token),
            database_url=f"sqlite:///{folder}/bench.sqlite3",
            messages_per_second=100_000,
            chat_messages_per_second=100_000,
            group_messages_per_minute=100_000,
        )
        async with running(settings, request=lambda: SimulatorRequest(simulator), understanding=understanding) as bot:
            async with bot.services.database.begin() as session:
                now = datetime.now(UTC)
                await staff_chats.link(session, "nieke", group.id, title="T", is_forum=True, linked_by=1, now=now)
            for number in range(ENQUIRIES):
                await bot.idle()
                arrived.clear()
                begin = time.perf_counter()
                await open_one(bot, person.id, 10_000_000 + number)
                await arrived.wait()
                spans.append(time.perf_counter() - begin)
    return statistics.median(spans)


def main() -> int:
    """Print the median; return 1 when it is too long."""
    shown = asyncio.run(cards(Understanding.over(load_content())))
    print(f"enquiry sent to card in the staff's chat: {1000 * shown:.1f} ms (at most {1000 * MOST_CARD:.0f})")
    return 0 if shown <= MOST_CARD else 1


if __name__ == "__main__":
    sys.exit(main())
