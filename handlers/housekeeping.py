"""What nobody asks for: texts that are no longer needed are erased."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import App, Context
from storage import questions, routing_examples

INTERVAL = timedelta(hours=1)
ANSWERED = timedelta(days=1)
"""How long the text of an answered question stays: long enough to be called unhelpful. Told in /privacy."""
ASKED = timedelta(days=180)
"""How long an unanswered one stays, for the editors. Told in /privacy."""
CORRECTED = timedelta(days=180)
"""How long the text of an enquiry stays whose step or region was corrected. Told in /privacy."""


def register(app: App) -> None:
    """Once an hour, and soon after the start."""
    assert app.job_queue  # noqa: S101  it comes with the extra that the project installs
    app.job_queue.run_repeating(on_hour, INTERVAL, first=1)


async def on_hour(context: Context) -> None:
    """Erase what has had its time."""
    now = context.services.clock()
    async with context.services.database.begin() as session:
        await questions.forget(session, answered_before=now - ANSWERED, asked_before=now - ASKED)
        await routing_examples.forget(session, made_before=now - CORRECTED)
