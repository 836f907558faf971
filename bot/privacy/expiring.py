"""What has had its time is deleted, kind by kind; how long each kind has is told in the policy from the same list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.privacy.retention import Retention
from storage import drafts, erasing, expiring, questions, routing_examples, tombstones
from storage.database import Database

Step = Callable[[AsyncSession, Retention, datetime], Awaitable[int]]


async def expire(database: Database, retention: Retention, *, now: datetime) -> dict[str, int]:
    """Delete what is due, a transaction a kind; return how many rows of each kind."""
    counts = {}
    for kind, step in STEPS.items():
        counts[kind] = 0
        while True:
            async with database.begin() as session:
                done = await step(session, retention, now)
            counts[kind] += done
            if kind != "enquiries" or done < erasing.AT_ONCE:
                break
    return counts


async def _questions(session: AsyncSession, retention: Retention, now: datetime) -> int:
    asked_before = retention.before("questions", now)
    answered_before = retention.before("answered", now)
    asked = await questions.forget(session, answered_before=answered_before, asked_before=asked_before)
    return asked + await routing_examples.forget(session, made_before=asked_before)


async def _enquiries(session: AsyncSession, retention: Retention, now: datetime) -> int:
    return await erasing.erase(
        session,
        withdrawn_before=retention.before("withdrawn", now),
        closed_before=retention.before("enquiries", now),
    )


async def _tombstones(session: AsyncSession, retention: Retention, now: datetime) -> int:
    return await tombstones.drop(session, before=retention.before("tombstones", now))


def _step(kind: str, delete: Callable[..., Awaitable[int]]) -> Step:
    async def step(session: AsyncSession, retention: Retention, now: datetime) -> int:
        return await delete(session, before=retention.before(kind, now))

    return step


STEPS: dict[str, Step] = {
    "questions": _questions,
    "drafts": _step("drafts", drafts.forget),
    "enquiries": _enquiries,
    "chats": _step("chats", expiring.chats),
    "sent": _step("sent", expiring.sent),
    "replies": _step("replies", expiring.replies),
    "consents": _step("consents", expiring.consents),
    "audit": _step("audit", expiring.audit),
    "tombstones": _tombstones,
}
"""The inbox deletes the numbers of its updates itself, see bot.telegram.inbox."""
