"""The group of each cluster's staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import StaffChat

TITLE_LIMIT = 160


async def of_cluster(session: AsyncSession, cluster: str) -> StaffChat | None:
    """Return the group of a cluster."""
    return await session.get(StaffChat, cluster)


async def works(session: AsyncSession, cluster: str) -> bool:
    """Whether what is sent to a cluster arrives: it has a group, and nothing keeps the bot from writing there."""
    chat = await of_cluster(session, cluster)
    return chat is not None and chat.problem is None


async def by_chat(session: AsyncSession, chat_id: int) -> StaffChat | None:
    """Return which cluster's group a chat is."""
    return (await session.scalars(select(StaffChat).where(StaffChat.chat_id == chat_id))).one_or_none()


async def everything(session: AsyncSession) -> Sequence[StaffChat]:
    """Return the groups of all clusters that have one."""
    return (await session.scalars(select(StaffChat).order_by(StaffChat.cluster))).all()


async def link(
    session: AsyncSession, cluster: str, chat_id: int, *, title: str, is_forum: bool, linked_by: int, now: datetime
) -> None:
    """Make a chat the group of a cluster, in place of the one before; the chat must be no other cluster's."""
    known = await of_cluster(session, cluster)
    chat = known or StaffChat(cluster=cluster)
    chat.chat_id, chat.title, chat.is_forum = chat_id, title[:TITLE_LIMIT], is_forum
    chat.linked_by, chat.linked_at, chat.problem = linked_by, now, None
    session.add(chat)
    await session.flush()


async def unlink(session: AsyncSession, cluster: str) -> StaffChat | None:
    """Leave a cluster without a group; return the one that it had."""
    known = await of_cluster(session, cluster)
    if known:
        await session.execute(delete(StaffChat).where(StaffChat.cluster == cluster))
    return known


async def move(session: AsyncSession, old: int, new: int) -> StaffChat | None:
    """Follow a group that became a supergroup; return it, or None when there is none to follow."""
    known = await by_chat(session, old)
    if known:
        known.chat_id = new
        await session.flush()
    return known


async def set_problem(session: AsyncSession, chat_id: int, problem: str | None) -> None:
    """Note what keeps the bot from working in a group; None: nothing does."""
    await session.execute(update(StaffChat).where(StaffChat.chat_id == chat_id).values(problem=problem))
