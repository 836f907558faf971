"""A sending reaches everybody who wants it, once, and says what became of each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import TimedOut
from telegram.ext import ExtBot

from bot.simulator import Limits, Person, Simulator, SimulatorRequest
from bot.telegram.broadcast import Broadcast, Terms
from bot.telegram.lanes import Lanes, Pace
from bot.telegram.recipients import Send
from storage import deliveries, occurrences, subscribers
from storage.database import Database
from storage.models import DeliveryState, Occurrence, OccurrenceState, Subscriber
from tests.bot.telegram.announced import due, nobody, sender
from tests.bot.telegram.bots import TOKEN

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def simulator() -> Simulator:
    return Simulator(token=TOKEN, limits=Limits.off())


@pytest.fixture
def send(simulator: Simulator) -> Send:
    request = SimulatorRequest(simulator)
    lanes = Lanes(Pace.unlimited())
    return sender(ExtBot(TOKEN, request=request, get_updates_request=request, rate_limiter=lanes))


async def reader(simulator: Simulator) -> Person:
    """A person who has begun to talk to the bot."""
    person = simulator.add_person("Muster")
    await person.write("/start")
    return person


def texts(simulator: Simulator, person: Person) -> list[str]:
    return [message["text"] for message in simulator.messages(person.id) if message["from"]["is_bot"]]


@asynccontextmanager
async def broadcasting(
    database: Database, send: Send, clock: Callable[[], datetime] = lambda: NOW, owner: str = "one"
) -> AsyncIterator[Broadcast]:
    broadcast = Broadcast(database, clock, owner, Terms(in_flight=4))
    broadcast.start(send, nobody)
    yield broadcast
    await broadcast.stop(5)


async def ended(database: Database, *states: OccurrenceState) -> Occurrence:
    """Wait until the one occurrence is in one of the states."""
    for _ in range(1000):
        async with database.read() as session:
            occurrence = await occurrences.by_id(session, 1)
        if occurrence and occurrence.state in states:
            return occurrence
        await asyncio.sleep(0.01)
    raise AssertionError(f"not {states}: {occurrence and occurrence.state}")


async def counts(database: Database) -> dict[str, int]:
    async with database.read() as session:
        return await occurrences.counts(session, 1)


async def test_everybody_gets_it_once(database: Database, simulator: Simulator, send: Send) -> None:
    people = [await reader(simulator) for _ in range(30)]
    await due(database, [person.id for person in people], now=NOW)
    async with broadcasting(database, send):
        await ended(database, OccurrenceState.FINISHED)
    assert all(texts(simulator, person) == ["Neues"] for person in people)
    assert await counts(database) == {"sent": 30}


async def test_who_has_blocked_the_bot_is_asked_no_more(database: Database, simulator: Simulator, send: Send) -> None:
    gone, there = await reader(simulator), await reader(simulator)
    await gone.block()
    await due(database, [gone.id, there.id], now=NOW)
    async with broadcasting(database, send):
        await ended(database, OccurrenceState.FINISHED)
    assert await counts(database) == {"blocked": 1, "sent": 1}
    async with database.read() as session:
        blocked = await subscribers.by_id(session, gone.id)
    assert blocked
    assert blocked.blocked_at == NOW


async def test_consent_is_asked_again_when_it_is_sent(database: Database, simulator: Simulator, send: Send) -> None:
    person = await reader(simulator)
    await due(database, [person.id], now=NOW, quiet_from=0, quiet_until=23 * 60)
    clock = Clock()
    async with broadcasting(database, send, clock) as broadcast:
        await ended(database, OccurrenceState.RUNNING)
        async with database.begin() as session:
            subscriber = await session.get(Subscriber, person.id)
            assert subscriber
            subscriber.topics = 0
        clock.now = NOW + timedelta(hours=13)
        broadcast.wake()
        await ended(database, OccurrenceState.FINISHED)
    assert texts(simulator, person) == []
    assert await counts(database) == {"dropped": 1}


async def test_quiet_hours_are_kept(database: Database, simulator: Simulator, send: Send) -> None:
    person, other = await reader(simulator), await reader(simulator)
    await due(database, [person.id], now=NOW, quiet_from=8 * 60, quiet_until=13 * 60)
    async with database.begin() as session:
        session.add(
            Subscriber(
                person_id=other.id, language="de", topics=4, zone="Asia/Tokyo", quiet_sundays=False, updated_at=NOW
            )
        )
    clock = Clock()
    async with broadcasting(database, send, clock) as broadcast:
        while not texts(simulator, other):
            await asyncio.sleep(0.01)
        assert texts(simulator, person) == []
        clock.now = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
        broadcast.wake()
        await ended(database, OccurrenceState.FINISHED)
    assert texts(simulator, person) == ["Neues"]


async def test_what_nobody_knows_is_listed_and_not_sent_again(database: Database) -> None:
    await due(database, [1, 2], now=NOW)

    async def send(_occurrence: Occurrence, person: int, _language: str) -> int:
        if person == 1:
            raise TimedOut
        return 7

    async with broadcasting(database, send):
        await ended(database, OccurrenceState.FINISHED)
    assert await counts(database) == {"unknown": 1, "sent": 1}
    async with database.read() as session:
        [unknown] = await deliveries.in_state(session, 1, DeliveryState.UNKNOWN)
    assert (unknown.person_id, unknown.error) == (1, "TimedOut")


async def test_five_refusals_in_a_row_pause_it_and_it_can_go_on(
    database: Database, simulator: Simulator, send: Send
) -> None:
    people = [await reader(simulator) for _ in range(40)]
    strangers = range(1, 21)
    await due(database, [*strangers, *(person.id for person in people)], now=NOW)
    async with broadcasting(database, send) as broadcast:
        await ended(database, OccurrenceState.PAUSED)
        paused = await counts(database)
        assert 5 <= paused["failed"] <= 8
        assert "sent" not in paused
        async with database.begin() as session:
            await occurrences.resume(session, 1)
        broadcast.wake()
        await ended(database, OccurrenceState.PAUSED)
    async with database.read() as session:
        failed = await deliveries.in_state(session, 1, DeliveryState.FAILED)
    assert {delivery.error for delivery in failed} == {"BadRequest"}


async def test_of_two_processes_one_sends(database: Database, simulator: Simulator, send: Send) -> None:
    people = [await reader(simulator) for _ in range(20)]
    await due(database, [person.id for person in people], now=NOW)
    async with broadcasting(database, send), broadcasting(database, send, owner="two"):
        await ended(database, OccurrenceState.FINISHED)
    assert all(texts(simulator, person) == ["Neues"] for person in people)
