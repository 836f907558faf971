"""`gfcbot questions` and `gfcbot routings`: what was not answered well and what was routed wrongly, for the editors."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import open_database
from bot.settings import Settings
from storage import questions, routing_examples
from storage.models import Question, RoutingExample

Row = TypeVar("Row")


async def questions_for_editors(settings: Settings) -> int:
    """Print one JSON object a question, newest first, without a name; return 0. Raises StartError."""
    return await _print(settings, questions.for_editors, _question)


async def routings_for_editors(settings: Settings) -> int:
    """Print one JSON object a corrected routing, newest first, without a name; return 0. Raises StartError."""
    return await _print(settings, routing_examples.for_editors, _routing)


async def _print(
    settings: Settings, read: Callable[[AsyncSession], Awaitable[Sequence[Row]]], told: Callable[[Row], object]
) -> int:
    database = await open_database(settings)
    async with database.read() as session:
        for row in await read(session):
            sys.stdout.write(json.dumps(told(row), ensure_ascii=False) + "\n")
    await database.close()
    return 0


def _question(question: Question) -> dict[str, object]:
    return {
        "asked_at": question.asked_at.isoformat(timespec="minutes"),
        "language": question.language,
        "text": question.text,
        "kind": question.kind,
        "answered_with": question.answered_with,
        "confidence": round(question.confidence, 2),
        "candidates": question.candidates,
        "helpful": question.helpful,
    }


def _routing(example: RoutingExample) -> dict[str, object]:
    return {
        "made_at": example.created_at.isoformat(timespec="minutes"),
        "language": example.language,
        "text": example.text,
        "routed_steps": example.routed_steps,
        "routed_region": example.routed_region,
        "chosen_step": example.chosen_step,
        "chosen_region": example.chosen_region,
    }
