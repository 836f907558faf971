"""Questions are kept once, without a name, and no longer than needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage import questions
from storage.database import Database
from storage.models import Question
from storage.questions import Outcome

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ANSWERED = Outcome("de", "answer", "seat", 0.9, [])
UNKNOWN = Outcome("en", "unknown", None, 0.1, ["e:platform-what"])


async def keep(database: Database, update_id: int, outcome: Outcome, now: datetime = NOW) -> int:
    async with database.begin() as session:
        return await questions.record(session, update_id, f"Frage {update_id}", outcome, now=now)


async def texts(database: Database) -> list[str | None]:
    async with database.read() as session:
        return [question.text for question in await questions.for_editors(session)]


async def test_the_same_update_is_kept_once(database: Database) -> None:
    assert await keep(database, 1, UNKNOWN) == await keep(database, 1, UNKNOWN)
    assert await texts(database) == ["Frage 1"]


async def test_editors_see_what_was_not_answered_or_did_not_help(database: Database) -> None:
    await keep(database, 1, ANSWERED)
    unhelpful = await keep(database, 2, ANSWERED)
    await keep(database, 3, UNKNOWN)
    async with database.begin() as session:
        await questions.rate(session, unhelpful, helpful=False)
    assert await texts(database) == ["Frage 3", "Frage 2"]


async def test_texts_of_good_answers_are_erased_and_old_rows_go(database: Database) -> None:
    answered = await keep(database, 1, ANSWERED, NOW - timedelta(days=2))
    unknown = await keep(database, 2, UNKNOWN, NOW - timedelta(days=2))
    old = await keep(database, 3, UNKNOWN, NOW - timedelta(days=200))
    async with database.begin() as session:
        await questions.forget(session, answered_before=NOW - timedelta(days=1), asked_before=NOW - timedelta(days=180))
    async with database.read() as session:
        kept = {question.id: question.text for question in await session.scalars(select(Question))}
    assert kept == {answered: None, unknown: "Frage 2"}
    assert old not in kept
