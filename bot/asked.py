"""`gfcbot questions`: what the bot could not answer or did not answer well, for the editors."""

from __future__ import annotations

import json
import sys

from bot.app import open_database
from bot.settings import Settings
from storage import questions
from storage.models import Question


async def run(settings: Settings) -> int:
    """Print one JSON object a question, newest first, without a name; return 0. Raises StartError."""
    database = await open_database(settings)
    async with database.read() as session:
        for question in await questions.for_editors(session):
            sys.stdout.write(json.dumps(_told(question), ensure_ascii=False) + "\n")
    await database.close()
    return 0


def _told(question: Question) -> dict[str, object]:
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
