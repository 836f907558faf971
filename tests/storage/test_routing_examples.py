"""Corrections are kept once, without a name, and their texts no longer than needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage import routing_examples
from storage.database import Database
from storage.models import RoutingExample
from storage.routing_examples import Correction

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def keep(database: Database, update_id: int, text: str | None, now: datetime = NOW) -> int:
    correction = Correction("de", text, ["storage"], "DE-NI", "processing", None)
    async with database.begin() as session:
        return await routing_examples.record(session, update_id, correction, now=now)


async def texts(database: Database) -> list[str | None]:
    async with database.read() as session:
        return [example.text for example in await routing_examples.for_editors(session)]


async def test_the_same_update_is_kept_once(database: Database) -> None:
    assert await keep(database, 1, "Kühlraum") == await keep(database, 1, "Kühlraum")
    assert await texts(database) == ["Kühlraum"]


async def test_editors_see_written_enquiries_the_newest_first(database: Database) -> None:
    await keep(database, 1, "Kühlraum")
    await keep(database, 2, None)
    await keep(database, 3, "Abfüllung")
    assert await texts(database) == ["Abfüllung", "Kühlraum"]


async def test_old_texts_are_erased_and_what_was_chosen_stays(database: Database) -> None:
    old = await keep(database, 1, "Kühlraum", NOW - timedelta(days=181))
    young = await keep(database, 2, "Abfüllung", NOW - timedelta(days=179))
    async with database.begin() as session:
        await routing_examples.forget(session, made_before=NOW - timedelta(days=180))
    async with database.read() as session:
        kept = {example.id: example for example in await session.scalars(select(RoutingExample))}
    assert kept[old].text is None
    assert (kept[old].routed_steps, kept[old].routed_region) == (["storage"], "DE-NI")
    assert (kept[old].chosen_step, kept[old].chosen_region) == ("processing", None)
    assert kept[young].text == "Abfüllung"
