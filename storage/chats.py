"""What the bot remembers of a chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import insert
from storage.models import ChatMemory

ASKED = "asked"
EXPECTED = timedelta(hours=1)
"""How long what comes next is taken for the answer to what the bot has asked."""


async def by_id(session: AsyncSession, chat_id: int) -> ChatMemory | None:
    """Return the memory of a chat, if there is one."""
    return await session.get(ChatMemory, chat_id)


async def remember(
    session: AsyncSession, chat_id: int, *, context: Mapping[str, object], last_language: str, now: datetime
) -> None:
    """Keep what a follow-up question needs."""
    await _upsert(session, chat_id, now, context=dict(context), last_language=last_language)


async def expect(
    session: AsyncSession, chat_id: int, asked: Mapping[str, object] | None, *, now: datetime, **values: object
) -> None:
    """Keep what the bot has asked, until something else is talked about; None: nothing. `values`: other columns."""
    memory = await by_id(session, chat_id)
    context = {name: value for name, value in (memory.context if memory else {}).items() if name != ASKED}
    if asked is not None:
        context[ASKED] = dict(asked)
    await _upsert(session, chat_id, now, context=context, **values)


async def expected(session: AsyncSession, chat_id: int, *, now: datetime) -> dict[str, Any] | None:
    """Return what the bot has asked and what may still be answered."""
    memory = await by_id(session, chat_id)
    if memory is None or now - memory.updated_at > EXPECTED:
        return None
    return memory.context.get(ASKED)


async def choose_language(session: AsyncSession, chat_id: int, language: str | None, *, now: datetime) -> None:
    """Keep the language that a person chose; None goes back to following the person."""
    await _upsert(session, chat_id, now, chosen_language=language)


async def _upsert(session: AsyncSession, chat_id: int, now: datetime, **values: object) -> None:
    statement = insert(session, ChatMemory).values({"context": {}, **values, "chat_id": chat_id, "updated_at": now})
    await session.execute(
        statement.on_conflict_do_update(index_elements=["chat_id"], set_={**values, "updated_at": now})
    )
