"""What nobody asks for: texts that are no longer needed are erased."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import App, Context
from storage import drafts, erasing, questions, routing_examples

INTERVAL = timedelta(hours=1)
ANSWERED = timedelta(days=1)
"""How long the text of an answered question stays: long enough to be called unhelpful. Told in /privacy."""
ASKED = timedelta(days=180)
"""How long an unanswered one stays, for the editors. Told in /privacy."""
CORRECTED = timedelta(days=180)
"""How long the text of an enquiry stays whose step or region was corrected. Told in /privacy."""
DRAFTED = timedelta(days=30)
"""How long a draft stays that nobody touches. Told in /privacy and when a draft is left."""
WITHDRAWN = timedelta(days=30)
"""How long a withdrawn enquiry can be read and opened again. Told in the consent and in /privacy."""
CLOSED = timedelta(days=365)
"""How long any other closed enquiry stays. Told in the consent and in /privacy."""


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
        await drafts.forget(session, before=now - DRAFTED)
        await erasing.erase(session, withdrawn_before=now - WITHDRAWN, closed_before=now - CLOSED)
