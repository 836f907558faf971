"""What the bot remembers of a chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import ChatMemory


async def by_id(session: AsyncSession, chat_id: int) -> ChatMemory | None:
    """Return the memory of a chat, if there is one."""
    return await session.get(ChatMemory, chat_id)


async def remember(
    session: AsyncSession, chat_id: int, *, context: Mapping[str, object], last_language: str, now: datetime
) -> None:
    """Keep what a follow-up question needs."""
    await _upsert(session, chat_id, now, context=dict(context), last_language=last_language)


async def choose_language(session: AsyncSession, chat_id: int, language: str | None, *, now: datetime) -> None:
    """Keep the language that a person chose; None goes back to following the person."""
    await _upsert(session, chat_id, now, chosen_language=language)


async def _upsert(session: AsyncSession, chat_id: int, now: datetime, **values: object) -> None:
    statement = insert(session, ChatMemory).values({"context": {}, **values, "chat_id": chat_id, "updated_at": now})
    await session.execute(
        statement.on_conflict_do_update(index_elements=["chat_id"], set_={**values, "updated_at": now})
    )
