"""The questions that people asked, and whether the answers helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.dialects import affected, insert
from storage.models import Question

ANSWERED = ("answer", "smalltalk")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the bot made of a question."""

    language: str
    kind: str
    answered_with: str | None
    confidence: float
    candidates: Sequence[str]


async def record(session: AsyncSession, update_id: int, text: str, outcome: Outcome, *, now: datetime) -> int:
    """Keep a question and return its id; the same update is kept once."""
    statement = insert(session, Question).values(
        update_id=update_id,
        asked_at=now,
        language=outcome.language,
        kind=outcome.kind,
        answered_with=outcome.answered_with,
        confidence=outcome.confidence,
        candidates=list(outcome.candidates),
        text=text,
    )
    await session.execute(statement.on_conflict_do_nothing(index_elements=["update_id"]))
    return (await session.scalars(select(Question.id).where(Question.update_id == update_id))).one()


async def rate(session: AsyncSession, question_id: int, *, helpful: bool) -> None:
    """Keep whether the answer helped; the last word counts."""
    await session.execute(update(Question).where(Question.id == question_id).values(helpful=helpful))


async def for_editors(session: AsyncSession) -> Sequence[Question]:
    """Return what was not answered or did not help, newest first."""
    wanted = or_(Question.kind.not_in(ANSWERED), Question.helpful.is_(False))
    statement = select(Question).where(wanted, Question.text.is_not(None)).order_by(Question.id.desc())
    return (await session.scalars(statement)).all()


async def forget(session: AsyncSession, *, answered_before: datetime, asked_before: datetime) -> int:
    """Erase the texts of questions that were answered well, and whole rows that are old; return how many."""
    answered = Question.kind.in_(ANSWERED) & Question.helpful.is_not(False)
    erased = await affected(
        session,
        update(Question)
        .where(answered, Question.asked_at < answered_before, Question.text.is_not(None))
        .values(text=None),
    )
    return erased + await affected(session, delete(Question).where(Question.asked_at < asked_before))
