"""What the bot remembers of a chat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import chats
from storage.database import Database

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


async def test_context_and_choice_are_kept_side_by_side(database: Database) -> None:
    async with database.begin() as session:
        await chats.choose_language(session, 7, "de", now=NOW)
        await chats.remember(session, 7, context={"clusters": ["fpi"]}, last_language="en", now=NOW)
        await chats.remember(session, 7, context={"clusters": ["giqs"]}, last_language="en", now=NOW + timedelta(1))
    async with database.read() as session:
        memory = await chats.by_id(session, 7)
    assert memory is not None
    assert (memory.chosen_language, memory.last_language) == ("de", "en")
    assert memory.context == {"clusters": ["giqs"]}
    assert memory.updated_at == NOW + timedelta(1)


async def test_an_unknown_chat_has_no_memory(database: Database) -> None:
    async with database.read() as session:
        assert await chats.by_id(session, 8) is None


async def test_what_was_asked_is_expected_for_an_hour_or_until_the_next_subject(
    database: Database,
) -> None:
    async with database.begin() as session:
        await chats.remember(session, 7, context={"clusters": ["fpi"]}, last_language="de", now=NOW)
        await chats.expect(session, 7, {"steps": ["packaging"]}, now=NOW)
    async with database.read() as session:
        assert await chats.expected(session, 7, now=NOW + timedelta(minutes=59)) == {"steps": ["packaging"]}
        assert await chats.expected(session, 7, now=NOW + timedelta(minutes=61)) is None
        memory = await chats.by_id(session, 7)
        assert memory is not None
        assert memory.context["clusters"] == ["fpi"]
    async with database.begin() as session:
        await chats.remember(session, 7, context={"clusters": ["giqs"]}, last_language="de", now=NOW)
    async with database.read() as session:
        assert await chats.expected(session, 7, now=NOW) is None
