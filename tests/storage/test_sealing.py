"""What is personal is a cipher in the database, and bound to its column."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from storage import rotation
from storage.database import Database
from storage.keys import MARK, Keyring, Keys, SealError
from storage.models import ChatMemory, Question
from storage.sealing import Sealed, SealedJson

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WORDS = "Müller & Söhne \ud83d"
"""With half a character, as a broken client sends it."""


async def put(database: Database, words: str = WORDS) -> None:
    async with database.begin() as session:
        kept = {"kind": "unknown", "confidence": 0.1, "candidates": [], "language": "de"}
        session.add(Question(id=1, update_id=1, asked_at=NOW, text=words, **kept))
        session.add(ChatMemory(chat_id=7, context={"firm": words, "n": [1, None]}, updated_at=NOW))


async def raw(database: Database, column: str, table: str) -> str:
    async with database.read() as session:
        return str(await session.scalar(text(f"SELECT {column} FROM {table}")))  # noqa: S608


async def test_what_is_written_is_sealed_and_read_back(database: Database) -> None:
    await put(database)
    for stored in (await raw(database, "text", "questions"), await raw(database, "context", "chats")):
        assert stored.startswith(f"{MARK}k1:")
        assert "ller" not in stored
    async with database.read() as session:
        assert await session.scalar(select(Question.text)) == WORDS
        assert await session.scalar(select(ChatMemory.context)) == {"firm": WORDS, "n": [1, None]}


async def test_the_same_words_are_sealed_differently_each_time(database: Database) -> None:
    ring = database.keys.ring
    assert ring.seal("a.b", "x") != ring.seal("a.b", "x")


async def test_a_value_that_was_moved_or_changed_is_refused(database: Database) -> None:
    await put(database, "harmless")
    sealed = database.keys.ring.seal("enquiries.text", "another column")
    changed = (await raw(database, "text", "questions"))[:-3] + "A=="
    for value in (sealed, changed):
        async with database.begin() as session:
            await session.execute(text("UPDATE questions SET text = :value"), {"value": value})
        async with database.read() as session:
            with pytest.raises(SealError, match=r"questions\.text"):
                await session.scalar(select(Question.text))


async def test_what_was_written_before_there_were_keys_is_read(database: Database) -> None:
    await put(database)
    async with database.begin() as session:
        await session.execute(text("UPDATE questions SET text = 'alt'"))
        await session.execute(text("""UPDATE chats SET context = '{"a": 1}'"""))
    async with database.read() as session:
        assert await session.scalar(select(Question.text)) == "alt"
        assert await session.scalar(select(ChatMemory.context)) == {"a": 1}


def test_every_sealed_column_names_its_own_place() -> None:
    for table, column in rotation.columns():
        assert isinstance(column.type, Sealed | SealedJson)
        assert column.type.place == f"{table.name}.{column.name}"


async def test_everything_is_sealed_anew_with_a_newer_key_while_the_old_one_opens(database: Database) -> None:
    await put(database, "alt")
    async with database.begin() as session:
        await session.execute(text("UPDATE questions SET text = 'offen'"))
        ring = database.keys.ring.with_new()
        await rotation.note_key(session, database.keys.ring, now=NOW)
    newer = Database(database.url.render_as_string(hide_password=False), Keys.given(ring.written()))
    async with newer.read() as session:
        assert [await rotation.count(session, key) for key in ("k2", "k1", rotation.PLAIN)] == [0, 1, 1]
    done = 1
    while done:
        async with newer.begin() as session:
            done = await rotation.seal_anew(session, ring)
    async with newer.begin() as session:
        assert [await rotation.count(session, key) for key in ("k2", "k1", rotation.PLAIN)] == [2, 0, 0]
        assert await session.scalar(select(Question.text)) == "offen"
        assert await rotation.drop_unused(session, ring) == ["k1"]
    await newer.close()


@pytest.mark.parametrize("written", [None, "other"])
async def test_a_missing_or_another_key_is_told_and_nothing_is_made(database: Database, written: str | None) -> None:
    async with database.begin() as session:
        await rotation.note_key(session, database.keys.ring, now=NOW)
    ring = Keyring({"k1": b"x" * 32}) if written else Keyring({"k9": b"x" * 32})
    async with database.read() as session:
        with pytest.raises(SealError, match="key k1"):
            await rotation.require_keys(session, Keys.given(ring.written()))
        await rotation.require_keys(session, database.keys)
